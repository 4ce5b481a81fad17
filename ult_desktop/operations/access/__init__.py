"""Officers, signing in, keys, recovery, and who acts for whom."""
