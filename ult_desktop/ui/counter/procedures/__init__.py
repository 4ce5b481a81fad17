"""The office's procedures (POS): the tab with a visit's steps, the group of the settings, the document."""
