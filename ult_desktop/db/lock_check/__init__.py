"""The proof that a folder's locks hold, within one PC and between stations (docs/store.md, rule 3)."""
