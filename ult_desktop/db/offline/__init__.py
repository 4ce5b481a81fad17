"""What a station keeps on its own disk while it is cut off."""
