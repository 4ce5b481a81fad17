"""A large file while stations serve: how long reading keeps them waiting, and how much of a day is restored.

Stations act at an office's pace, each a process, while the file is verified, while the upkeep's hour comes,
and while somebody asks for a backup. Then share and PCs are lost, and the office is rebuilt from last night's
copy and from what the hours brought to the backup disk.
"""

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks.history_file import age
from benchmarks.process import ActorProcess
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.survival.station import SimulatedStation, found_office, young_zone
from tests.clocks import undoubted
from ult_desktop.base import UserError
from ult_desktop.db import verification
from ult_desktop.db.backup import backup, journals
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup import backing_up
from ult_desktop.operations.backup.backing_up import LONGEST_WAIT_MS
from ult_desktop.operations.backup.restoring import RestoreReport, RestoreRequest, restore
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask

T = TypeVar("T")
STATIONS = 3
FULL_TICKETS, QUICK_TICKETS = 640_000, 4_000  # a gigabyte
ALONE, ALONE_S, QUICK_ALONE_S = "nobody reads", 30, 2
PATIENCE_S = 60.0
# Rows that must come back to the letter: columns, table, and the key by which the copy's rows are skipped.
KEPT = (
    ("seq, at, station, officer_id, kind, area, subject, data, request", "event", "seq"),
    ("id, code, day, label, state, turn_id", "ticket", "id"),
    ("visit_id, name, institution", "guest", "visit_id"),
    ("id, number, state, detail, answer", "casefile", "id"),
    ("visit_id, state, day", "survey_token", "visit_id"),
    ("*", "survey_response", ""),
    ("*", "survey_answer", ""),
    ("*", "survey_suggestion", ""),
)
Rows = dict[str, set[tuple[object, ...]]]


@dataclass
class LargeOffice:
    """An office with years behind it, its backup disk, and stations at work; `waits` in ms by phase."""

    path: Path
    disk: Path
    stations: tuple[SimulatedStation, ...]
    waits: dict[str, float] = field(default_factory=dict)
    acts: int = 0
    held_ms: float = 0.0

    @property
    def now(self) -> int:
        with closing(self.stations[0].open(self.path)) as office:
            return office.clock()

    @contextmanager
    def at_work(self) -> Iterator[list[ActorProcess]]:
        desks = [ActorProcess("desk", self.path, station.counter) for station in self.stations]
        try:
            for desk in desks:
                desk.wait_for("ready")
            yield desks
            for desk in desks:
                desk.say("enough")
                desk.wait_for("done")
        finally:
            for desk in desks:
                desk.end()

    def during(self, phase: str, desks: list[ActorProcess], work: Callable[[], T]) -> T:
        """Do `work` while the desks serve; the longest act that was under way in that time is noted."""
        began = time.monotonic()
        found = work()
        ended = time.monotonic()
        longest = [self._longest(desk, began, ended) for desk in desks]
        self.waits[phase] = max(longest)
        return found

    def _longest(self, desk: ActorProcess, began: float, ended: float) -> float:
        """Return the longest act (ms) that ended after `began`, up to the first that ended after `ended`."""
        longest, at = 0.0, 0.0
        while at <= ended:
            told = desk.wait_for("act", PATIENCE_S)
            at = told["at"]
            self.acts += 1
            if at > began:
                longest = max(longest, told["ms"])
        return longest

    def read(self, store: Store, query: Callable[[Transaction], T]) -> T:
        """Read as `Store.read`, and note how long that kept every COMMIT waiting."""
        spent: list[float] = []

        def timed(tx: Transaction) -> T:
            began = time.monotonic()
            try:
                return query(tx)
            finally:
                spent.append((time.monotonic() - began) * 1000)

        found = store.read(timed)
        self.held_ms = max(self.held_ms, spent[-1])
        return found


def prove(folder: Path, tickets: int, alone_s: float) -> tuple[LargeOffice, list[BenchmarkRow], list[str]]:
    """Return the office after its loss, the figures, and what is wrong."""
    office = _made(folder, tickets)
    with closing(Store(office.path)) as store:
        yesterday = office.now - backing_up.EVERY_NIGHT_MS
        last_night = backing_up.back_up(store, office.disk, "loket-1", undoubted(yesterday), alone=True)
        rows = [
            BenchmarkRow("size of the file", office.path.stat().st_size / 1e6, "MB"),
            BenchmarkRow("last night's copy: reading", last_night.reading_ms, "ms"),
        ]
        with office.at_work() as desks:
            office.during(ALONE, desks, partial(time.sleep, alone_s))
            verdict = office.during("verify", desks, partial(_verify, office, store))
            office.during("upkeep's hour", desks, partial(_upkeep, office))
            refused = office.during("backup by hand", desks, partial(_by_hand, office, store))
    rows += [
        BenchmarkRow(f"longest act: {phase}", ms, "ms", None if phase == ALONE else LONGEST_WAIT_MS)
        for phase, ms in office.waits.items()
    ]
    rows += [
        BenchmarkRow("longest transaction of verify", office.held_ms, "ms"),
        BenchmarkRow("backup by hand refused while they work", refused, ""),
        BenchmarkRow("acknowledged acts", office.acts, ""),
    ]
    before = _kept(office.path, last_night.path)
    restored = _lose_and_restore(office, last_night.path)
    after = _kept(office.path, last_night.path)
    return office, rows, [*map(str, verdict.findings), *_wrong(restored, before, after)]


def _made(folder: Path, tickets: int) -> LargeOffice:
    share, disk = folder / "share", folder / "disk"
    share.mkdir()
    disk.mkdir()
    stations = tuple(map(SimulatedStation, range(1, STATIONS + 1)))
    path = found_office(share, stations, young_zone())
    age(path, tickets)
    return LargeOffice(path, disk, stations)


def _verify(office: LargeOffice, store: Store) -> verification.VerificationResult:
    return verification.verify(partial(office.read, store), lambda _tx: False)


def _upkeep(office: LargeOffice) -> None:
    """Start a PC with a backup disk: the first look at the file, and all that is due in an hour."""
    with closing(office.stations[0].open(office.path)) as clocked:
        task = MaintenanceTask(office.path, office.stations[0].journal(office.path), "loket-9", office.disk)
        with closing(FileMaintainer(task, clocked.clock)) as keeper:
            for trouble in keeper.do_due_jobs():
                raise trouble


def _by_hand(office: LargeOffice, store: Store) -> int:
    try:
        backing_up.back_up(store, office.disk, "loket-8", undoubted(office.now))
    except backup.KeepsOthersWaiting:
        return 1
    return 0


def _kept(path: Path, copy: Path) -> Rows:
    """Return the rows that came after the copy; the restore's own mark in the log is left out."""
    with closing(sqlite3.connect(path)) as link:
        link.execute("ATTACH ? AS copy", (str(copy),))
        rows = {}
        for columns, table, key in KEPT:
            newest = f"(SELECT coalesce(max({key}), 0) FROM copy.{table})" if key else ""  # noqa: S608
            where = f"WHERE {key} > {newest}" if key else ""
            rows[table] = set(link.execute(f"SELECT {columns} FROM {table} {where}"))  # noqa: S608
    return {table: {row for row in found if "office.restored" not in row} for table, found in rows.items()}


def _lose_and_restore(office: LargeOffice, copy: Path) -> RestoreReport:
    """Carry once more; then delete all but the backup disk, and restore the office."""
    now = office.now
    with closing(Store(office.path)) as store:
        for station in office.stations:
            folder = journals.folder_of(office.path)
            journals.write_day_files(station.journal(office.path), "", folder, now)
        backing_up.carry(store, office.disk, "loket-9", undoubted(now))
    share = office.path.parent
    shutil.rmtree(share)
    share.mkdir()
    wish = RestoreRequest(office_file=office.path, source=copy, own=share, now=now, station="loket-9")
    return restore(wish)


def _wrong(restored: RestoreReport, before: Rows, after: Rows) -> Iterator[str]:
    came = restored.replayed
    yield from (f"refused: {line}" for line in came.refused)
    yield from (f"{finding.check}: {finding.detail}" for finding in restored.verdict.findings)
    if came.lost or restored.unanswered:
        yield f"{came.lost} entries and {restored.unanswered} answers are in no journal"
    for table, rows in before.items():
        yield from (f"lost from {table}: {row}" for row in rows - after[table])
        yield from (f"new in {table}: {row}" for row in after[table] - rows)


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tickets = bench.pick(FULL_TICKETS, QUICK_TICKETS)
    try:
        _office, rows, wrong = prove(bench.folder, tickets, bench.pick(ALONE_S, QUICK_ALONE_S))
    except UserError as error:
        return [bench.wrong_row("the program refused", [str(error)])]
    return [*rows, bench.wrong_row("lost, doubled or changed by the restore", wrong)]
