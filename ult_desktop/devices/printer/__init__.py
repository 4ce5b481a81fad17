"""The ticket printer: the content of the paper, its way to the printer, and the printer's state."""
