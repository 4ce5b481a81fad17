"""Backups and what is beside them: documents, journals, upkeep, the way back after a loss."""
