"""Backups and what belongs to them: documents, journals, upkeep, the way back after a loss."""
