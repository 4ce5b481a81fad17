"""The satisfaction survey (SKM): it is filled in or imported, and its results are added up."""
