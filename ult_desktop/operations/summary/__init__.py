"""The summary of an office's month, and the report on many offices' summaries."""
