"""Reports of what the office counted and measured."""
