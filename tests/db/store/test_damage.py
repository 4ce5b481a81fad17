"""A damaged office file: the station that meets the damage stops all the others, and junk stops nobody."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.db.other_process import other_process, tell
from tests.db.privileges import public_folder, unprivileged
from tests.db.rows import event, log_after
from tests.office import make_office
from ult_desktop.db.backup.restoring import exclusive_restore
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.office.office import pause_kiosks
from ult_desktop.db.store import damage_flag, errors, events, share_files, store as module
from ult_desktop.db.store.connection import known_migrations
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = [pytest.mark.usefixtures("quick_reopens"), pytest.mark.file_only("pages")]

FLAGGED = damage_flag.DamageFlag(at="2026-11-23 09:00+08:00", station="kios-2", error="malformed")


@pytest.fixture
def kiosk(office_file: Path) -> Iterator[Store]:
    """A station that has the file open, as every station has."""
    store = Store(office_file, station="kios-1")
    assert store.read(events.last_seq) == 0
    yield store
    store.close()


def ruin(path: Path, table: str) -> None:
    """The pages of one table are overwritten; who needs another one notices nothing."""
    link = sqlite3.connect(path)
    (page,) = link.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    (size,) = link.execute("PRAGMA page_size").fetchone()
    link.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)


def count_turns(tx: Transaction) -> int:
    return int(tx.value("SELECT count(*) FROM turn NOT INDEXED"))


def add(store: Store, request: str = "r1") -> None:
    store.write(lambda tx: events.append(tx, event(request)))


def flag(path: Path) -> Path:
    damage_flag.write_flag(path, FLAGGED)
    return path


@pytest.mark.slow
def test_who_meets_the_damage_stops_the_others(office_file: Path, kiosk: Store) -> None:
    with other_process("obey", office_file) as desk:
        assert tell(desk, "r1") == "written"
        ruin(office_file, "turn")
        assert tell(desk, "r2") == "written"
        with pytest.raises(DamagedFile, match="utuh"):
            kiosk.read(count_turns)
        assert tell(desk, "r3") == "DamagedFile"
        found = damage_flag.read_flag(office_file)
        assert found is not None
        words = "database disk image is malformed"
        assert (found.station, found.error, found.check) == ("kios-1", words, (words,))
        assert damage_flag.clear_flag(office_file)
        assert tell(desk, "r4") == "written"
    assert [row.request for row in kiosk.read(lambda tx: log_after(tx, 0))] == ["r1", "r2", "r4"]


def test_the_words_tell_who_when_and_the_way_out(office_file: Path, kiosk: Store) -> None:
    flag(office_file)
    with pytest.raises(DamagedFile, match=r"oleh kios-2, 2026-11-23 09:00\+08:00 \(malformed\)") as told:
        add(kiosk)
    assert "Semua stasiun berhenti menulis" in told.value.safe
    assert "verify --clear-damage" in told.value.todo


def test_looking_goes_on_and_greets_when_the_flag_is_gone(office_file: Path, kiosk: Store) -> None:
    flag(office_file)
    kiosk.on_open(lambda tx: pause_kiosks(tx, "ada"))
    pause = "SELECT kiosk_pause FROM office"
    assert kiosk.read(lambda tx: tx.value(pause)) == ""
    assert damage_flag.clear_flag(office_file)
    assert kiosk.read(lambda tx: tx.value(pause)) == "ada"
    assert not damage_flag.clear_flag(office_file)


def test_a_flagged_file_is_not_waited_for(
    office_file: Path, kiosk: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "DAMAGE_PAUSE_S", 60)
    ruin(office_file, "turn")
    flag(office_file)
    with pytest.raises(DamagedFile):
        kiosk.read(count_turns)
    assert damage_flag.read_flag(office_file) == FLAGGED


def test_damage_that_was_not_looked_at_three_times_is_no_damage(office_file: Path) -> None:
    ruin(office_file, "turn")
    hasty = Store(office_file, timeout_s=0)
    with pytest.raises(DamagedFile):
        hasty.read(count_turns)
    assert not damage_flag.is_flagged(office_file)


def test_what_looks_damaged_for_a_while_stops_nobody(office_file: Path, kiosk: Store) -> None:
    """A PC that believes an old size of the file meets this at each look while others let the file grow."""
    looks = iter([True] * (module.DAMAGE_REOPENS + 1))

    def read(tx: Transaction) -> int:
        if next(looks, False):
            malformed(tx)
        return events.last_seq(tx)

    assert kiosk.read(read) == 0
    assert not damage_flag.is_flagged(office_file)


SOUND, DAMAGED = ("ok",), ("page 3 is never used",)


@pytest.mark.parametrize("lines", [SOUND, DAMAGED])
def test_a_restore_that_begins_during_the_check_keeps_its_flag(
    office_file: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    """The restore found the flag of damage, so it laid none of its own."""
    with contextlib.ExitStack() as restore:

        def check(path: Path) -> tuple[str, ...]:
            require_held = restore.enter_context(exclusive_restore(path, "loket-1"))
            restore.callback(require_held)
            return lines

        monkeypatch.setattr(damage_flag, "_quick_check", check)
        assert not damage_flag.lay_flag(office_file, "kios-1", "malformed", known=True, believes_check=True)
        found = damage_flag.read_flag(office_file)
        assert found is not None
        assert (found.station, found.check) == ("kios-1", ())
        assert not damage_flag.clear_flag(office_file), "nor does who proved the file let others write"
        restore.pop_all().close()
    assert damage_flag.clear_flag(office_file)


@pytest.mark.parametrize("lines", [SOUND, DAMAGED])
def test_a_flag_that_was_cleared_during_the_check_does_not_come_back(
    office_file: Path, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...]
) -> None:
    def check(path: Path) -> tuple[str, ...]:
        assert damage_flag.clear_flag(path)
        return lines

    monkeypatch.setattr(damage_flag, "_quick_check", check)
    assert not damage_flag.lay_flag(office_file, "kios-1", "malformed", known=True, believes_check=True)
    assert not damage_flag.is_flagged(office_file)


def test_only_the_flag_that_was_read_is_deleted(office_file: Path) -> None:
    """Between reading and deleting it, a restore or another station may have laid one of its own."""
    flag(office_file)
    other = damage_flag.DamageFlag(station="loket-1", error="sedang dipulihkan", restoring=True)
    damage_flag.write_flag(office_file, other)
    assert not damage_flag.delete_flag(office_file, FLAGGED)
    assert damage_flag.delete_flag(office_file, other)


def test_a_flag_that_is_deleted_while_it_is_read_is_none(
    office_file: Path, kiosk: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    flag(office_file)

    def read(path: Path) -> bytes:
        path.unlink()
        return share_files.read_small(path)

    monkeypatch.setattr(damage_flag, "read_small", read)
    add(kiosk)


def malformed(_tx: Transaction) -> None:
    error = sqlite3.DatabaseError("malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    raise error


def test_damage_that_stays_is_flagged_whatever_the_pages_say(office_file: Path, kiosk: Store) -> None:
    """A person must see why: the flag tells that the quick check found nothing."""
    with pytest.raises(DamagedFile):
        kiosk.read(malformed)
    found = damage_flag.read_flag(office_file)
    assert found is not None
    assert found.check == ("ok",)


def test_a_file_whose_head_is_gone_was_an_office_to_whom_had_it_open(office_file: Path, kiosk: Store) -> None:
    office_file.write_bytes(b"\xa5" * office_file.stat().st_size)
    with pytest.raises(DamagedFile):
        kiosk.read(count_turns)
    found = damage_flag.read_flag(office_file)
    assert found is not None
    assert found.check == ("file is not a database",)


@pytest.mark.parametrize("text", ["Daftar hadir rapat\n" * 500, "SQLite format 3\0" + "x" * 5000])
def test_junk_gets_no_flag(tmp_path: Path, text: str) -> None:
    letter = tmp_path / "surat.db"
    letter.write_text(text)
    with pytest.raises(DamagedFile):
        migrate_file(letter, 0, "kios")
    assert list(tmp_path.iterdir()) == [letter]


def test_an_office_whose_other_pages_are_gone_is_known_by_its_head(office_file: Path) -> None:
    """A station that starts only now: the file cannot be opened, but it says what it was."""
    ruin(office_file, "idx__sqlite_migrations_migration_set_name")
    with pytest.raises(DamagedFile):
        migrate_file(office_file, 0, "kios")
    assert damage_flag.is_flagged(office_file)


def test_an_older_file_is_not_changed_under_its_flag(office_file: Path) -> None:
    link = sqlite3.connect(office_file)
    link.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (max(known_migrations()),))
    link.commit()
    link.close()
    before = flag(office_file).read_bytes()
    with pytest.raises(DamagedFile):
        migrate_file(office_file, 0, "kios")
    assert office_file.read_bytes() == before


def test_a_flag_that_nobody_can_read_is_a_flag(office_file: Path, kiosk: Store) -> None:
    damage_flag.flag_path(office_file).write_text("rusak!")
    assert damage_flag.read_flag(office_file) == damage_flag.DamageFlag()
    with pytest.raises(DamagedFile, match=r"oleh \?"):
        add(kiosk)


@pytest.mark.posix_only("modes")
def test_a_flag_that_cannot_be_written_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with public_folder() as folder:
        path = make_office(folder / "kantor")
        path.chmod(0o666)
        os.truncate(path, 8192)
        path.parent.chmod(0o555)
        with unprivileged():
            damage_flag.lay_flag(path, "kios-1", sqlite3.DatabaseError("malformed"), known=True)
        assert not damage_flag.is_flagged(path)
    assert "no flag beside" in caplog.text


def test_a_page_that_cannot_be_read_is_no_damage() -> None:
    """SQLite's check goes on where the share went away, and tells it in a line as it tells a broken page."""
    away = f"Page 49: unable to get the page. error code={sqlite3.SQLITE_IOERR_READ}"
    with pytest.raises(sqlite3.OperationalError) as told:
        damage_flag.require_pages_read(["*** in database main ***", away])
    assert not errors.is_damage(told.value)
    assert not errors.is_bug(told.value)
    damage_flag.require_pages_read(
        [f"Page 9: unable to get the page. error code={sqlite3.SQLITE_CORRUPT}", "ok"]
    )
