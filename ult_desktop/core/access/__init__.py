"""Who may do what, and the keys that seal and open personal text."""
