"""Stamps in the future: a station's clock was ahead when it wrote them.

They count as never (docs/store.md, rule 17); they are shown to a person until their time has come.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from ult_desktop.base import _
from ult_desktop.core.office_time import NEAR_MS, is_future
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.backup import witnesses
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.verification import Finding, VerificationResult

LATEST_ENTRIES = 1000  # of the log, which are examined; a wrong clock before them is no news
_NEWEST = """
SELECT seq, station, at FROM event
WHERE seq IN (SELECT max(seq) FROM event WHERE seq > ? AND at > ? GROUP BY station) ORDER BY station
"""
_SEEN = """
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
    homes = read(witnesses.homes_of_backups)
    return (*read(partial(_in_file, now=now)), *_of_backups(homes, now))


def with_stamps(verdict: VerificationResult, found: Iterable[FutureStamp]) -> VerificationResult:
    """Return a verification that reports these stamps, too."""
    findings = (*verdict.findings, *(Finding("future", each.words) for each in found))
    return msgspec.structs.replace(verdict, ok=not findings, findings=findings)


def _in_file(tx: Transaction, now: int) -> tuple[FutureStamp, ...]:
    """List the future stamps of each station's last entry in the log, of its report and of its tasks."""
    latest_possible, last_seq = now + NEAR_MS, tx.number("SELECT max(seq) FROM event")
    entries = tx.rows(_NEWEST, last_seq - LATEST_ENTRIES, latest_possible)
    words = _("catatan {seq} dari {station}")
    return (
        *(FutureStamp(words.format(seq=seq, station=station), at) for seq, station, at in entries),
        *(FutureStamp(station, at) for station, at in tx.rows(_SEEN, latest_possible, latest_possible)),
    )


def _of_backups(homes: Iterable[Path], now: int) -> Iterator[FutureStamp]:
    for home in homes:
        for stored in witnesses.list_readable(home):
            if is_future(stored.at, now):
                yield FutureStamp(stored.path.name, stored.at)
