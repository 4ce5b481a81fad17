"""Requests that come from afar: their acts, their reply, the watched folder of lists."""
