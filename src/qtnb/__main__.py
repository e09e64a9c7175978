"""``python -m qtnb``: the same as the command ``qtnb``."""

from qtnb.cli import main

main()
