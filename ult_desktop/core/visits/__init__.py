"""Visits (kunjungan): the guest book (buku tamu), identity, documents, custody."""
