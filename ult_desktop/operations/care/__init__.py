"""The care for vulnerable visitors: their declaration, escorts, and the devices that they borrow."""
