"""What a station wrote down of its requests, as it is carried to the rebuilding of an office."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

UNCLEAR = "?"  # the person was told that it failed: nobody was given anything
RowId = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Subject = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Timestamp = Annotated[int, Meta(ge=0, le=250_000_000_000_000)]  # UTC ms; the calendar ends in the year 9999


class JournalResult(msgspec.Struct, frozen=True, kw_only=True):
    """How the office's log acknowledged a request: its place there, the row's id, the number on paper.

    `subject` is 0 for what is about no row, as a day that is closed with nobody waiting.
    `freed` are tickets that it took, by rule, from counters whose station was gone.
    """

    seq: RowId
    kind: str
    subject: Subject
    label: str = ""
    freed: tuple[RowId, ...] = ()


class JournalRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One request with its outcome. `at` UTC ms; `arguments` and `result` (a `JournalResult`) are JSON."""

    request: str
    office: str
    name: str
    arguments: str
    at: Timestamp
    station: str
    officer_id: RowId | None = None
    outcome: str = "open"
    result: str = ""

    @property
    def given(self) -> JournalResult | None:
        """None when the program died before it wrote the end down."""
        if self.outcome != "done" or not self.result:
            return None
        return msgspec.json.decode(self.result, type=JournalResult)

    @property
    def may_have_happened(self) -> bool:
        """Done, or the program died in the middle; not what was refused or told as failed."""
        return self.outcome == "done" or (self.outcome == "open" and self.result != UNCLEAR)


def merge_records(entries: Iterable[JournalRecord], office: str) -> tuple[JournalRecord, ...]:
    """Those of one office, each request once: who knows its outcome is believed.

    The order is that of the office's log, so that rows get their old ids and numbers again; what has no
    place there comes last, by its time.
    """
    by_request: dict[str, JournalRecord] = {}
    for entry in entries:
        former = by_request.get(entry.request)
        if entry.office == office and (former is None or _knowledge(entry) > _knowledge(former)):
            by_request[entry.request] = entry
    return tuple(sorted(by_request.values(), key=_place))


def _knowledge(entry: JournalRecord) -> tuple[bool, bool, bool]:
    return entry.given is not None, entry.outcome == "done", entry.outcome != "open"


def _place(entry: JournalRecord) -> tuple[bool, int, int, str]:
    given = entry.given
    return given is None, given.seq if given else 0, entry.at, entry.request
