"""What outages do to a station and to the office file: power that is cut, processes that are killed.

One harness for the short runs under `tests/` and the long ones of `python -m benchmarks power | crash`.
"""
