"""The care for vulnerable visitors: they are declared, accompanied, and lent devices."""
