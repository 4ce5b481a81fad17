"""Spoken guidance: what a visitor who does not see the screen hears, and the six keys they press."""
