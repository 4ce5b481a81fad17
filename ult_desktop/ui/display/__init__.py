"""The lobby TV: what is called now, what was called last, and something to look at meanwhile."""
