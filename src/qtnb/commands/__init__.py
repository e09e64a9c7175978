"""What each command does: frozen options in, an outcome back."""
