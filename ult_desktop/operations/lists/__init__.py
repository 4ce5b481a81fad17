"""The import of lists: read, understood, shown, written, taken back."""
