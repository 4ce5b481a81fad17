"""The schema: once, alone, after a backup, whole or not at all; and what it makes impossible."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from tests.db.other_process import other_process, start_writer, tell
from tests.db.rows import add_ticket, begin_turn, event
from tests.db.schema.builds import LAST_OF_TRIAL, as_of_trial_build, later, next_program
from tests.office import stranger
from ult_desktop.base.errors import UserError
from ult_desktop.db import creation
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.migrations import BASELINE, Statements
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.connection import applied_migrations, known_migrations, open_file
from ult_desktop.db.store.damage_flag import is_flagged
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import DamagedFile, ShareUnreachable, WritesBlocked
from ult_desktop.db.store.stations import AT_WORK_MS, Presence
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

NOW = 10_000_000


@pytest.fixture
def oldest_file(office_file: Path) -> Path:
    """An office made by this version, with a ticket in it."""
    store = Store(office_file)
    store.write(lambda tx: add_ticket(tx, 1))
    store.close()
    return office_file


def renames(db: Statements) -> None:
    db.execute("ALTER TABLE ticket RENAME COLUMN label TO words")


def fails_half_way(db: Statements) -> None:
    db.execute("CREATE TABLE half (a INTEGER)")
    db.execute("ALTER TABLE missing ADD COLUMN a")


def tables(path: Path) -> set[str]:
    with closing(engine_at(path).open(path)) as link:
        return set(engine_at(path).tables(link))


def requests_in(path: Path) -> list[str]:
    with closing(stranger(path)) as link:
        return [request for (request,) in link.execute("SELECT request FROM event ORDER BY seq")]


def report(path: Path, name: str, seen_at: int) -> None:
    store = Store(path)
    line = Presence(identity=name, name=name, mode="kiosk", version="1", boot="b", seen_at=seen_at)
    store.write(lambda tx: stations.report(tx, line))
    store.close()


@pytest.mark.file_only("pages")
def test_a_new_file_has_every_step(office_file: Path) -> None:
    link = open_file(office_file)
    assert applied_migrations(link) == known_migrations()
    assert BASELINE in known_migrations()
    assert link.execute("PRAGMA user_version").fetchone() == (len(known_migrations()),)
    assert link.execute("PRAGMA foreign_key_check").fetchall() == []
    link.close()


def test_a_file_of_today_needs_nothing(office_file: Path) -> None:
    before = office_file.read_bytes()
    assert migrate_file(office_file, NOW, "kios") is None
    assert office_file.read_bytes() == before


@pytest.mark.file_only("copies")
def test_an_older_file_is_brought_up_once_after_a_backup(oldest_file: Path) -> None:
    with next_program(later):
        backup = migrate_file(oldest_file, NOW, "kios")
        assert backup == oldest_file.with_name(f"office.before-{NOW}.db")
        assert migrate_file(oldest_file, NOW + 1, "kios") is None
        store = Store(oldest_file)
        assert store.read(lambda tx: tx.column("SELECT label FROM ticket WHERE later IS NULL")) == ["A001"]
        store.close()
    assert backup is not None
    assert "later" not in tables(backup)
    link = open_file(backup)
    assert link.execute("SELECT label FROM ticket").fetchall() == [("A001",)]
    link.close()


@pytest.mark.file_only("pages")
def test_a_file_of_a_trial_build_is_refused_and_left_as_it_is(office_file: Path) -> None:
    before = as_of_trial_build(office_file)
    with pytest.raises(WritesBlocked, match=f"versi uji.*{LAST_OF_TRIAL}") as refused:
        migrate_file(office_file, NOW, "kios")
    assert "tidak diubah" in refused.value.safe
    with pytest.raises(WritesBlocked, match="versi uji"):
        open_file(office_file)
    assert office_file.read_bytes() == before
    assert list(office_file.parent.iterdir()) == [office_file]


def test_the_older_program_then_refuses_the_file(oldest_file: Path) -> None:
    with next_program(later):
        migrate_file(oldest_file, NOW, "kios")
    before = oldest_file.read_bytes()
    with pytest.raises(UserError, match="lebih baru"):
        migrate_file(oldest_file, NOW, "kios")
    assert oldest_file.read_bytes() == before


def test_a_station_that_slept_while_a_newer_program_came_writes_nothing_any_more(oldest_file: Path) -> None:
    with other_process("obey", oldest_file) as asleep:
        with next_program(later):
            migrate_file(oldest_file, NOW, "kios")
        assert [tell(asleep, "r1"), tell(asleep, "r2")] == ["WritesBlocked"] * 2
    assert requests_in(oldest_file) == []


def test_what_a_newer_program_changed_is_no_damage_to_an_older_one(oldest_file: Path) -> None:
    asleep = Store(oldest_file)
    asleep.read(events.last_seq)
    with next_program(renames):
        migrate_file(oldest_file, NOW, "kios")
    with pytest.raises(WritesBlocked, match="lebih baru"):
        asleep.read(lambda tx: tx.column("SELECT label FROM ticket"))
    asleep.close()
    assert not is_flagged(oldest_file)


OLD_EVENT = """
INSERT INTO event (seq, at, station, officer_id, kind, area, subject, data, request, chain)
VALUES (1, 1, 'kios', NULL, 'k', 'a', 1, '{}', 'r', hex(zeroblob(32)))
"""


@pytest.mark.file_only("pages")
def test_an_event_that_names_no_level_is_refused(office_file: Path) -> None:
    link = sqlite3.connect(office_file)
    with pytest.raises(sqlite3.Error, match="perbarui ult-desktop"):
        link.execute(OLD_EVENT)
    link.close()


@pytest.mark.slow
@pytest.mark.file_only("copies")
def test_the_backup_has_all_that_was_committed_before_the_change(oldest_file: Path) -> None:
    """A command keeps no row: nobody knows that it is at work."""
    with start_writer(oldest_file, "perintah", 10_000) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "perintah-0\n"
        with next_program(later):
            backup = migrate_file(oldest_file, NOW, "kios", timeout_s=60)
        said = writer.stdout.read().split()
    assert said[-1] == "WritesBlocked"
    assert backup is not None
    assert requests_in(backup) == requests_in(oldest_file) == ["perintah-0", *said[:-1]]


@pytest.mark.file_only("copies")
def test_a_half_copy_of_an_earlier_try_is_in_nobodys_way(oldest_file: Path) -> None:
    oldest_file.with_name(f".office.before-{NOW}.db.part").write_bytes(b"half")
    with next_program(later):
        assert migrate_file(oldest_file, NOW, "kios") is not None
    assert sorted(each.name for each in oldest_file.parent.iterdir() if "before" in each.name) == [
        f"office.before-{NOW}.db"
    ]


@pytest.mark.file_only("copies")
def test_of_two_that_start_at_once_one_migrates(oldest_file: Path) -> None:
    """The later one waits for the lock, and finds nothing to do."""
    found: list[Path | None] = []

    def slowly(db: Statements) -> None:
        threads[1].start()
        later(db)

    threads = [Thread(target=lambda: found.append(migrate_file(oldest_file, NOW, "kios"))) for _n in range(2)]
    with next_program(slowly):
        threads[0].start()
        for thread in threads:
            while not thread.ident:
                time.sleep(0.01)
            thread.join()
    assert sorted(map(bool, found)) == [False, True]


def test_no_change_under_a_station_at_work(oldest_file: Path) -> None:
    report(oldest_file, "loket-1", NOW - AT_WORK_MS + 1)
    before = oldest_file.read_bytes()
    with next_program(later), pytest.raises(UserError, match="masih dipakai") as refused:
        migrate_file(oldest_file, NOW, "kios")
    assert "Tutup" in refused.value.todo
    assert oldest_file.read_bytes() == before
    assert not list(oldest_file.parent.glob("*.before-*"))


@pytest.mark.file_only("copies")
def test_myself_and_stations_gone_home_are_nobody(oldest_file: Path) -> None:
    report(oldest_file, "kios", NOW)
    report(oldest_file, "loket-1", NOW - AT_WORK_MS)
    with next_program(later):
        assert migrate_file(oldest_file, NOW, "kios") is not None


def test_a_step_that_fails_changes_nothing(oldest_file: Path) -> None:
    before = tables(oldest_file)
    with next_program(fails_half_way), pytest.raises(sqlite3.OperationalError, match="missing"):
        migrate_file(oldest_file, NOW, "kios")
    assert tables(oldest_file) == before
    assert migrate_file(oldest_file, NOW, "kios") is None


@pytest.mark.slow
def test_a_file_in_use_by_a_writer_is_waited_for(oldest_file: Path) -> None:
    busy = pytest.raises(ShareUnreachable, match="sedang dipakai")
    with next_program(later), other_process("hold", oldest_file), busy:
        migrate_file(oldest_file, NOW, "kios", timeout_s=0.3)
    assert "later" not in tables(oldest_file)


def test_a_missing_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ShareUnreachable, match="tidak ditemukan"):
        migrate_file(tmp_path / "office.db", NOW, "kios")


def test_the_log_is_append_only(store: Store) -> None:
    store.write(lambda tx: events.append(tx, event("r1")))
    for sql in ("UPDATE event SET kind = 'x'", "DELETE FROM event"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            store.write(lambda tx, sql=sql: tx.run(sql))  # type: ignore[misc]


def test_a_visitor_is_in_one_place_a_counter_has_one_visitor_an_officer_serves_one(store: Store) -> None:
    def two_at(tx: Transaction, counters: tuple[int, int], tickets: tuple[int, int], arrived: bool) -> None:
        for n in (1, 2):
            add_ticket(tx, n)
        for counter, ticket in zip(counters, tickets, strict=True):
            serving = begin_turn(tx, ticket, counter=counter, officer=1)
            if arrived:
                tx.run("UPDATE turn SET arrived_at = 2000 WHERE id = ?", serving)

    for counters, tickets, arrived in (
        ((1, 2), (1, 1), False),
        ((1, 1), (1, 2), False),
        ((1, 2), (1, 2), True),
    ):
        with pytest.raises(sqlite3.IntegrityError, match=r"(?i)unique"):
            store.write(lambda tx, c=counters, t=tickets, a=arrived: two_at(tx, c, t, a))  # type: ignore[misc]
    store.write(lambda tx: two_at(tx, (1, 2), (1, 2), arrived=False))


@pytest.mark.file_only("pages")
def test_a_list_of_migrations_that_is_not_true_is_told(office_file: Path) -> None:
    link = sqlite3.connect(office_file)
    with link:
        link.execute("DELETE FROM _sqlite_migrations")
    link.close()
    with pytest.raises(DamagedFile, match="already exists"):
        migrate_file(office_file, NOW, "kios")


@pytest.mark.file_only("copies")
def test_who_comes_second_finds_it_done(office_file: Path) -> None:
    """The first had the lock: the second looks again within its own."""
    with closing(open_file(office_file)) as link:
        link.execute("BEGIN IMMEDIATE")
        found = creation._back_up_and_migrate(link, office_file, NOW, "kios", lambda _tx: None)
        link.execute("ROLLBACK")
    assert found is None
    assert list(office_file.parent.glob("*.before-*")) == []
