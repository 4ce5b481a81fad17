"""Cases (permohonan), their escalation, public-information requests (PPID) and answers."""
