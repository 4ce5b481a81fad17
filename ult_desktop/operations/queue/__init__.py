"""The queue: numbers given, called, served, moved; counters opened; the day ended."""
