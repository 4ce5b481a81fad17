"""The queue (antrean): tickets, who is next, what windows show, what is said at a call."""
