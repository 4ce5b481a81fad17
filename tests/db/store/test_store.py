"""Reads and writes on a real file: all or nothing, patient with others, exactly once."""

import sqlite3
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from tests.db.other_process import let_go, other_process, start_writer, tell
from tests.db.rows import add_ticket, event, log_after
from tests.office import make_office
from ult_desktop.base.errors import UserError
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import events, stations, store as module
from ult_desktop.db.store.connection import OfficeConnection, open_file
from ult_desktop.db.store.errors import DamagedFile, ShareUnreachable, Unwritable
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

ME = Presence(identity="i", name="loket-1", mode="counter", version="1", boot="b", seen_at=5)


def requests(store: Store) -> list[str]:
    return [row.request for row in store.read(lambda tx: log_after(tx, 0))]


def write(store: Store, request: str, station: str = "loket-1") -> None:
    """Write as an operation does: look for the request first."""

    def once(tx: Transaction) -> None:
        if events.result_of(tx, request) is None:
            events.append(tx, event(request, station))

    store.write(once)


def test_what_is_written_is_read_by_another(store: Store, office_file: Path) -> None:
    write(store, "r1")
    other = Store(office_file)
    assert requests(other) == ["r1"]
    other.close()
    store.close()
    store.close()
    assert requests(store) == ["r1"]


def test_refused_work_leaves_nothing(store: Store) -> None:
    def refused(tx: Transaction) -> None:
        events.append(tx, event("r1"))
        raise UserError("Tidak boleh.")

    with pytest.raises(UserError, match="Tidak boleh"):
        store.write(refused)
    assert requests(store) == []
    write(store, "r2")


def test_refused_work_within_refused_work_leaves_nothing(store: Store) -> None:
    """A part that undid itself hides none around it: what that one had done before goes with it."""

    def part(tx: Transaction) -> None:
        events.append(tx, event("r1"))
        with suppress(UserError):
            module.OneTransaction(tx).write(refuse)
        refuse(tx)

    def refuse(_tx: Transaction) -> None:
        raise UserError("tidak")

    def whole(tx: Transaction) -> None:
        with suppress(UserError):
            module.OneTransaction(tx).write(part)

    store.write(whole)
    assert requests(store) == []


def test_a_broken_rule_is_a_bug_and_not_waited_for(store: Store) -> None:
    tries: list[int] = []

    def one_number_twice(tx: Transaction) -> None:
        tries.append(1)
        add_ticket(tx, 1)
        add_ticket(tx, 1)

    with pytest.raises(sqlite3.IntegrityError):
        store.write(one_number_twice)
    assert tries == [1]
    assert store.read(lambda tx: tx.value("SELECT count(*) FROM ticket")) == 0


def test_a_reader_writes_nothing(store: Store) -> None:
    """A server says so; a file takes it back."""
    with suppress(Unwritable):
        store.read(lambda tx: events.append(tx, event("r1")))
    assert requests(store) == []


@pytest.mark.file_only("locks")
def test_a_snapshot_does_not_change_under_the_reader(store: Store, office_file: Path) -> None:
    impatient = Store(office_file, timeout_s=0.1)

    def twice(tx: Transaction) -> tuple[int, int]:
        before = events.last_seq(tx)
        with pytest.raises(ShareUnreachable):
            write(impatient, "r1")
        return before, events.last_seq(tx)

    assert store.read(twice) == (0, 0)
    impatient.close()
    assert requests(store) == []


def test_the_greeting_is_written_after_every_open(store: Store) -> None:
    store.on_open(lambda tx: stations.report(tx, ME))
    assert store.read(lambda tx: stations.find(tx, "loket-1", "b")) == ME
    store.write(lambda tx: tx.run("DELETE FROM station"))
    assert store.read(lambda tx: stations.find(tx, "loket-1", "b")) is None
    store.close()
    assert store.read(lambda tx: stations.find(tx, "loket-1", "b")) == ME


def test_a_greeting_given_later_is_written_at_the_next_use(store: Store) -> None:
    assert requests(store) == []
    store.on_open(lambda tx: stations.report(tx, ME))
    assert store.read(lambda tx: stations.find(tx, "loket-1", "b")) == ME


@pytest.mark.slow
def test_it_waits_while_another_station_writes(office_file: Path) -> None:
    store = Store(office_file, timeout_s=20)
    with other_process("hold", office_file) as holder:
        timer = threading.Timer(0.3, let_go, [holder])
        timer.start()
        write(store, "r1")
        timer.join()
    assert requests(store) == ["r1"]
    store.close()


@pytest.mark.slow
@pytest.mark.file_only("locks")
@pytest.mark.parametrize("act", ["long", "long-read"])
def test_who_holds_the_file_is_named_and_not_who_wrote_last(
    store: Store, office_file: Path, act: str
) -> None:
    write(store, "r1", station="loket-7")
    with other_process(act, office_file) as keeper:
        with pytest.raises(
            ShareUnreachable, match=r"sedang dipakai loket-9 \(sejak pukul \d\d.\d\d\) terlalu lama"
        ):
            write(store, "r2")
        let_go(keeper)
    assert [each.name for each in office_file.parent.iterdir() if "held" in each.name] == []
    write(store, "r2")
    assert requests(store) == ["r1", "r2"]


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_where_the_holder_says_nothing_those_seen_at_work_are_told(store: Store, office_file: Path) -> None:
    """A PC that hangs, or another program: nobody is accused of it."""
    write(store, "r1", station="loket-7")
    store.write(lambda tx: stations.report(tx, ME))
    words = r"dipakai stasiun lain \(terakhir terlihat bekerja: loket-1\) terlalu lama"
    with other_process("hold", office_file), pytest.raises(ShareUnreachable, match=words):
        write(store, "r2")


@pytest.mark.file_only("pages")
def test_a_file_that_forgot_its_migrations_is_no_bug(office_file: Path) -> None:
    with closing(sqlite3.connect(office_file)) as link:
        link.execute("DROP TABLE _sqlite_migrations")
    store = Store(office_file)
    with pytest.raises(DamagedFile, match="_sqlite_migrations"):
        requests(store)
    store.close()


@pytest.mark.slow
@pytest.mark.file_only("pages")
@pytest.mark.parametrize("opened_before", [True, False])
def test_a_file_that_cannot_even_be_read(store: Store, office_file: Path, opened_before: bool) -> None:
    if opened_before:
        write(store, "r1", station="loket-7")
    with other_process("exclusive", office_file), pytest.raises(ShareUnreachable, match="stasiun lain"):
        requests(store)


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_busy_at_commit_tries_the_commit_alone(office_file: Path) -> None:
    """A reader that stands in the way: the work is not done again, only the COMMIT."""
    store, runs = Store(office_file, timeout_s=20), []
    with other_process("read", office_file) as reader:
        timer = threading.Timer(0.3, let_go, [reader])
        timer.start()
        store.write(lambda tx: runs.append(events.append(tx, event("r1")).seq))
        timer.join()
    assert runs == [1]
    assert requests(store) == ["r1"]
    store.close()


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_a_reader_that_never_ends_is_told(store: Store, office_file: Path) -> None:
    with other_process("read", office_file), pytest.raises(ShareUnreachable, match="sedang dipakai"):
        write(store, "r1")
    assert requests(store) == []


def test_four_stations_at_once_lose_nothing_and_double_nothing(office_file: Path) -> None:
    names, count = ["kios", "loket-1", "loket-2", "loket-3"], 40
    writers = [start_writer(office_file, name, count) for name in names]
    acknowledged = [writer.communicate()[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4
    store = Store(office_file)
    assert sorted(requests(store)) == sorted(request for told in acknowledged for request in told)
    assert sum(map(len, acknowledged)) == 4 * count
    store.close()


@pytest.mark.slow
def test_a_killed_writer_has_lost_nothing_it_told(office_file: Path) -> None:
    writer = start_writer(office_file, "kios", 100_000)
    assert writer.stdout is not None
    told = [writer.stdout.readline().strip() for _n in range(20)]
    writer.kill()
    told += writer.communicate()[0].split()
    store = Store(office_file)
    found = requests(store)
    assert found[: len(told)] == told
    assert len(found) <= len(told) + 1
    write(store, "r1")
    store.close()


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_station_killed_in_a_transaction_leaves_a_hot_journal_that_heals(
    store: Store, office_file: Path
) -> None:
    journal = office_file.with_name("office.db-journal")
    before = store.read(office_rows.load)
    store.close()
    with other_process("half-write", office_file) as dying:
        assert journal.stat().st_size > 0
        assert b"setengah" in office_file.read_bytes()
        dying.kill()
    assert store.read(office_rows.load) == before
    assert store.read(lambda tx: tx.column("PRAGMA integrity_check")) == ["ok"]
    write(store, "r1")
    assert requests(store) == ["r1"]


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_station_that_opens_empties_a_dead_ones_journal(store: Store, office_file: Path) -> None:
    """Windows refuses to delete it, as SQLite would, while another station has it open."""
    write(store, "r1")
    with other_process("half-write", office_file) as dying:
        dying.kill()
    open_file(office_file).close()
    assert office_file.with_name("office.db-journal").read_bytes()[:8] == bytes(8)
    assert requests(store) == ["r1"]


@pytest.mark.slow
def test_committed_but_never_told_is_found_by_its_request(store: Store, office_file: Path) -> None:
    with other_process("commit", office_file) as dying:
        dying.kill()
    write(store, "req-1")
    assert requests(store) == ["req-1"]


class LosesTheAnswer(OfficeConnection):
    """The first COMMIT that holds an event happens, and its answer is lost: what a cable does."""

    lost = 0

    @override
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor = super().execute(sql, parameters)
        if sql == "COMMIT" and LosesTheAnswer.lost == 0:
            LosesTheAnswer.lost += 1
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return cursor


@pytest.mark.file_only("pages")
def test_a_commit_that_failed_and_happened_counts_once(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.db.store.connection.OfficeConnection", LosesTheAnswer)
    store = Store(office_file)
    write(store, "r1")
    assert LosesTheAnswer.lost == 1
    assert requests(store) == ["r1"]
    store.close()


def test_a_transaction_the_pc_slept_in_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    awake, slept = module._seconds_with_sleep, [0.0]
    monkeypatch.setattr(module, "_seconds_with_sleep", lambda: awake() + slept[0])
    naps = iter([store._engine.longest_write_s + 1, 0.0])

    def sleepy(tx: Transaction) -> None:
        events.append(tx, event("r1"))
        slept[0] += next(naps)

    store.write(sleepy)
    assert next(naps, None) is None, "it was tried twice"
    assert requests(store) == ["r1"]


@pytest.mark.file_only("locks")
def test_who_held_the_file_long_lets_others_in(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of an import: half of the time is left to the others, of which sealing takes a part."""
    now, slept = [100.0], list[float]()
    monkeypatch.setattr(module, "_seconds_with_sleep", lambda: now[0])
    monkeypatch.setattr(time, "sleep", slept.append)

    def hold(seconds: float, then: float) -> None:
        store.write(lambda _tx: now.__setitem__(0, now[0] + seconds))
        now[0] += then

    for seconds, then in ((0.4, 0.05), (0.4, 1.0), (0.01, 0.0), (4.0, 0.0), (0.0, 0.0)):
        hold(seconds, then)
    assert slept == pytest.approx([0.15, 0.0, module.LONGEST_YIELD_S])


def test_a_share_that_is_always_too_slow_is_told(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(office_file, timeout_s=0.15)
    monkeypatch.setattr(type(store._engine), "longest_write_s", -1.0)
    with pytest.raises(ShareUnreachable, match="terlalu lambat"):
        write(store, "r1")
    assert requests(store) == []
    store.close()


@pytest.fixture
def gone(tmp_path: Path, office_file: Path) -> Path:
    """The share is away: the office's file under another name until the test brings it back."""
    away = tmp_path / "away.db"
    office_file.rename(away)
    return away


@pytest.mark.file_only("pages")
def test_a_share_that_is_gone_is_told(gone: Path, office_file: Path) -> None:
    store = Store(office_file, timeout_s=0.25)
    with pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        requests(store)
    assert gone.exists()


def test_whoever_waits_is_not_kept_waiting(gone: Path, office_file: Path) -> None:
    store = Store(office_file, timeout_s=20)
    began = time.monotonic()
    with store.patience(0.2), pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        write(store, "r1")
    assert time.monotonic() - began < 10
    gone.rename(office_file)
    with store.patience(-1):
        write(store, "r1")
    assert requests(store) == ["r1"]
    assert store._timeout_s == 20
    store.close()


def test_a_share_that_comes_back_in_time(gone: Path, office_file: Path) -> None:
    store = Store(office_file, timeout_s=20)
    timer = threading.Timer(0.25, gone.rename, [office_file])
    timer.start()
    write(store, "r1")
    assert requests(store) == ["r1"]
    store.close()


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_a_restored_file_is_found_by_the_next_write(store: Store, office_file: Path, tmp_path: Path) -> None:
    """SQLite itself sees that (READONLY_DBMOVED) only where it opens its journal: before the first write."""
    write(store, "r1")
    restored = make_office(tmp_path / "cadangan")
    restored.replace(office_file)
    write(store, "r2")
    assert requests(store) == ["r2"]


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_a_file_renamed_over_the_open_one_is_met_by_each_station(
    store: Store, office_file: Path, tmp_path: Path
) -> None:
    """Their journals are open, and the old file goes on taking writes. This one reads, that one writes."""
    restored = make_office(tmp_path / "cadangan")
    write(store, "r1")
    with other_process("obey", office_file) as other:
        assert tell(other, "r2") == "written"
        restored.replace(office_file)
        assert tell(other, "r3") == "written"
        store._path_checked_at -= module.LOOK_AT_PATH_S
        assert requests(store) == ["r3"]


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_a_write_that_broke_off_in_the_new_file_is_rolled_back_there(
    store: Store, office_file: Path, tmp_path: Path
) -> None:
    """SQLite would roll its journal back into the former file, and leave the new one half written."""
    write(store, "r1")
    make_office(tmp_path / "cadangan").replace(office_file)
    with other_process("half-write", office_file) as dying:
        dying.kill()
    store._path_checked_at -= module.LOOK_AT_PATH_S
    write(store, "r2")
    assert requests(store) == ["r2"]
    assert store.read(office_rows.load).kiosk_pause == ""


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_a_file_that_was_renamed_away_takes_no_write(store: Store, office_file: Path, tmp_path: Path) -> None:
    write(store, "r1")
    away = office_file.rename(tmp_path / "away.db")
    with store.patience(0), pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        write(store, "r2")
    away.rename(office_file)
    write(store, "r3")
    assert requests(store) == ["r1", "r3"]
