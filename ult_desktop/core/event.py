"""The event log: one row per operation, each carrying a hash over itself and the row before."""

import hashlib

import msgspec

GENESIS = "0" * 64


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One row. `at` UTC ms; `data` is JSON without personal data; `request` is the operation's UUIDv7."""

    seq: int
    at: int
    station: str
    officer_id: int | None
    kind: str
    area: str
    subject: int
    data: str
    request: str


def chain_hash(before: str, event: Event) -> str:
    """SHA-256 over the chain before and this row's content: a changed, missing or inserted row shows."""
    content = msgspec.json.encode(event, order="sorted")
    return hashlib.sha256(before.encode() + b"\n" + content).hexdigest()
