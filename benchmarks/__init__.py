"""The costs of the program, measured in one run: `python3 dev.py bench`. Nothing here is a test."""
