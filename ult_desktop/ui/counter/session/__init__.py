"""The session at the counter: signing in, locking, leaving, restoring."""
