"""The number a visitor takes: on the screen and on paper."""
