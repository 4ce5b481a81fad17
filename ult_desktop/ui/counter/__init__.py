"""The officer's window: sign in, call, serve, and see the day."""
