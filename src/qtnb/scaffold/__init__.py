"""The files of a new kho and of a new procedure."""
