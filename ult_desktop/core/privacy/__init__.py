"""Personal data under UU 27/2022: its schedule, its subjects' requests, failures to protect it."""
