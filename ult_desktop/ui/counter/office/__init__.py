"""The page Pengaturan: what a head of office changes during the year, without an IT person."""
