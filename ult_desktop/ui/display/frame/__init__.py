"""The whole picture of the lobby TV: head, middle and running text."""
