"""What every list of the counter has in common: model, view, one painted row."""
