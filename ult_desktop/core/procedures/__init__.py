"""The written procedures (POS) as data, and the state of a visit in one."""
