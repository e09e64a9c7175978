"""Common and particular work: procedures of many agencies that are of one nature."""
