"""The move of an office: from a file to a server, or back, whole and once."""
