"""Lists: model, view, painted rows, search and filters."""
