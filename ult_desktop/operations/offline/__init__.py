"""What was done while the share was gone comes into the office file."""
