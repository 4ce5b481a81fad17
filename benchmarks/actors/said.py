"""The speech of an actor: a line of JSON at a time to the benchmark that started it."""

import sys
import time

import msgspec


def tell(kind: str, **more: object) -> None:
    """Say what happened, and when: `time.monotonic()`, one clock for all processes of a machine."""
    told = {"kind": kind, "at": time.monotonic(), **more}
    sys.stdout.buffer.write(msgspec.json.encode(told) + b"\n")
    sys.stdout.buffer.flush()
