"""Newer programs that come over the share: what a package says of itself, and whose turn it is."""
