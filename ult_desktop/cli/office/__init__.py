"""Commands about the office file: its settings, making and proving it, backup and restore."""
