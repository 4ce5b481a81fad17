"""Who is at the counter: signing in, locking, leaving, the way back."""
