"""The windows of the three modes and what they share."""
