"""What is measured, one subject a file: its `measure` gives the rows of the table."""
