"""Tables of figures, and the files that hold them."""
