"""Written procedures (POS) as data, and where a visit stands in one."""
