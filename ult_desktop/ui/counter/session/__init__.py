"""An officer's time at the counter: signing in, the lock, notices, signing out."""
