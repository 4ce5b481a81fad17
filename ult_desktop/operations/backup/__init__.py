"""The upkeep of the office file, and the rebuilding of an office from what is left."""
