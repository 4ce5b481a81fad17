"""Visitors at the door, at reception and at the counter: arrival, guest book, identity, custody."""
