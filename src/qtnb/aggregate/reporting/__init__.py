"""What a report says of a roll-up, in sentences made from its figures."""
