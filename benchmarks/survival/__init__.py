"""The effects of outages on a station and the office file: power that is cut, processes that are killed.

One harness serves the short runs under `tests/` and the long ones of `python -m benchmarks power | crash`.
"""
