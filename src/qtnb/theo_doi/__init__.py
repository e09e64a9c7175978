"""Following up plans: whose work is due or late by a day."""
