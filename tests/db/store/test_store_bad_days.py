"""Full, read-only, damaged, hanging: real files that a person must be told about."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.other_process import let_go, other_process
from tests.db.privileges import public_folder, unprivileged
from tests.db.rows import add_ticket, event
from tests.office import make_office, trace_statements
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.calling_order import WaitingTicket
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.store import damage_flag, events, store as module
from ult_desktop.db.store.connection import file_link
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.file_only("pages")


def add(store: Store, request: str) -> None:
    store.write(lambda tx: events.append(tx, event(request)))


def test_a_full_disk(store: Store) -> None:
    pages = store.read(lambda tx: tx.value("PRAGMA page_count"))
    store.read(lambda tx: tx.value(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(UserError, match="Penyimpanan penuh") as told:
        store.write(lambda tx: [add_ticket(tx, n) for n in range(1, 500)])
    assert told.value.safe
    assert store.read(lambda tx: tx.value("SELECT count(*) FROM ticket")) == 0
    add(store, "r1")


@pytest.mark.posix_only("file limit")
def test_a_quota_that_is_an_error_of_its_own(office_file: Path) -> None:
    """Over SMB a used-up quota is a full disk; on Linux it fails a write, as this limit of a file does."""
    import resource  # noqa: PLC0415  (Windows has none)

    store = Store(office_file, timeout_s=0.3)
    add(store, "r1")
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (office_file.stat().st_size, allowed[1]))
    try:
        with pytest.raises(UserError) as told:
            store.write(lambda tx: [add_ticket(tx, n) for n in range(1, 500)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert told.value.safe
    assert store.read(lambda tx: tx.value("SELECT count(*) FROM ticket")) == 0
    add(store, "r2")
    assert store.read(events.last_seq) == 2
    store.close()


@pytest.mark.posix_only("modes")
@pytest.mark.parametrize("closed", ["office.db", "office.db-journal", "."])
def test_a_read_only_file_or_folder(closed: str) -> None:
    with public_folder() as folder:
        path = make_office(folder / "kantor")
        journal = path.with_name("office.db-journal")
        journal.touch()  # as every station that wrote has left it
        for entry in (path, path.parent, journal):
            entry.chmod(0o777)
        if closed == ".":
            journal.unlink()  # nothing to write into, and none can be made
        (path.parent / closed).chmod(0o555)
        store = Store(path, timeout_s=0.3)
        with unprivileged():
            assert store.read(events.last_seq) == 0
            with pytest.raises(UserError, match="hanya dapat dibaca") as told:
                add(store, "r1")
            store.close()
        assert "hak tulis" in told.value.todo


def filled(path: Path) -> int:
    """Some hundred tickets; returns the size of the file."""
    store = Store(path)
    store.write(lambda tx: [add_ticket(tx, n) for n in range(1, 400)])
    store.close()
    return path.stat().st_size


@pytest.mark.usefixtures("quick_reopens")
def test_a_file_cut_short(office_file: Path) -> None:
    os.truncate(office_file, filled(office_file) // 2)
    store = Store(office_file)
    with pytest.raises(DamagedFile, match="utuh"):
        store.read(lambda tx: tx.all(WaitingTicket, "SELECT id, service_id, queued_at FROM ticket"))


@pytest.mark.usefixtures("quick_reopens")
def test_flipped_bits(office_file: Path) -> None:
    size = filled(office_file)
    page = office_file.read_bytes()[:4096]
    office_file.write_bytes(page + b"\xa5" * (size - 4096))
    store = Store(office_file)
    with pytest.raises(DamagedFile) as told:
        add(store, "r1")
    assert "ult-desktop repair" in told.value.todo
    assert office_file.read_bytes() == page + b"\xa5" * (size - 4096)


@pytest.mark.usefixtures("quick_reopens")
def test_damage_that_passes_is_not_told(store: Store) -> None:
    """Stale attributes give a false "malformed" now and then; it is gone after reopening."""
    answers = iter(["malformed", "malformed", "malformed"])

    def stale(tx: object) -> str:
        for answer in answers:
            error = sqlite3.DatabaseError(answer)
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error
        return "healed"

    assert store.read(stale) == "healed"


def stumble(_tx: object) -> None:
    raise AttributeError("'NoneType' object has no attribute 'encode'")


@pytest.mark.parametrize("wiped", [b"\0" * 4096, b"\xa5" * 4096])
@pytest.mark.parametrize("page", [-1, 1])
def test_what_looks_like_a_bug_is_damage_where_a_page_is_unsound(
    office_file: Path, page: int, wiped: bytes
) -> None:
    pages = filled(office_file) // 4096
    with office_file.open("r+b") as file:
        file.seek(page % pages * 4096)
        file.write(wiped)
    with closing(Store(office_file)) as store, pytest.raises(DamagedFile, match="NoneType"):
        store.read(stumble)


def test_a_bug_on_a_sound_file_stays_one_and_the_pages_are_read_once(store: Store) -> None:
    ran: list[str] = []
    trace_statements(store, ran.append)
    for _poll in range(3):
        with pytest.raises(AttributeError):
            store.read(stumble)
    assert sum("quick_check" in statement for statement in ran) == 1


def test_pages_that_would_keep_others_waiting_say_nothing(
    office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error in such pages of a large file stays a bug, and the nightly check finds the rest."""
    with office_file.open("r+b") as file:
        file.seek(filled(office_file) - 4096)
        file.write(b"\xa5" * 4096)
    monkeypatch.setattr(module, "run_in_time", lambda _tx, _look: None)
    with closing(Store(office_file)) as store, pytest.raises(AttributeError):
        store.read(stumble)


def test_a_check_that_is_broken_off_judges_nothing(store: Store) -> None:
    link = store.on_connection(file_link)
    link.set_progress_handler(lambda: 1, 1)
    with pytest.raises(sqlite3.OperationalError):  # in other words of each SQLite
        damage_flag.has_sound_pages(link)
    link.set_progress_handler(None, 1)


def test_a_folder_that_does_not_answer_is_no_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the share gone the pages cannot be read either."""
    monkeypatch.setattr(module, "has_its_schema", lambda _link: False)

    def look(_tx: Transaction) -> None:
        raise OSError(22, "WinError 64: the specified network name is no longer available")

    with pytest.raises(OSError, match="WinError 64"):
        store.read(look)


@pytest.mark.usefixtures("quick_reopens")
def test_no_database_is_told_at_the_start(tmp_path: Path) -> None:
    letter = tmp_path / "surat.db"
    letter.write_text("Dengan hormat, " * 400)
    with pytest.raises(DamagedFile, match=r"surat\.db"):
        migrate_file(letter, 0, "kios")


@pytest.mark.slow
@pytest.mark.posix_only("lease")
def test_a_share_that_hangs_gives_no_error_and_goes_on_when_it_answers(office_file: Path) -> None:
    """open() hangs in the kernel, as it does when a cable is out: no patience bounds it, nothing is lost."""
    done: list[int] = []
    store = Store(office_file, timeout_s=0.1)
    with other_process("lease", office_file) as server:
        reading = threading.Thread(target=lambda: done.append(store.read(events.last_seq)))
        reading.start()
        reading.join(0.4)
        assert reading.is_alive()
        let_go(server)
        reading.join(60)
    assert done == [0]
    store.close()
