"""The holder of an office's file says so beside it, for those who wait."""

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.db.other_process import other_process
from tests.db.rows import event
from ult_desktop.db.store import events, holder_mark as holder
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.file_only("locks")


def write(store: Store, request: str) -> None:
    store.write(lambda tx: events.append(tx, event(request)))


@pytest.mark.slow
def test_a_mark_of_a_program_that_died_is_not_believed_for_ever(store: Store, office_file: Path) -> None:
    write(store, "r1")
    mark = office_file.with_name("office.db.held-loket-9")
    mark.write_bytes(b'"loket-9"')
    beside = office_file.with_name("office.db.held-loket-8")
    beside.write_bytes(b"not what a station writes")
    with other_process("hold", office_file):
        since = f"{datetime.fromtimestamp(mark.stat().st_mtime - holder.MARKED_AFTER_S):%H.%M}"  # noqa: DTZ006
        with pytest.raises(ShareUnreachable, match=rf"dipakai loket-9 \(sejak pukul {since}\) terlalu lama"):
            write(store, "r2")
        os.utime(mark, (0, 0))
        with pytest.raises(ShareUnreachable, match="dipakai stasiun lain terlalu lama"):
            write(store, "r2")


def test_its_own_mark_goes_with_the_transaction(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder, "MARKED_AFTER_S", 0.0)
    monkeypatch.setattr(holder, "CHECK_EVERY_S", 0.01)
    store = Store(office_file, station="loket-1")
    mark = store._mark._path

    def until_it_says_so(_tx: Transaction) -> None:
        while not mark.exists() or not store._mark._is_laid:
            time.sleep(0.01)

    store.read(until_it_says_so)
    assert not mark.exists()
    store.close()


def test_two_programs_of_one_pc_have_a_mark_each(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks of one program are not taken away by another; a dead one's goes after an hour."""
    monkeypatch.setattr(holder, "MARKED_AFTER_S", 0.0)
    monkeypatch.setattr(holder, "CHECK_EVERY_S", 0.01)
    dead = office_file.with_name("office.db.held-loket-1-1-0")
    dead.write_bytes(b'"loket-1"')
    os.utime(dead, (0, 0))
    kiosk, counter = (holder.HolderMark(office_file, "loket-1") for _mode in range(2))
    with kiosk.held():
        with counter.held():
            while not (kiosk._is_laid and counter._is_laid):
                time.sleep(0.01)
        assert kiosk._path.exists()
        assert holder.describe_holders(office_file, None).startswith("loket-1 (sejak pukul ")
        while dead.exists():
            time.sleep(0.01)
    assert not kiosk._path.exists()
    kiosk.close()
    counter.close()


def test_where_no_mark_can_be_laid_the_work_goes_on(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, "MARKED_AFTER_S", 0.0)
    monkeypatch.setattr(holder, "CHECK_EVERY_S", 0.01)
    store = Store(office_file, station="loket-1")
    store._mark._path.mkdir()

    def slowly(tx: Transaction) -> str:
        time.sleep(0.1)
        return events.append(tx, event("r1")).request

    assert store.write(slowly) == "r1"
    store.close()


@pytest.mark.posix_only("fifo")
def test_a_mark_that_was_laid_too_late_is_taken_away(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction was over while the share still wrote the mark."""
    monkeypatch.setattr(holder, "MARKED_AFTER_S", 0.0)
    monkeypatch.setattr(holder, "CHECK_EVERY_S", 0.01)
    mark = holder.HolderMark(office_file, "loket-1")
    place = mark._path
    os.mkfifo(place)
    with mark.held():
        time.sleep(0.1)
    read = place.read_bytes()
    mark.close()
    assert read == b'"loket-1"'
    assert not place.exists()


def test_a_folder_that_cannot_be_read_names_nobody() -> None:
    """Its rights were taken away while the file was busy: that is no bug of the program."""
    assert holder.describe_holders(Path("x" * 300) / "office.db", None) == "stasiun lain"
