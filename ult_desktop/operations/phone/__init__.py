"""The telephone: calls taken, and callers called back."""
