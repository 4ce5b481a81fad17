"""The import of lists at the counter: what was understood, its questions, the writing, the taking back."""
