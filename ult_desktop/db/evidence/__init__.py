"""The rows of evidence for yearly judgements."""
