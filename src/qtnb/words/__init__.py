"""From the model to the words that documents print: pure, no layout, no disk."""
