"""Responsibility and load: who leads and supports which steps, for how long, and who hands over to whom."""
