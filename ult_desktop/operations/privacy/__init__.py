"""Personal data opened, erased and told to its subjects; breaches written down."""
