"""A copy of a file in use: whole whatever the others do, and proved."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.other_process import let_go, other_process, start_writer, tell
from tests.db.rows import event
from tests.db.schema.builds import LAST_OF_TRIAL, as_of_trial_build
from tests.db.store.test_damage import ruin
from ult_desktop.core.event import GENESIS
from ult_desktop.db.backup import backup
from ult_desktop.db.store import events
from ult_desktop.db.store.connection import open_file
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("copies")


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many steps over a small file."""
    monkeypatch.setattr(backup, "STEP_PAGES", 8)
    monkeypatch.setattr(backup, "PAUSE_S", 0.0)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "salinan.db"


def write(path: Path, count: int) -> None:
    store = Store(path)
    for n in range(count):
        store.write(lambda tx, n=n: events.append(tx, event(f"r{n}")))  # type: ignore[misc]
    store.close()


def test_a_quiet_file_is_copied_step_by_step(office_file: Path, target: Path) -> None:
    write(office_file, 3)
    steps: list[int] = []
    backup.copy_online(office_file, target, lambda: steps.append(1))
    copy = backup.verify_copy(target)
    assert len(steps) > 10
    assert (copy.last_seq, copy.last_at, copy.bytes) == (3, 1, target.stat().st_size)
    assert copy.uid == backup.uid_of(office_file)


def test_an_empty_log_has_its_beginning(office_file: Path, target: Path) -> None:
    backup.copy_online(office_file, target)
    assert (backup.verify_copy(target).last_seq, backup.verify_copy(target).last_hash) == (0, GENESIS)


def test_writers_go_on_between_the_steps_and_the_copy_ends_all_the_same(
    office_file: Path, target: Path
) -> None:
    """Another station's write is acknowledged in every pause, which makes the copy begin anew each time."""
    acknowledged: list[str] = []
    with other_process("obey", office_file) as desk:

        def between() -> None:
            acknowledged.append(tell(desk, f"r{len(acknowledged)}"))

        backup.copy_online(office_file, target, between)
    assert set(acknowledged) == {"written"}
    assert 3 < len(acknowledged) < 12, "begun anew, in steps that grew"
    assert backup.verify_copy(target).last_seq == len(acknowledged) - 1, (
        "the last step saw all but the last write"
    )


def test_a_copy_that_needs_a_longer_step_than_others_may_wait_is_given_up(
    office_file: Path, target: Path
) -> None:
    requests = iter(range(100))
    with other_process("obey", office_file) as desk, pytest.raises(backup.KeepsOthersWaiting) as told:

        def between() -> None:
            assert tell(desk, f"r{next(requests)}") == "written"

        backup.copy_online(office_file, target, between, longest_s=0.0)
    assert told.value.reading_ms > 0
    assert backup.copy_online(office_file, target.with_name("lain.db"), longest_s=0.0) > 0, "undisturbed"


@pytest.mark.slow
def test_a_copy_while_several_stations_write_is_whole(office_file: Path, target: Path) -> None:
    writers = [start_writer(office_file, f"kios-{n}", 25) for n in (1, 2)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline()
    backup.copy_online(office_file, target)
    copy = backup.verify_copy(target)
    acknowledged = [writer.communicate()[0] for writer in writers]
    assert [len(lines.splitlines()) for lines in acknowledged] == [24, 24], "nobody gave up"
    assert 2 <= copy.last_seq <= 50
    with closing(open_file(office_file)) as link, closing(open_file(target)) as copied:
        chain = f"SELECT chain FROM event WHERE seq = {copy.last_seq}"
        assert link.execute(chain).fetchall() == copied.execute(chain).fetchall()


@pytest.mark.slow
def test_who_holds_the_file_for_too_long_is_told(
    office_file: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "RETRY_LIMIT_S", 0.1)
    with (
        other_process("exclusive", office_file),
        pytest.raises(sqlite3.OperationalError, match="locked"),
        closing(sqlite3.connect(office_file, timeout=0)) as link,
        closing(sqlite3.connect(target)) as copy,
    ):
        backup._try_copy(link, copy, 8, backup._Steps(lambda: None))


def test_a_busy_file_is_waited_for(office_file: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy begins while another station holds the file, which lets go in the first pause."""
    pauses: list[float] = []
    with other_process("exclusive", office_file) as holder:

        def pause(shortest: float, _longest: float) -> float:
            pauses.append(shortest)
            let_go(holder)
            return 0.0

        monkeypatch.setattr("random.uniform", pause)
        backup.copy_online(office_file, target)
    assert backup.verify_copy(target).last_seq == 0
    assert pauses == [0.02]


def test_waiting_for_another_station_keeps_nobody_waiting(office_file: Path, target: Path) -> None:
    steps: list[int] = []
    with closing(open_file(office_file)) as holder:
        release = threading.Timer(1.0, holder.execute, ("ROLLBACK",))

        def between() -> None:
            steps.append(1)
            if len(steps) == 2:
                holder.execute("BEGIN EXCLUSIVE")
                release.start()

        reading_ms = backup.copy_online(office_file, target, between)
        release.join()
    assert reading_ms < 1000
    assert backup.verify_copy(target).last_seq == 0


@pytest.mark.parametrize("table", ["ticket", "event", "sqlite_autoindex_event_1"])
def test_a_copy_that_is_not_whole_is_no_backup(office_file: Path, target: Path, table: str) -> None:
    write(office_file, 3)
    backup.copy_online(office_file, target)
    ruin(target, table)
    with pytest.raises(backup.BadCopy, match="bukan salinan"):
        backup.verify_copy(target)


def test_a_copy_whose_log_was_changed_is_no_backup(office_file: Path, target: Path) -> None:
    write(office_file, 3)
    backup.copy_online(office_file, target)
    with closing(sqlite3.connect(target)) as link:
        link.execute("DROP TRIGGER event_is_append_only")
        link.execute("UPDATE event SET subject = 9 WHERE seq = 2")
        link.commit()
    with pytest.raises(backup.BadCopy, match="chain catatan 2 diubah"):
        backup.verify_copy(target)


def test_a_copy_with_a_turned_bit_in_a_rule_is_no_backup(office_file: Path, target: Path) -> None:
    """Reading alone does not meet it: the pages are whole, and a row can be read."""
    rule = b"DEFAULT 'sent' CHECK (\n        state"
    backup.copy_online(office_file, target)
    content = target.read_bytes()
    assert content.count(rule) == 1
    target.write_bytes(content.replace(rule, rule.replace(b" state", b"\xa0state")))
    with pytest.raises(backup.BadCopy, match="schema"):
        backup.verify_copy(target)


def test_a_copy_of_a_newer_program_is_proved_as_far_as_it_is_known(office_file: Path, target: Path) -> None:
    backup.copy_online(office_file, target)
    link = sqlite3.connect(target)
    with link:
        link.execute("INSERT INTO _sqlite_migrations VALUES (NULL, 'ult_desktop', 'm9999', '')")
    link.close()
    assert backup.verify_copy(target).uid == backup.uid_of(office_file)


def test_a_copy_of_a_trial_build_is_refused(office_file: Path) -> None:
    before = as_of_trial_build(office_file)
    with pytest.raises(WritesBlocked, match=LAST_OF_TRIAL):
        backup.verify_copy(office_file)
    assert office_file.read_bytes() == before


def test_what_is_no_office_is_told_apart(tmp_path: Path) -> None:
    letter, other = tmp_path / "surat.db", tmp_path / "lain.db"
    letter.write_text("Daftar hadir rapat\n" * 500)
    with closing(sqlite3.connect(other)) as link:
        link.execute("CREATE TABLE office (uid)")
        link.commit()
    for each in (letter, other):
        with pytest.raises(backup.BadCopy):
            backup.verify_copy(each)
    assert (backup.uid_of(letter), backup.uid_of(other), backup.uid_of(tmp_path / "tiada.db")) == ("", "", "")


def test_a_rename_is_put_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup.sync_folder(tmp_path)
    monkeypatch.setattr("os.name", "nt")
    backup.sync_folder(tmp_path / "tiada")


def test_a_folder_that_is_not_there_keeps_nothing(tmp_path: Path) -> None:
    assert backup.copies_in(tmp_path / "belum") == ()
