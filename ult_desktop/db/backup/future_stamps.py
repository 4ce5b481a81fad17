"""Stamps in the future: a station's clock was ahead when it wrote them.

They count as never (docs/store.md, rule 17); they are shown to a person until their time has come.
"""

from collections.abc import Iterable
from functools import partial

import msgspec

from ult_desktop.base import _
from ult_desktop.core.office_time import NEAR_MS, is_future
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.backup import witnesses
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.verification import Finding, VerificationResult

LATEST_ENTRIES = 1000  # of the log: so many are examined
_LAST_FUTURE_ENTRIES = """
SELECT seq, station, at FROM event
WHERE seq IN (SELECT max(seq) FROM event WHERE seq > ? AND at > ? GROUP BY station) ORDER BY station
"""
_FUTURE_REPORTS_AND_TASKS = """
SELECT name, max(seen_at) FROM station WHERE seen_at > ? GROUP BY name
UNION ALL SELECT station, max(done_at, tried_at) FROM upkeep WHERE max(done_at, tried_at) > ?
"""


class FutureStamp(msgspec.Struct, frozen=True):
    """A stamp from the future: its source in words, and the time (UTC ms) that has not come yet."""

    source: str
    at: int

    @property
    def words(self) -> str:
        return _("{source}: waktu yang belum tiba, {at}").format(source=self.source, at=on_this_pc(self.at))


def all_of(read: Reader, now: int) -> tuple[FutureStamp, ...]:
    """List the future stamps of the log's end, the stations, the tasks and the reachable backups.

    `now` is UTC ms by a clock that may be believed.
    """
    stamps = list(read(partial(_in_office, now=now)))
    for home in read(witnesses.homes_of_backups):
        future = (stored for stored in witnesses.list_readable(home) if is_future(stored.at, now))
        stamps += [FutureStamp(stored.path.name, stored.at) for stored in future]
    return tuple(stamps)


def with_stamps(verdict: VerificationResult, stamps: Iterable[FutureStamp]) -> VerificationResult:
    """Return a verification that reports these stamps, too."""
    findings = (*verdict.findings, *(Finding("future", stamp.words) for stamp in stamps))
    return msgspec.structs.replace(verdict, ok=not findings, findings=findings)


def _in_office(tx: Transaction, now: int) -> tuple[FutureStamp, ...]:
    """List the future stamps of each station's last entry in the log, of its report and of its tasks."""
    latest_possible, last_seq = now + NEAR_MS, tx.number("SELECT max(seq) FROM event")
    entries = tx.rows(_LAST_FUTURE_ENTRIES, last_seq - LATEST_ENTRIES, latest_possible)
    others = tx.rows(_FUTURE_REPORTS_AND_TASKS, latest_possible, latest_possible)
    words = _("catatan {seq} dari {station}")
    return (
        *(FutureStamp(words.format(seq=seq, station=station), at) for seq, station, at in entries),
        *(FutureStamp(station, at) for station, at in others),
    )
