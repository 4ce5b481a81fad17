"""The soak's own book-keeping: what it would find if a call were missed, doubled, or memory grew."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from benchmarks.subjects import soak
from benchmarks.survival.fast_clock import FastClock
from benchmarks.survival.gate import NoDisk, hangs_while
from benchmarks.survival.soak_books import growth, lives, missed_calls
from benchmarks.survival.soak_place import Sample, SoakFolder
from benchmarks.survival.vfs import watch
from tests.office import make_office, open_office, sign_in
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import CallNext, IssueTicket, NoShow, StaffCounter
from ult_desktop.devices.virtual_printer.server import VirtualPrinter


@pytest.fixture
def place(tmp_path: Path) -> SoakFolder:
    """An office with three calls in its log."""
    (tmp_path / "told").mkdir()
    place = SoakFolder(tmp_path, ("display",))
    with closing(open_office(make_office(place.share))) as office:
        officer = sign_in(office)
        office.perform(StaffCounter(counter=1), officer)
        for _visitor in range(3):
            office.perform(IssueTicket(service_id=1), Actor(station="kios"))
            office.perform(CallNext(counter=1), officer)
            office.perform(NoShow(counter=1), officer)
    return place


def calls(place: SoakFolder) -> list[int]:
    with closing(sqlite3.connect(place.database)) as link:
        return [seq for (seq,) in link.execute("SELECT seq FROM event WHERE kind = 'ticket.called'")]


def tell(place: SoakFolder, *lines: dict[str, object]) -> None:
    told = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    (place.folder / "told" / "display.jsonl").write_bytes(told + b'{"kind": "cut off by a ki')


def listens(seq: int) -> dict[str, object]:
    return {"kind": "listens", "seq": seq}


def call(seq: int) -> dict[str, object]:
    return {"kind": "call", "seq": seq}


@pytest.mark.file_only("bench")
def test_a_display_that_shows_each_call_once_is_fine(place: SoakFolder) -> None:
    tell(place, listens(0), *map(call, calls(place)))
    assert missed_calls(place) == ([], [])


@pytest.mark.file_only("bench")
def test_a_missed_and_a_doubled_call_are_found(place: SoakFolder) -> None:
    first, second, third = calls(place)
    tell(place, listens(0), call(first), call(first), call(third))
    assert missed_calls(place) == ([second], [first])


@pytest.mark.file_only("bench")
def test_a_killed_display_owes_nothing_of_what_it_was_not_there_for(place: SoakFolder) -> None:
    first, second, third = calls(place)
    tell(place, listens(0), call(first), listens(second), call(third))
    assert lives(place.told("display")) == [(0, [first], False), (second, [third], True)]
    assert missed_calls(place) == ([], [])


def test_growth_is_told_by_the_longest_life_and_not_by_a_peak() -> None:
    begun = [Sample(at, pid=1, mib=at, handles=1) for at in range(30)]
    flat = [Sample(30 + at, pid=2, mib=100 + 64 * (at % 30 == 0), handles=7) for at in range(300)]
    assert growth([*begun, *flat], lambda each: each.mib) == 0
    growing = [Sample(at, pid=3, mib=at / 60, handles=7) for at in range(300)]
    assert growth(growing, lambda each: each.mib) == pytest.approx(1)
    assert growth(growing, lambda each: each.handles) == 0


def test_every_trouble_of_the_plan_is_known_and_begins_within_the_day(place: SoakFolder) -> None:
    printer = VirtualPrinter()
    known = soak._troubles(SoakFolder(place.folder, ("kiosk", "display", "counter-2")), printer)
    printer.close()
    assert {what for _part, what, _lasts in soak.TROUBLES} <= known.keys()
    assert all(0 < part < 1 for part, _what, _lasts in soak.TROUBLES)


def test_the_fast_clock_is_one_for_all() -> None:
    clock = FastClock(began=time.monotonic(), first=1_000_000, speed=60)
    early, late = clock(), clock()
    assert 1_000_000 <= early <= late < 1_000_000 + 3_600_000


def test_a_share_that_hangs_answers_when_it_is_let_go(tmp_path: Path) -> None:
    """A station of a soak asks for a lock of such a share, and nothing comes back."""
    flag, share = tmp_path / "hang", tmp_path / "share"
    share.mkdir()
    flag.touch()
    done: list[int] = []

    def read() -> None:
        with closing(sqlite3.connect(share / "x.db")) as link:
            done.append(link.execute("PRAGMA user_version").fetchone()[0])

    with watch(share, NoDisk(), hangs_while(flag)):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(0.3)
        assert thread.is_alive()
        flag.unlink()
        thread.join(60)
    assert done == [0]
