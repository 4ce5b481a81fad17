"""The reports of what the office counted and measured."""
