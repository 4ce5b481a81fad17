"""What the program costs, measured side by side: `python3 dev.py bench`. Nothing here is a test."""
