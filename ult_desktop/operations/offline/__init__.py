"""The work done while the share was gone, and its way into the office file."""
