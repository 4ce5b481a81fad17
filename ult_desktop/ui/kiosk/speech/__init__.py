"""Spoken guidance.

The words that a visitor who does not see the screen hears, and the six keys they press.
"""
