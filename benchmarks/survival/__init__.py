"""The effects of outages on a station and the office file: power that is cut, processes that are killed.

One harness serves the runs under `tests/` and those of `python -m benchmarks crash | simulation`.
"""
