"""The statutory survey (SKM): answers kept apart from who gave them."""

TABLES = ""
