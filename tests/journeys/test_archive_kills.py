"""Archiving is killed at any moment and begun again while a kiosk goes on: nothing lost, nothing doubled.

`ULT_KILL_SEED` chooses other moments.
"""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

from typing_extensions import override

from tests.office import make_office, open_office
from tests.operations.years import Years, some_years
from tests.program import ROOT
from ult_desktop.core import asks
from ult_desktop.core.archive import ArchiveState
from ult_desktop.core.roles import Actor
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import archive_rules, archives, backup_folder, events
from ult_desktop.operations import archive_reading
from ult_desktop.operations.restoring import Wish, restore, verdict_on

SEED = int(os.environ.get("ULT_KILL_SEED", "20261121"))
MOST_KILLS, LEAST_KILLS, LONGEST_PAUSE_S = 10, 5, 0.01


class Kiosk(threading.Thread):
    """Issues numbers until it is stopped; what it was given is in somebody's hand."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path, self.given, self.over = path, list[int](), threading.Event()

    @override
    def run(self) -> None:
        office = open_office(self.path, "kios-1")
        while not self.over.wait(0.05):
            issued = office.perform(asks.IssueTicket(service_id=1), Actor(station="kios-1"))
            self.given.append(issued.ticket.id)
        office.close()


def start(path: Path, disk: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.journeys.archivist", str(path), str(disk), "2023"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def killed_somewhere(process: "subprocess.Popen[str]", chance: random.Random, lines: int) -> bool:
    """After some lines and a moment; False when it was done before."""
    assert process.stdout is not None
    assert process.stdin is not None
    for _line in range(lines):
        if not process.stdout.readline():
            break
        process.stdin.write("\n")
        process.stdin.flush()
    threading.Event().wait(chance.uniform(0, LONGEST_PAUSE_S))  # the moment is the chance's
    process.kill()
    process.communicate()
    return process.returncode != 0


def rows(path: Path, table: str) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as link:
        names = ", ".join(archive_rules.columns(link, table))
        found = link.execute(f"SELECT {names} FROM {table}").fetchall()
    assert len(set(found)) == len(found)
    return set(found)


def check_rows(before: dict[str, set[tuple[object, ...]]], path: Path) -> None:
    """What was in the office is in it or in the archive, and never in both."""
    for table, old in before.items():
        here, there = rows(path, table), rows(archives.path_of(path, 2023), table)
        assert here & there == set(), table
        assert old <= here | there, table
        assert there <= old, table


def test_kill_minus_nine_at_any_step(tmp_path: Path) -> None:
    years = Years(make_office(tmp_path / "share"), tmp_path)
    for day in range(10, 16):
        years.closed_case(f"2023-01-{day}", f"Tamu {day}")
    some_years(years)
    years.scene.office.close()
    path, disk, chance = years.scene.path, years.disk, random.Random(SEED)
    before = {table: rows(path, table) for table in (*archive_rules.moving(), "event")}
    kiosk = Kiosk(path)
    kiosk.start()
    kills = 0
    while kills < MOST_KILLS and killed_somewhere(start(path, disk), chance, chance.randint(1, 4)):
        kills += 1
    assert kills >= LEAST_KILLS
    last = start(path, disk)
    _out, errors = last.communicate(timeout=300)
    kiosk.over.set()
    kiosk.join()
    assert last.returncode == 0, errors
    check_rows(before, path)
    assert kiosk.given
    assert {row[0] for row in rows(path, "ticket")} >= set(kiosk.given)
    office = open_office(path)
    assert [each.state for each in office.read(archives.every)] == [ArchiveState.DONE]
    assert list(archive_reading.findings(office)) == []
    kinds = [event.kind for event in office.read(lambda tx: events.after(tx, 0))]
    office.close()
    assert (kinds.count("archive.begun"), kinds.count("archive.ended")) == (1, 1)
    assert verdict_on(path).findings == ()


def killed_late(process: "subprocess.Popen[str]") -> None:
    """When nearly all of the year has left the office file."""
    assert process.stdout is not None
    assert process.stdin is not None
    for line in process.stdout:
        done, _slash, steps = line.strip().partition("/")
        if steps.isdecimal() and int(steps) - int(done) <= 2:
            break
        process.stdin.write("\n")
        process.stdin.flush()
    process.kill()
    process.communicate()


def test_a_share_that_is_lost_while_a_year_is_half_away(tmp_path: Path) -> None:
    """The backups of these days carry the half, and the last whole one stays however old it gets."""
    years = Years(make_office(tmp_path / "share"), tmp_path)
    some_years(years)
    years.scene.office.close()
    path, disk = years.scene.path, years.disk
    before = {table: rows(path, table) for table in (*archive_rules.moving(), "event")}
    killed_late(start(path, disk))
    assert len(rows(path, "guest")) < len(before["guest"])
    (whole,) = disk.glob("*/*.db")
    (kept,) = backup_folder.listed(whole.parent)
    for days in (500, 1000):
        backup_folder.make(path, disk, kept.at + days * DAY_MS)
    assert len(list(disk.glob("*/*.db"))) == 2
    assert whole.exists()
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    wish = Wish(office_file=path, source=disk, own=tmp_path, now=kept.at, station="uji")
    assert restore(wish).verdict.findings == ()
    last = start(path, disk)
    _out, errors = last.communicate(timeout=300)
    assert last.returncode == 0, errors
    check_rows(before, path)
    assert verdict_on(path).findings == ()
    assert not whole.exists(), "the archive is finished and its copy is on the disk"
