"""The page Laporan: any period in figures, charts and tables, and as files."""
