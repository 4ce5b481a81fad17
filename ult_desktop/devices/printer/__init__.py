"""The ticket printer: what stands on the paper, how it gets there, and what the printer says about itself."""
