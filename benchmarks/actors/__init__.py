"""Processes that a benchmark starts: real windows and real stations that tell times as they work."""
