"""The page Survei: how satisfied people are, and everything an officer does about a survey."""
