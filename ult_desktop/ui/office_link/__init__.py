"""A window's link to its office: the worker thread, the connection's state, and upkeep."""
