"""Personal data at the counter: requests of its subjects, failures of protection, what is due to go."""
