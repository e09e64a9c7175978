"""The quality rules: what they are, how they run, what an office may set."""
