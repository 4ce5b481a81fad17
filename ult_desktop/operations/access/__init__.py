"""The access to an office: officers, signing in, keys, recovery, and officers who act for an absent one."""
