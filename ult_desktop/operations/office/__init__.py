"""The office as a station sees it, its files, and changes of it."""
