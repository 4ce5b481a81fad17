"""The work of a station while the share is gone, and its upload into the office file."""
