"""The pages of Permohonan: cases, their inbox, appointments, information requests, the answer bank."""
