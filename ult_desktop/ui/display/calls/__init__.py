"""The calls on the lobby TV: how they are shown, announced and listed."""
