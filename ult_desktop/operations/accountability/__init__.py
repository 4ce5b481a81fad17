"""Deviations, delegations and equipment checks carried out."""
