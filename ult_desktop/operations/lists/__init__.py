"""The import of lists: a list is read, understood, shown and written, and can be taken back."""
