"""The import of lists at the counter: read and understand a list, ask, write it, and undo an import."""
