"""Lists that other people and programs made: head, columns, rows, and the questions about them."""
