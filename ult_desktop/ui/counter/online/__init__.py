"""Online requests (from afar): an officer's acts on them, the reply, and the watched folder of lists."""
