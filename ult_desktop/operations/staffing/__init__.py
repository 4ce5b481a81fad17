"""Questions about the counters' plan, answered from the office's own past."""
