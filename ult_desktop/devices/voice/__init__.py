"""The voice of the lobby: clips of a voice pack, joined after a chime and played one call at a time."""
