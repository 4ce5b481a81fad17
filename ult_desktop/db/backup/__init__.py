"""Backups and what belongs to them: documents, journals, upkeep, and the restore after a loss."""
