"""Calls on the lobby TV: seen and heard."""
