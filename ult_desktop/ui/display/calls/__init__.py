"""The calls on the lobby TV: seen, heard, and which of them stay."""
