"""Cases (permohonan) from opening to the answer, over other desks and the helpdesk."""
