"""The cases (permohonan) from opening to the answer, by way of other desks and the helpdesk."""
