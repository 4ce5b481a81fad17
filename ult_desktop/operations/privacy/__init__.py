"""The personal data: opened, erased and given to its subjects; breaches written down."""
