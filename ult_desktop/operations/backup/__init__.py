"""Upkeep of the office file, and an office rebuilt from what is left."""
