"""The number that was taken, on the screen and on paper."""
