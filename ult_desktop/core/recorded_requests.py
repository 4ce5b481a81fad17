"""The requests that stations recorded in their journals, from which an office is rebuilt."""

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

# The result of a request that a window showed as failed, though nobody knows whether the office did it.
UNCLEAR = "?"
OFFLINE_COMMANDS = ("MergeTicket", "NoteCall")
"""The commands that a station records while it is cut off: they stay open until the office has them."""
RowId = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Subject = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Timestamp = Annotated[int, Meta(ge=0, le=250_000_000_000_000)]  # UTC ms; the calendar ends in the year 9999


class JournalResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a request that was done.

    `seq` is the place of its event in the log, `subject` the id of the row that it made or changed, 0 for a
    request about no row (a day that is closed with nobody waiting). `label` is the number on paper, "" if it
    gave none. `freed` are the ids of tickets that were taken, by rule, from counters whose station was gone,
    `visits` those of the visits that it began, as an arrival does without a guest book.
    `chain` is the hash of its event; the office had been rebuilt `restores` times by then.
    """

    seq: RowId
    kind: str
    subject: Subject
    label: str = ""
    freed: tuple[RowId, ...] = ()
    visits: tuple[RowId, ...] = ()
    chain: str = ""
    restores: int = 0


class JournalRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its outcome, as a station's journal keeps it.

    `request` is its id, `name` the class name of its command, `at` the time of its last try (UTC ms).
    `arguments` and `result` are JSON; `result` is a `JournalResult` if the request was done. `outcome` is
    "open", "done", "refused", or "abandoned": the office's log went on without it.
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
    def first_tried_at(self) -> int:
        """The time of the first try (UTC ms): the request keeps the id of it, which is a UUIDv7."""
        try:
            return min(self.at, UUID(self.request).int >> 80)
        except ValueError:  # a journal's broken bytes
            return self.at

    @property
    def journal_result(self) -> JournalResult | None:
        """The decoded result; None if it was not done, or if the program ended before it recorded that."""
        if self.outcome != "done" or not self.result:
            return None
        return msgspec.json.decode(self.result, type=JournalResult)

    @property
    def shown_as_failed(self) -> bool:
        """Whether the person was shown that it failed, while nobody knows whether the office did it."""
        return self.outcome == "open" and self.result == UNCLEAR and not self.happened_offline

    @property
    def is_in_doubt(self) -> bool:
        """Whether the program ended before it knew the outcome."""
        return self.outcome == "open" and not self.happened_offline and not self.shown_as_failed

    @property
    def happened_offline(self) -> bool:
        """Whether it records what a station did while it was cut off, which happened in any case."""
        return self.name in OFFLINE_COMMANDS


def merge_records(entries: Iterable[JournalRecord], office: str) -> tuple[JournalRecord, ...]:
    """Return the records of one office, for each request the one that knows most of its outcome.

    The order is that of the office's log, so that rows get their old ids and numbers again. Records without a
    place in the log come last, by their time.
    """
    by_request: dict[str, JournalRecord] = {}
    for entry in entries:
        former = by_request.get(entry.request)
        if entry.office == office and (former is None or _certainty(entry) > _certainty(former)):
            by_request[entry.request] = entry
    return tuple(sorted(by_request.values(), key=_log_order))


def _certainty(entry: JournalRecord) -> tuple[bool, bool, bool]:
    """Return a key that is larger for a record that knows more of its request's outcome."""
    return entry.journal_result is not None, entry.outcome == "done", entry.outcome != "open"


def _log_order(entry: JournalRecord) -> tuple[bool, int, int, int, str]:
    result = entry.journal_result
    # The place in the log goes before the time, for the stations' clocks differ. A rebuilt log counts on from
    # its backup, and what was written there came after all that the former one had.
    restores, seq = (result.restores, result.seq) if result else (0, 0)
    return result is None, restores, seq, entry.at, entry.request
