"""The visitors at the entrance, at reception and at the counter: arrival, guest book, identity, custody."""
