"""Calls by mouth while the counter is cut off: noted here, handed in later."""
