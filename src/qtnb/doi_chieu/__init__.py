"""A Word document held against its mark and the registers: is it as qtnb made it, and as it was approved."""
