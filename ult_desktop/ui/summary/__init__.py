"""The window that lays the summaries of many offices side by side, at a PC without an office."""
