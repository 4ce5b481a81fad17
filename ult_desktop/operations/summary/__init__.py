"""Summaries made of an office, and those of many offices read from files."""
