"""Rows of visits (kunjungan), guest book, identity, documents and custody."""
