"""The lobby TV's whole picture and its head."""
