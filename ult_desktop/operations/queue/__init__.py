"""Numbers given, called, served, moved; counters opened; the day ended."""
