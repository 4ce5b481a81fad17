"""The page Penugasan: tasks of absent officers, handed over to others."""
