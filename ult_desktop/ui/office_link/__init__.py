"""The link of a window to the office: worker threads, watching, the state of the connection."""
