"""The subjects of the measurements, one a file: its `measure` gives the rows of the table."""
