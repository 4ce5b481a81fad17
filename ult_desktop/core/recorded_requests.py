"""The requests that a station recorded, in the form in which they reach the rebuilding of an office."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

UNCLEAR = "?"  # the person was shown that it failed: nobody was given anything
WRITTEN_ALONE = ("MergeTicket", "NoteCall")
"""What a station does while cut off: such an entry stays open until the office has it."""
RowId = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Subject = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Timestamp = Annotated[int, Meta(ge=0, le=250_000_000_000_000)]  # UTC ms; the calendar ends in the year 9999


class JournalResult(msgspec.Struct, frozen=True, kw_only=True):
    """The office log's acknowledgement of a request: its place there, the row's id, the number on paper.

    `subject` is 0 for what is about no row, such as a day that is closed with nobody waiting. `freed` are
    tickets that it took, by rule, from counters whose station was gone. `chain` is the hash of its event, in
    the log of an office that had been rebuilt `restores` times.
    """

    seq: RowId
    kind: str
    subject: Subject
    label: str = ""
    freed: tuple[RowId, ...] = ()
    chain: str = ""
    restores: int = 0


class JournalRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its outcome. `at` UTC ms; `arguments` and `result` (a `JournalResult`) are JSON.

    `outcome` is "open", "done", "refused", or "abandoned": the office's log runs on past it without it.
    """

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
    def told_as_failed(self) -> bool:
        """True when nobody knows whether the office did it; the person who asked went on without it."""
        return self.outcome == "open" and self.result == UNCLEAR and not self.done_alone

    @property
    def in_doubt(self) -> bool:
        """True when the program died in the middle."""
        return self.outcome == "open" and not self.done_alone and not self.told_as_failed

    @property
    def done_alone(self) -> bool:
        """While the station was cut off: it happened, whatever the office knows of it."""
        return self.name in WRITTEN_ALONE


def merge_records(entries: Iterable[JournalRecord], office: str) -> tuple[JournalRecord, ...]:
    """Return the records of one office, each request once: the record that knows its outcome is believed.

    The order is that of the office's log, so that rows get their old ids and numbers again. Records without a
    place there come last, by their time.
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
    # By the log's number before the time: the stations' clocks differ, and another order would give other
    # ids.
    return given is None, given.seq if given else 0, entry.at, entry.request
