"""Internal work procedures kept as YAML, checked like code, printed as decisions."""

__version__ = "0.1.0"
