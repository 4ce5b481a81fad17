"""Requests that come from afar (permintaan daring): lists, columns, clocks, replies."""
