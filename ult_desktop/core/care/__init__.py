"""Care for vulnerable visitors (kelompok rentan)."""
