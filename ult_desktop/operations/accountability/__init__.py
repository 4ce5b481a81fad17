"""The accountability of an office: deviations, delegations and equipment checks carried out."""
