"""The roll-up: figures over many kho, and the summaries that kho send up."""
