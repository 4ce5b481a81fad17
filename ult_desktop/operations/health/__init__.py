"""The health of the office and its stations, in lines that a window and `doctor` show."""
