"""The pages of the queue and of the day, at a counter and without one."""
