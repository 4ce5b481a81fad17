"""Who works here and with which keys: the groups of Pengaturan about officers and what they opened."""
