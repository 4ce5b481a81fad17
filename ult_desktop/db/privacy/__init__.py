"""Where personal data stands: opened, erased, told to its subjects; and the register of breaches."""
