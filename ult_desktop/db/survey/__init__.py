"""Answers to the survey, without a name."""
