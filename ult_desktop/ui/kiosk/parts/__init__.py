"""Pieces of the kiosk's pages: cards to touch, targets, switches and notices."""
