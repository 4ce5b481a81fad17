"""The larger half of the lobby TV: the office's pictures and films, or the built-in slide."""
