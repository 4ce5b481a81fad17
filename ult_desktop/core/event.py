"""The event log: one row per operation, each carrying a hash over itself and the row before.

Anybody who can write to the file can write a whole new log. Such a log contradicts the hashes that are known
outside the file, in journals, backups and on paper: each of these is an `Anchor`.
"""

import enum

import msgspec

from ult_desktop.base import _
from ult_desktop.base.digests import sha256

GENESIS = "0" * 64  # the hash before the first event
PAPER_DIGITS = 16  # of a hash on paper: few enough to type, too many to find another log that has them


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event: one row of the log.

    `at` UTC ms; `area` is the noun of the operation, `subject` the id of the row that it is about; `data` is
    JSON without personal data; `request` is the operation's UUIDv7.
    """

    seq: int
    at: int
    station: str
    officer_id: int | None
    kind: str
    area: str
    subject: int
    data: str
    request: str


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """An event as somebody outside the log knows it: its hash covers all that came before.

    `restores` counts how often the office had been rebuilt by then: a rebuilt log may differ from then on.
    """

    seq: int
    request: str
    chain: str
    restores: int = 0

    @property
    def age(self) -> tuple[int, int]:
        """The key to sort anchors of an office by: it grows with every rebuilding and every event."""
        return self.restores, self.seq


class Verdict(enum.StrEnum):
    """The result of checking an anchor: the log has it, was rebuilt since, lacks it, or has another there."""

    AGREES = "agrees"
    REBUILT = "rebuilt"
    MISSING = "missing"
    OTHER = "other"

    @property
    def contradicts(self) -> bool:
        """Whether it shows that somebody changed the log."""
        return self in (Verdict.MISSING, Verdict.OTHER)


class AnchorCheck(msgspec.Struct, frozen=True, kw_only=True):
    """An anchor that was compared with a log, and where it comes from (`source`)."""

    source: str
    seq: int
    chain: str
    restores: int
    verdict: Verdict

    @property
    def words(self) -> str:
        words = {
            Verdict.AGREES: _("{source}: catatan {seq} cocok"),
            Verdict.REBUILT: _("{source}: catatan {seq} dari sebelum pemulihan"),
            Verdict.MISSING: _("{source}: catatan {seq} tidak ada lagi"),
            Verdict.OTHER: _("{source}: catatan {seq} lain isinya"),
        }
        return words[self.verdict].format(source=self.source, seq=self.seq)


class RestoreMark(msgspec.Struct, frozen=True, kw_only=True):
    """The log's mark of a rebuilding: its count, and the end of the backup on which the rebuilt log rests."""

    restores: int
    base_seq: int
    base_chain: str


def chain_hash(before: str, event: Event) -> str:
    """Return the SHA-256 of the hash before and this row: a changed, missing or inserted row alters it."""
    # The hash must not depend on the order in which a later version declares the fields.
    content = msgspec.json.encode(event, order="sorted")
    return sha256(before.encode() + b"\n" + content).hex()
