"""The group Kesehatan: how the office and its stations are, and what helps."""
