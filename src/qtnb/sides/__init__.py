"""The states of a kho that can be compared: a folder, a revision in git, what is approved."""
