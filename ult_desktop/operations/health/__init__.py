"""How the office and its stations are, in lines that a window and `doctor` show."""
