"""The rights of people and stations, and the keys that seal and open personal text."""
