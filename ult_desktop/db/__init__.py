"""The shared office file: open, migrate, transact, log, watch; one file per aggregate."""
