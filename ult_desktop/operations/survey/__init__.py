"""The satisfaction survey (SKM): filled in, read in and added up."""
