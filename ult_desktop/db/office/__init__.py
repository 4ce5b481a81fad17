"""The office's own row and its services (layanan)."""
