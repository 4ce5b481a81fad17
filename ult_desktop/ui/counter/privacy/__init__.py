"""The pages about personal data: its subjects' requests, incidents, who opened it, and its erasure."""
