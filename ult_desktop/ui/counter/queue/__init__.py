"""The queue at the counter: who is served, who waits, what the other counters do."""
