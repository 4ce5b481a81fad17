"""Rows of tickets, servings and counters (loket), and the snapshots made of them."""
