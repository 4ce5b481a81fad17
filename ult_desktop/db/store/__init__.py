"""The office file itself: opening, transactions, events, journals, and what can go wrong on a share."""
