"""The common parts of the commands: their parameters, the office that they open, what they write."""
