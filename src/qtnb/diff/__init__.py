"""Two states of a kho compared by meaning: pure, no disk, no layout."""
