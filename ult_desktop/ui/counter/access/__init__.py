"""The groups of Pengaturan about officers, their keys, and the personal data they opened."""
