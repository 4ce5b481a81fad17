"""What an officer can do about the ticket in turn, and the boxes that ask first."""
