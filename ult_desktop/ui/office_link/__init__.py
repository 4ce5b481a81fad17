"""The office from a window: worker threads, watching, the state of the link."""
