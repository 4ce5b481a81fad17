"""What the office counts and measures, and the periods that it tells them of."""
