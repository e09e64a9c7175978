"""What became of one procedure over time: by its decisions, in its file, in git."""
