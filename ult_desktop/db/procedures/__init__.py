"""The procedures (POS) in the office file, the marks on their steps, the stopped clocks."""
