"""The calls made by hand while the counter is cut off: noted here, uploaded later."""
