"""An office moves: from a file to a server, or back, whole and once."""
