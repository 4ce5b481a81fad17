"""A ticket printer without hardware: a network endpoint that draws what it is sent as paper."""
