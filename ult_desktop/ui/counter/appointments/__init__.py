"""The boxes of Janji temu that book a half-hour and move one, for every page."""
