"""The proof that a folder's locks hold, within one PC and between stations (store rule 3)."""
