"""The lock proof: two real processes agree, or the folder is not trusted."""

import sqlite3
import sys
from pathlib import Path

import pytest

import ult_desktop
from tests.db.privileges import public_folder, unprivileged
from ult_desktop.base.errors import UserError
from ult_desktop.db.lock_check import folder_probe
from ult_desktop.db.lock_check.folder_probe import commit_round_trip_ms, probe, prove_locks

if sys.platform != "win32":
    import resource

ROOT = Path(ult_desktop.__file__).parents[1]
BEGIN = f"import sqlite3, sys, time; from pathlib import Path; sys.path.insert(0, {str(ROOT)!r}); "
HONEST = f"{BEGIN}from ult_desktop.db.lock_check.folder_probe import probe; print(probe(Path(sys.argv[2])))"
# What a mount without byte-range locks does: the second station writes while the first holds the file.
LOCKLESS = f"{BEGIN}print('wrote after 0')"
BLIND = f"{BEGIN}link = sqlite3.connect(sys.argv[2], timeout=0); link.execute('SELECT n FROM lain')"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.fixture(autouse=True)
def other_process_at_hand() -> None:
    """Here it is started anew each time, as the program does."""


@pytest.mark.parametrize("other", [(), python(HONEST)], ids=["the program itself", "honest"])
def test_a_local_folder_is_proven_and_left_clean(tmp_path: Path, other: tuple[str, ...]) -> None:
    prove_locks(tmp_path, other)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("code", "got"),
    [
        (LOCKLESS, "wrote after 0"),
        (BLIND, "no such table"),
        ("", "; 1"),
        ("import sys; sys.stdout.buffer.write('√ \u201d'.encode() + bytes([255]))", "√ \u201d"),
    ],
)
def test_locks_that_do_not_hold_are_told(tmp_path: Path, code: str, got: str) -> None:
    with pytest.raises(UserError, match="tidak dapat dipercaya") as told:
        prove_locks(tmp_path, python(code))
    assert got in told.value.what
    assert "doctor" in told.value.todo
    assert list(tmp_path.iterdir()) == []


def test_another_process_that_never_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_probe, "OTHER_PROCESS_S", 0.2)
    with pytest.raises(UserError, match="tidak ada jawaban"):
        prove_locks(tmp_path, python(f"{BEGIN}time.sleep(60)"))


def test_a_probe_of_a_file_that_is_not_the_scratch_one(tmp_path: Path) -> None:
    assert "no such table" in probe(tmp_path / "kosong.db")


def test_a_probe_of_a_share_that_is_gone(tmp_path: Path) -> None:
    """A bug would be told in the log, of what is none."""
    assert "unable to open" in probe(tmp_path / "gone" / "proof.db")


def test_a_probe_tells_what_happened_to_it(tmp_path: Path) -> None:
    path = tmp_path / "proof.db"
    link = sqlite3.connect(path, isolation_level=None)
    link.execute("CREATE TABLE proof (n INTEGER)")
    assert probe(path) == "wrote after 0"
    link.execute("BEGIN IMMEDIATE")
    assert probe(path) == "busy"
    link.execute("COMMIT")
    assert probe(path) == "wrote after 1"
    link.close()


@pytest.mark.posix_only("file limit")
def test_a_full_disk_is_told(tmp_path: Path) -> None:
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, allowed[1]))
        with pytest.raises(UserError) as told:
            commit_round_trip_ms(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert "tidak dapat ditulisi" in told.value.what
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat ditulisi"):
        prove_locks(tmp_path / "tidak-ada")


@pytest.mark.posix_only("modes")
def test_a_folder_without_the_right_to_write() -> None:
    with public_folder() as folder:
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(UserError, match="tidak dapat ditulisi"):
            commit_round_trip_ms(folder)


def test_a_round_trip_is_measured(tmp_path: Path) -> None:
    assert commit_round_trip_ms(tmp_path, tries=3) > 0
    assert list(tmp_path.iterdir()) == []
