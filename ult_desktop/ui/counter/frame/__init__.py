"""What stands around every page of the counter: rail, banner, bars, status bar."""
