"""Processes that a benchmark starts: real windows and real stations that report times as they work."""
