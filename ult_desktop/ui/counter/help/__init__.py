"""The manual next to the work: F1 opens the page about the window in use."""
