"""Personal data in the rows: opened, erased, shown to its subjects; and the register of breaches."""
