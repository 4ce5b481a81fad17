"""The satisfaction survey: its answers, and the plan that follows from them."""
