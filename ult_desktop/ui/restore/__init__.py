"""The restore: an office out of a backup, in a window of its own, while no station of this PC runs."""
