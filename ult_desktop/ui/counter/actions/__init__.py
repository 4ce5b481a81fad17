"""The actions of an officer on the ticket in turn, and the boxes that ask first."""
