"""The satisfaction survey (SKM) and its index (IKM), by PermenPANRB 14/2017."""
