"""An office's month as a signed summary, and the summaries of many offices side by side."""
