"""The manual beside the work: F1 opens the page of the window one is in."""
