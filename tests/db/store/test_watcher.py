"""The watcher: sees what others commit, wakes at once, outlives the share, and ends."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.db.other_process import let_go, other_process, start_writer
from tests.db.rows import event
from tests.office import make_office
from ult_desktop.base.config import SyncConfig
from ult_desktop.db.store import connection, events, watcher
from ult_desktop.db.store.connection import FileEngine
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.store import LOOK_AT_PATH_S, Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.watcher import HintTrust, Watcher, _LastCheck

LONG = 60.0


def last_event(connection: Link) -> int:
    return events.last_seq(Transaction(connection))


class WatchingStation:
    """A watching station: what it was told, and its own store for reading."""

    def __init__(
        self, path: Path, poll_s: float, news: Callable[[Link], object] = watcher._new_each_time
    ) -> None:
        self.store = Store(path, timeout_s=5)
        self.changes = 0
        self.reached: list[bool] = []
        self.urgent: list[int] = []
        self._told = threading.Condition()
        self.watcher = Watcher(path, poll_s, self._changed, self._reachable, self._read, news)

    def _changed(self) -> None:
        with self._told:
            self.changes += 1
            self._told.notify_all()

    def _reachable(self, yes: bool) -> None:
        with self._told:
            self.reached.append(yes)
            self._told.notify_all()

    def _read(self, connection: Link) -> None:
        self.urgent.append(last_event(connection))

    def wait(self, fact: Callable[[], bool]) -> None:
        with self._told:
            assert self._told.wait_for(fact, 60)


@contextmanager
def watching(
    path: Path, poll_s: float = 0.02, *, news: Callable[[Link], object] = watcher._new_each_time
) -> Iterator[WatchingStation]:
    """Watch an office. A server reports `_new_each_time` for its other databases too."""
    station = WatchingStation(path, poll_s, news)
    station.watcher.start()
    try:
        yield station
    finally:
        station.watcher.close()
        station.store.close()


def commit(path: Path, request: str) -> None:
    store = Store(path)
    store.write(lambda tx: events.append(tx, event(request)))
    store.close()


def test_it_tells_once_at_the_start(office_file: Path) -> None:
    with watching(office_file, news=last_event) as station:
        station.wait(lambda: station.changes == 1)
        assert station.reached == [True]


def test_every_foreign_commit_is_seen(office_file: Path) -> None:
    with watching(office_file) as station:
        for n in range(5):
            before = station.changes
            commit(office_file, f"r{n}")
            station.wait(lambda before=before: station.changes > before)  # type: ignore[misc]
        writer = start_writer(office_file, "kios", 30)
        writer.communicate()
        station.wait(lambda: station.store.read(events.last_seq) == 35)
        assert False not in station.reached


def test_on_windows_a_rest_costs_no_lock_and_every_commit_is_seen(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A handle beside SQLite's own reads the count of commits, and the version is asked for if it changed."""
    asked: list[int] = []
    version = FileEngine.commit_version

    def ask(engine: FileEngine, link: Link) -> int:
        asked.append(version(engine, link))
        return asked[-1]

    monkeypatch.setattr(connection, "HANDLES_OWN_LOCKS", True)
    monkeypatch.setattr(FileEngine, "commit_version", ask)
    with watching(office_file) as station:
        for n in range(5):
            before = station.changes
            commit(office_file, f"request {n}")
            station.wait(lambda before=before: station.changes > before)  # type: ignore[misc]
        looked, at_rest = station.watcher.answered_at, len(asked)
        time.sleep(1.0)
        assert station.watcher.answered_at > looked, "it looked meanwhile, some fifty times"
        assert len(asked) <= at_rest + 1


@pytest.mark.file_only("pages")
def test_where_hints_come_what_nobody_hints_at_waits_for_a_while(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stations at rest commit their reports without a hint: old shares are spared a look at each."""
    monkeypatch.setattr(connection, "HANDLES_OWN_LOCKS", True)
    monkeypatch.setattr(watcher, "REPORTS_S", LONG)
    monkeypatch.setattr(watcher, "LONGEST_PAUSE_S", 0.02)
    with watching(office_file) as station:
        station.wait(lambda: station.changes == 1)
        station.watcher.wake()
        commit(office_file, "hinted at")
        station.wait(lambda: station.changes == 2)
        commit(office_file, "not hinted at")
        looked = station.watcher.answered_at
        time.sleep(0.3)
        assert station.watcher.answered_at > looked
        assert station.changes == 2
        station.watcher.wake()
        station.wait(lambda: station.changes == 3)


def test_hints_are_trusted_until_news_come_without_one() -> None:
    trust = HintTrust()
    trust.note_hint(0.0, own=True)
    trust.note_hint(0.1, own=False)  # its own broadcast
    trust.note_news(0.2)
    assert not trust.is_trusted(5.0), "what this station did says nothing of the others"
    trust.note_hint(10.0, own=False)
    trust.note_news(10.1)
    assert trust.is_trusted(100.0)
    trust.note_news(100.0)
    assert not trust.is_trusted(100.1)
    trust.note_hint(100.2, own=False)  # the poll was faster than the hint
    assert trust.is_trusted(200.0)
    trust.note_news(200.0)
    assert not trust.is_trusted(201.0)
    trust.note_hint(300.0, own=False)
    trust.note_news(300.1)
    assert not trust.is_trusted(300.2), "one of the stations hints in vain"
    assert trust.is_trusted(201.0 + watcher.DOUBT_S)


def test_a_count_that_was_rolled_back_is_not_taken_for_the_next_commit() -> None:
    counts = iter([b"1", b"1", b"2", b"1", b"2", b"2", b"2"])  # 2 was half written, and then is
    sight = _LastCheck(lambda: next(counts))
    looks = []
    for version in (7, 8, 9):
        looks.append(sight.is_same())
        sight.note(version)
    assert [*looks, sight.is_same()] == [False, False, False, True]


def test_a_hint_wakes_it_at_once(office_file: Path) -> None:
    with watching(office_file, poll_s=LONG, news=last_event) as station:
        station.wait(lambda: station.changes == 1)
        commit(office_file, "r1")
        station.watcher.wake()
        station.wait(lambda: station.changes == 2)


def test_a_slow_share_is_asked_less_often(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with other databases tells of their commits too."""
    monkeypatch.setattr(watcher, "SLOW_ROUND_TRIP_S", -1.0)
    with watching(office_file) as station:
        station.wait(lambda: station.changes >= 1)
        commit(office_file, "r1")
        station.wait(lambda: station.changes >= 2)


def test_a_share_that_comes_and_goes(office_file: Path) -> None:
    away = office_file.with_name("away.db")
    office_file.rename(away)
    with watching(office_file, news=last_event) as station:
        station.wait(lambda: station.reached == [False, False])
        away.rename(office_file)
        station.wait(lambda: station.changes == 1)
        assert station.reached[-1]
        assert station.watcher._backoff == watcher.FIRST_BACKOFF_S


@pytest.mark.slow
@pytest.mark.posix_only("exchange")
def test_a_file_that_is_renamed_under_an_open_handle_is_missed(office_file: Path) -> None:
    """The handle goes on reading it: only the path tells, within two seconds where the PC is not busy."""
    assert LOOK_AT_PATH_S + SyncConfig().poll_ms / 1000 < 2
    away = office_file.with_name("away.db")
    with watching(office_file, poll_s=0.1) as station:
        station.wait(lambda: station.changes == 1)
        began = time.monotonic()
        office_file.rename(away)
        station.wait(lambda: station.reached[-1] is False)
        assert time.monotonic() - began < 20
        away.rename(office_file)
        station.wait(lambda: station.reached[-1])


@pytest.mark.posix_only("exchange")
def test_a_file_that_was_replaced_is_read_anew_at_once(
    office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher, "LOOK_AT_PATH_S", 0.05)
    restored = make_office(tmp_path / "cadangan")
    with watching(office_file, news=last_event) as station:
        station.wait(lambda: station.changes == 1)
        restored.replace(office_file)
        station.wait(lambda: station.changes == 2)
        assert False not in station.reached


def test_what_is_urgent_is_read_again_after_a_busy_moment(office_file: Path) -> None:
    """The change is told after it: nobody shows a board before the calls that led to it."""
    tries = [0]

    def read(_connection: Link) -> None:
        tries[0] += 1
        if tries[0] == 1:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error

    with watching(office_file) as station:
        station.wait(lambda: station.changes > 0)
        before = station.changes
        station.watcher._urgent = read
        commit(office_file, "r1")
        station.wait(lambda: station.changes > before)
        assert tries[0] >= 2
        assert False not in station.reached


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_a_commit_of_another_is_no_outage(office_file: Path) -> None:
    """The file is locked for a moment at each commit: a poll that meets one says nothing, and goes on."""
    with watching(office_file) as station:
        station.wait(lambda: station.changes == 1)
        with other_process("exclusive", office_file) as committer:
            station.watcher._thread.join(0.1)  # a look that was under way has been told
            answered = station.watcher.answered_at
            station.watcher._thread.join(0.2)
            assert station.watcher.answered_at == answered
            let_go(committer)
        commit(office_file, "r1")
        station.wait(lambda: station.changes == 2)
        assert station.reached == [True, True]


def test_whoever_meets_a_commit_looks_again_soon(office_file: Path) -> None:
    """The hint of that commit was used up; the next poll may be far away."""
    watched = Watcher(office_file, LONG, lambda: None, lambda _reached: None)
    assert watched._pause(answered=False, took_s=0.03) <= 0.05
    assert watched._pause(answered=True, took_s=0.001) > 1


def test_one_late_answer_is_not_a_slow_share(office_file: Path) -> None:
    watched = Watcher(office_file, 0.5, lambda: None, lambda _reached: None)
    pauses = [watched._pause(answered=True, took_s=took) for took in (0.001, 0.02, 0.001, 0.02, 0.02)]
    assert [pause > 0.75 for pause in pauses] == [False, False, False, False, True]


def test_a_slow_share_is_still_asked_often_enough_to_miss_it_in_time(office_file: Path) -> None:
    """A share gone for two seconds is reported: the longest pause that a station may set is not doubled."""
    watched = Watcher(office_file, 1.5, lambda: None, lambda _reached: None)
    assert max(watched._pause(answered=True, took_s=0.02) for _look in range(200)) < 1.7


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_a_start_amid_a_commit_is_no_outage(office_file: Path) -> None:
    with other_process("exclusive", office_file) as committer, watching(office_file) as station:
        station.watcher._thread.join(0.2)
        assert station.reached == []
        let_go(committer)
        station.wait(lambda: station.changes == 1)
        assert station.reached == [True]


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_a_file_that_nobody_can_read_for_long(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "OUTAGE_S", 0.1)
    with watching(office_file) as station:
        station.wait(lambda: station.changes == 1)
        with other_process("exclusive", office_file) as holder:
            station.wait(lambda: station.reached[-1] is False)
            let_go(holder)
        station.wait(lambda: station.reached[-1])


@pytest.mark.posix_only("exchange")
def test_a_restored_file_is_noticed(
    office_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old connection would look at the replaced file for ever."""
    monkeypatch.setattr(watcher, "REOPEN_S", 0.1)
    restored = make_office(tmp_path / "cadangan")
    with watching(office_file) as station:
        station.wait(lambda: station.changes >= 1)
        restored.replace(office_file)
        before = station.changes
        station.wait(lambda: station.changes > before + 1)
        before = station.changes
        commit(office_file, "r1")
        station.wait(lambda: station.changes > before)


def test_it_opens_the_file_anew_without_a_pause_before(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An opening takes a second over a slow link: with a pause before it, people would see an outage."""
    monkeypatch.setattr(watcher, "REOPEN_S", 0.0)
    with watching(office_file, LONG) as station:
        station.wait(lambda: station.changes >= 3)


@pytest.mark.slow
@pytest.mark.posix_only("lease")
def test_a_hanging_share_gives_no_sign_and_does_not_hold_up_the_end(office_file: Path) -> None:
    with other_process("lease", office_file) as server:
        station = WatchingStation(office_file, 0.02)
        began = station.watcher.answered_at
        station.watcher.start()
        station.watcher._thread.join(0.3)
        assert station.watcher.answered_at == began
        assert station.reached == []
        asked = time.monotonic()
        station.watcher.close(timeout_s=0.1)
        assert time.monotonic() - asked < 20
        assert station.watcher._thread.is_alive()
        assert station.watcher._thread.daemon
        let_go(server)
        station.watcher._thread.join(60)
        assert not station.watcher._thread.is_alive()


@pytest.mark.posix_only("proc")
def test_it_leaves_no_thread_and_no_open_file(office_file: Path) -> None:
    for _again in range(3):
        with watching(office_file, news=last_event) as station:
            station.wait(lambda station=station: station.changes == 1)  # type: ignore[misc]
    assert not [thread for thread in threading.enumerate() if thread.name == "watcher"]
    open_files = [str(handle.readlink()) for handle in Path("/proc/self/fd").iterdir() if handle.is_symlink()]
    assert not [name for name in open_files if name.startswith(str(office_file))]


def test_one_that_never_started_closes_too(office_file: Path) -> None:
    WatchingStation(office_file, LONG).watcher.close()
