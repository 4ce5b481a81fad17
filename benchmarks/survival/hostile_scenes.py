"""The scenes of a hostile week, and what has to hold in each besides the judge's verdict."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.process import ROOT
from benchmarks.survival.hostile_station import HostileStation, Reply
from benchmarks.survival.judge import judge, rows
from benchmarks.survival.poison import POISONED
from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import Told
from ult_desktop.base.paths import OWN_FOLDER
from ult_desktop.core.event import GENESIS, Event, chain_hash
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.migrations import MIGRATIONS, Statements

HOUR_MS = 60 * MINUTE_MS
STEPS_MS = (-3 * 365 * DAY_MS, -DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS, 40 * DAY_MS, 365 * DAY_MS)
BACKUPS = 30
NEWER = "m9999_newer"


@dataclass
class HostileOffice:
    """An office of two stations, and dice for what happens. Use as a context: it ends its processes."""

    path: Path
    dice: random.Random
    stations: Sequence[SimulatedStation]
    told: list[Told] = field(default_factory=list)
    running: list[HostileStation] = field(default_factory=list)

    def __enter__(self) -> "HostileOffice":
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()
        MIGRATIONS.by_name.pop(NEWER, None)

    def start(self, number: int, ahead_ms: int = 0) -> HostileStation:
        station = HostileStation(self.path, self.stations[number], self.told, ahead_ms)
        self.running.append(station)
        return station

    def end(self) -> list[str]:
        """End every process; return what went wrong in any of them."""
        for station in self.running:
            station.wake()
            station.kill()
        found = [bug for station in self.running for bug in station.bugs]
        self.running.clear()
        return found

    def judge(self) -> list[str]:
        """Judge as after a power cut: every station starts as ever, nothing is lost, doubled or half."""
        return [*self.end(), *judge(self.path, self.stations, self.told)]

    def program(self, *words: object) -> "subprocess.CompletedProcess[str]":
        """Run a command as on a PC of this scene's own: what it notes there is of no other scene's office."""
        command = [sys.executable, "-m", "ult_desktop", *map(str, words)]
        own = {**os.environ, OWN_FOLDER: str(self.path.with_name("pc"))}
        return subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False)  # noqa: S603

    def copy(self, name: str) -> Path:
        """Copy the office as it is now, whole, as a snapshot of the share would hold it."""
        target = self.path.with_name(name)
        with closing(sqlite3.connect(self.path)) as link, closing(sqlite3.connect(target)) as copy:
            link.backup(copy)
        return target

    def refused(self, what: str, station: HostileStation, reply: Reply) -> Iterator[str]:
        if reply.outcome != "refused":
            yield f"{what}: {station.station.name} was not refused: {reply.outcome} {reply.words[-200:]}"


Scene = Callable[[HostileOffice], Iterator[str]]


def stepped_clock(office: HostileOffice) -> Iterator[str]:
    """Set a PC's clock after its start, and again: the office stays in its day, nobody is sent away."""
    first, second = office.start(0), office.start(1)
    first.ask("issue", 3)
    second.ask("serve", 1)
    for _step in range(2):
        first.ask("step", office.dice.choice(STEPS_MS))
        yield from done("after a step", first.ask("serve", 1))
        yield from done("beside a step", second.ask("serve", 1))
    yield from one_day(office)


def wrong_clock_at_start(office: HostileOffice) -> Iterator[str]:
    """Start a PC with a dead battery in another year; NTP corrects it later, its upkeep goes on."""
    first = office.start(1)
    first.ask("issue", 2)
    backups = office.path.with_name("cadangan")
    backups.mkdir()
    yield from done("a backup", first.ask("upkeep", folder=str(backups)))
    before = _age(office, backups)
    wrong = office.start(0, office.dice.choice(STEPS_MS))
    yield from done("with a wrong clock", wrong.ask("serve", 1))
    wrong.ask("step", 0)
    yield from done("with the clock corrected", wrong.ask("serve", 1))
    yield from done("upkeep", wrong.ask("upkeep", folder=str(backups)))
    gone = before - _files(backups)
    if gone:
        yield f"{len(gone)} of {len(before)} backups went by a clock's word"
    yield from one_day(office)


def _age(office: HostileOffice, backups: Path) -> set[Path]:
    """Make backups of the days before, all of which a right clock keeps."""
    (made,) = backups.rglob("*.db")
    for days in range(1, BACKUPS):
        at = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(time.time() - days * 86_400))
        shutil.copy(made, made.with_name(f"{office.path.stem}-{at}.db"))
    with closing(sqlite3.connect(office.path)) as link, link:
        link.execute(
            "UPDATE upkeep SET done_at = done_at - ?1, tried_at = tried_at - ?1", (2 * HOUR_MS,)
        )  # the next one is due
    return _files(backups) - {made}


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*.db"))


def done(what: str, reply: Reply) -> Iterator[str]:
    """Yield a finding where an order was not done."""
    if reply.outcome != "done":
        yield f"{what}: {reply.outcome} {reply.words}"


def one_day(office: HostileOffice) -> Iterator[str]:
    """Yield a finding where numbers of another day were given."""
    days = rows(office.path, "SELECT DISTINCT day FROM ticket")
    if len(days) != 1:
        yield f"numbers of {len(days)} days: {days}"


def sleeper(office: HostileOffice) -> Iterator[str]:
    """Let a PC fall asleep anywhere in its work, and wake while the others go on."""
    first, second = office.start(0), office.start(1)
    for _nap in range(3):
        first.begin("serve", 2)
        second.begin("serve", 2)
        time.sleep(office.dice.uniform(0, 0.1))  # the moment is the chance's
        first.stop()
        time.sleep(office.dice.uniform(0, 0.3))
        first.wake()
        for station in (first, second):
            yield from done("a nap", station.finish())


def old_program(office: HostileOffice) -> Iterator[str]:
    """Let a PC sleep while a newer program migrates the file: when it wakes it writes nothing."""
    first, second = office.start(0), office.start(1)
    for station in (first, second):
        station.ask("serve", 1)
    second.ask("leave")
    # From here on this process, which judges too, is one migration ahead of the stations.
    MIGRATIONS.by_name[NEWER] = _newer
    migrate_file(office.path, time.time_ns() // 1_000_000, "baru")
    before = rows(office.path, "SELECT max(seq) FROM event")
    yield from office.refused("a migrated file", first, first.ask("issue", 1))
    if rows(office.path, "SELECT max(seq) FROM event") != before:
        yield "the old program wrote into a migrated file"


def _newer(db: Statements) -> None:
    db.execute("CREATE TABLE newer (x INTEGER) STRICT")


def older_copy(office: HostileOffice) -> Iterator[str]:
    """Replace the file with an older copy.

    Every station that looks is warned, nobody writes, and the journals bring all back.
    """
    at_work = [office.start(0), office.start(1)]
    for station in at_work:
        station.ask("serve_unasked", office.dice.randint(1, 2))
    older = office.copy("older.db")
    for station in at_work:
        yield from done("at work", station.ask("serve_unasked", 1))
        yield from done("at work", station.ask("issue", office.dice.randint(1, 3)))
    yield from _lay_out(office, at_work)
    how = office.dice.choice(("running", "left", "killed"))
    at_work = _leave(office, at_work, how)
    shutil.copy(older, office.path)
    for station in at_work:
        yield from office.refused(f"an older copy, {how}", station, station.ask("issue", 1))
    yield from _found(office, "an older copy")
    yield from office.end()
    yield from _restore(office, older)


def _lay_out(office: HostileOffice, at_work: Sequence[HostileStation]) -> Iterator[str]:
    """Let the stations lay their journals on the share, and make a backup, as in an hour."""
    folder = office.path.with_name("cadangan")
    folder.mkdir()
    for station in at_work:
        yield from done("upkeep", station.ask("upkeep", folder=str(folder)))


def _leave(office: HostileOffice, at_work: list[HostileStation], how: str) -> list[HostileStation]:
    """Return the stations that meet the older copy: those at work, or new ones."""
    if how == "running":
        return at_work
    if how == "left":
        for station in at_work:
            station.ask("leave")
    else:
        at_work[0].begin("serve_unasked", 5)
        time.sleep(office.dice.uniform(0, 0.05))  # the moment is the chance's
    office.end()
    return [office.start(0), office.start(1)]


def _restore(office: HostileOffice, backup: Path) -> Iterator[str]:
    folder = office.path.parent
    wish = ("--database", office.path, "--journals", folder, "--force", "--json")
    told = office.program("restore", backup, *wish)
    if told.returncode:
        yield f"not restored: {told.stdout} {told.stderr}"


def _found(office: HostileOffice, what: str) -> Iterator[str]:
    told = office.program("verify", office.path, "--json")
    if told.returncode != 1:
        yield f"{what} passes verify: {told.returncode} {told.stdout[-300:]} {told.stderr[-300:]}"


def rewritten_log(office: HostileOffice) -> Iterator[str]:
    """Cut the end off the log, or write it again with a chain that fits."""
    first, second = office.start(0), office.start(1)
    for station in (first, second):
        station.ask("serve", 1)
    yield from _lay_out(office, (first, second))
    for station in (first, second):
        station.ask("leave")
    whole = office.copy("whole.db")
    for how in (_cut_off, _rewrite):
        with closing(sqlite3.connect(office.path)) as link, link:
            guards = link.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
            ).fetchall()
            for name, _sql in guards:
                link.execute(f"DROP TRIGGER {name}")
            how(link, office.dice)
            for _name, sql in guards:
                link.execute(sql)
        yield from _found(office, f"a log {how.__name__}")
        shutil.copy(whole, office.path)


def _cut_off(link: sqlite3.Connection, dice: random.Random) -> None:
    (last,) = link.execute("SELECT max(seq) FROM event").fetchone()
    link.execute("DELETE FROM event WHERE seq > ?", (last - dice.randint(1, 5),))


def _rewrite(link: sqlite3.Connection, dice: random.Random) -> None:
    """Rewrite the log as if another station had acted, from some event on."""
    names = Event.__struct_fields__
    every = link.execute(f"SELECT {', '.join(names)} FROM event ORDER BY seq").fetchall()  # noqa: S608
    from_seq, before = dice.randint(1, every[-1][0]), GENESIS
    for row in every:
        event = Event(**dict(zip(names, row, strict=True)))
        if event.seq >= from_seq:
            event = Event(**{**dict(zip(names, row, strict=True)), "station": "lain"})
        before = chain_hash(before, event)
        link.execute(
            "UPDATE event SET station = ?, chain = ? WHERE seq = ?", (event.station, before, event.seq)
        )


def poisoned_folder(office: HostileOffice) -> Iterator[str]:
    """Lay poisoned lists and a good one into a watched folder, while the counters are at work."""
    folder = office.path.with_name("masuk")
    folder.mkdir()
    names = office.dice.sample(sorted(POISONED.keys() - {"lebar.csv", "kosong.xlsx"}), 3)
    for name in names:
        (folder / name).write_bytes(POISONED[name]())
    first = office.start(0)
    first.begin("serve", 3)
    watched = office.program("online", "watch", folder, "--once", "--every", 0.1, "--database", office.path)
    yield from done("beside a poisoned folder", first.finish())
    if watched.returncode:
        yield f"the watch ended: {watched.stderr}"
    for name in names:
        if not (folder / "ditolak" / f"{name}.sebab.txt").exists():
            yield f"{name} was not put aside: {watched.stdout}"


def cloned_disk(office: HostileOffice) -> Iterator[str]:
    """Copy a PC's disk to a second one: both are cut off and give numbers, and come back."""
    first = office.start(0)
    first.ask("present")
    first.ask("serve", 1)
    first.ask("leave")
    office.end()
    pc = office.path.with_name("pc-2")
    pc.mkdir()
    original, copy = office.stations[0], replace(office.stations[0], pc=pc.name)
    shutil.copy(original.journal(office.path), copy.journal(office.path))
    office.stations = (*office.stations, copy)
    kiosks = [office.start(0), office.start(2)]
    if seen := office.dice.random() < 0.5:  # else the copy starts while the share is gone
        for kiosk in kiosks:
            yield from done("at work", kiosk.ask("present"))
    replies = [kiosk.ask("alone", office.dice.randint(1, 3)) for kiosk in kiosks]
    yield from done("cut off", replies[0])
    if not seen:
        yield from office.refused("a copied disk", kiosks[1], replies[1])
    for kiosk in office.dice.sample(kiosks, 2):
        yield from done("back", kiosk.ask("merge"))
    for kiosk in kiosks:
        yield from done("at work again", kiosk.ask("serve", 1))


def stepped_while_cut_off(office: HostileOffice) -> Iterator[str]:
    """Set a kiosk's clock while the share is gone: the numbers it gives alone are of the office's day."""
    kiosk = office.start(0)
    kiosk.ask("issue", 1)
    kiosk.ask("present")
    kiosk.ask("alone", 1)
    kiosk.ask("step", office.dice.choice(STEPS_MS))
    kiosk.ask("alone", 2)  # it may refuse: then nobody holds a paper of another day
    yield from done("back", kiosk.ask("merge"))
    yield from one_day(office)


SCENES: Mapping[str, Scene] = {
    each.__name__: each
    for each in (
        *(stepped_clock, wrong_clock_at_start, sleeper, old_program, older_copy, rewritten_log),
        *(cloned_disk, stepped_while_cut_off, poisoned_folder),
    )
}
