"""`doctor`: what an IT person would check, each line with what to do."""
