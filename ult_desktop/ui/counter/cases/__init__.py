"""Permohonan: the cases, their inbox, appointments, information requests, the answer bank."""
