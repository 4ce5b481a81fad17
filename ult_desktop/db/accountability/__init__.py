"""Rows of deviations, delegations and equipment checks."""
