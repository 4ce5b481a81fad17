"""UDP ports on loopback that nobody uses: stations of one test must not wake those of another."""

import os
import socket
from itertools import cycle

# Below the ports that a system gives away by itself, and each worker of the tests counts through its own.
_BLOCK = 250
_first = 12_000 + os.getpid() % 64 * _BLOCK
_ports = cycle(range(_first, _first + _BLOCK))


def free_port() -> int:
    """The next one that can be bound on every address."""
    for port in _ports:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")
