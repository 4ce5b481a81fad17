"""Documents in the second place: what is carried there, what comes back, until when what was erased stays."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.db.backup.backup_process import NOW
from ult_desktop.core import office_time
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.visits.document import describe_file
from ult_desktop.db.backup import backup_folder, document_backup
from ult_desktop.db.store import document_folder
from ult_desktop.db.store.store import Store
from ult_desktop.db.visits import documents
from ult_desktop.db.visits.documents import NO_FILE

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]

HOUR = 3_600_000
A_YEAR = 400 * DAY_MS
LETTER, OTHER = b"%PDF surat", b"%PDF lain"


class BackupScene:
    """An office whose letters come and go, and a disk for its backups."""

    def __init__(self, path: Path) -> None:
        self.path, self.disk = path, path.with_name("disk")
        self.disk.mkdir()
        self.store = Store(path)

    def lay_in(self, content: bytes) -> str:
        """Lay a document beside the office file under its hash, and without a row."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = document_folder.path_of(self.path, sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return sha256

    def attach(self, content: bytes) -> str:
        kept = describe_file("surat.pdf", content, "application/pdf")
        self.store.write(lambda tx: documents.insert(tx, kept, 1, None))
        return self.lay_in(content)

    def erase(self, sha256: str) -> None:
        """Erase a document as a retention run does: the row stays, without its hash."""
        self.store.write(
            lambda tx: tx.run("UPDATE document SET sha256 = ? WHERE sha256 = ?", NO_FILE, sha256)
        )
        assert documents.remove(self.path, sha256)

    def back_up(self, at: int = NOW) -> Path:
        return backup_folder.make_backup(self.path, self.disk, undoubted(at)).path

    @property
    def home(self) -> Path:
        (home,) = self.disk.iterdir()
        return home

    def on_disk(self) -> set[str]:
        return {path.name for path in (self.home / "berkas").glob("*/*")}

    def restored(self, copy: Path) -> int:
        """The share is lost with everything on it."""
        shutil.rmtree(document_folder.folder_of(self.path), ignore_errors=True)
        return document_backup.restore_missing(self.home, self.path, copy)


@pytest.fixture
def desk(office_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BackupScene]:
    """A year goes by between two backups, and nobody doubts it."""
    monkeypatch.setattr(office_time, "LONGEST_SILENCE_MS", 2 * A_YEAR)
    monkeypatch.setattr(backup_folder, "LEAST_DAYS", 1)
    scene = BackupScene(office_file)
    yield scene
    scene.store.close()


def test_each_is_carried_once_and_strangers_are_not(desk: BackupScene) -> None:
    first = desk.attach(LETTER)
    document_folder.path_of(desk.path, first).with_name(f"{first}.setengah").write_bytes(b"x")
    assert backup_folder.make_backup(desk.path, desk.disk, undoubted(NOW)).documents == 1
    second = desk.attach(OTHER)
    assert backup_folder.make_backup(desk.path, desk.disk, undoubted(NOW + HOUR)).documents == 1
    assert desk.on_disk() == {first, second}
    assert document_backup.place_of(desk.home, first).read_bytes() == LETTER


def test_what_was_erased_stays_as_long_as_a_backup_has_its_row(desk: BackupScene) -> None:
    erased, kept = desk.attach(LETTER), desk.attach(OTHER)
    last = desk.back_up()
    desk.erase(erased)
    desk.back_up(NOW + 300 * DAY_MS)
    assert (last.exists(), desk.on_disk()) == (True, {erased, kept})
    desk.back_up(NOW + A_YEAR)
    assert (last.exists(), desk.on_disk()) == (False, {kept})


def test_what_no_backup_ever_had_a_row_of_goes_at_once(desk: BackupScene) -> None:
    never = desk.lay_in(LETTER)
    desk.back_up()
    assert desk.on_disk() == {never}  # perhaps its row is on its way
    assert documents.remove(desk.path, never)
    desk.back_up(NOW + HOUR)
    assert desk.on_disk() == set()


def test_a_folder_that_the_share_lost_takes_nothing_along(desk: BackupScene) -> None:
    kept = desk.attach(LETTER)
    desk.back_up()
    shutil.rmtree(document_folder.folder_of(desk.path))
    desk.back_up(NOW + A_YEAR)
    assert desk.on_disk() == {kept}


@pytest.mark.parametrize("content", [b"", b"rusak", "cut"])
@pytest.mark.parametrize("name", ["office-20250102T000000Z.db", "saya simpan.db"])
def test_nothing_goes_while_something_there_cannot_be_read(
    desk: BackupScene, name: str, content: bytes | str, caplog: pytest.LogCaptureFixture
) -> None:
    erased = desk.attach(LETTER)
    whole = desk.back_up(NOW - A_YEAR).read_bytes()
    desk.erase(erased)
    doubtful = desk.home / name
    doubtful.write_bytes(whole[:8192] if isinstance(content, str) else content)
    desk.back_up()
    assert desk.on_disk() == {erased}
    assert f"{doubtful.name} cannot be read" in caplog.text
    doubtful.unlink()
    desk.back_up(NOW + HOUR)
    assert desk.on_disk() == set()


def test_a_copy_that_somebody_keeps_under_another_name_counts(desk: BackupScene) -> None:
    erased = desk.attach(LETTER)
    mine = desk.back_up(NOW - A_YEAR).rename(desk.home / "sebelum pindah.db")
    desk.erase(erased)
    desk.back_up()
    assert desk.on_disk() == {erased}
    assert desk.restored(mine) == 1


def test_strangers_files_stay_and_halves_go(desk: BackupScene) -> None:
    """A finder's own file on a USB disk is no backup, whatever its name ends in."""
    erased = desk.attach(LETTER)
    desk.back_up(NOW - A_YEAR)
    desk.erase(erased)
    berkas = desk.home / "berkas"
    strange = [berkas / "catatan.txt", berkas / "zz" / erased, berkas / erased[:2] / "foto.jpg"]
    for path in (*strange, desk.home / "._office-20250102T000000Z.db"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"milik orang")
    half = berkas / erased[:2] / f".{erased}.part"
    half.write_bytes(LETTER[:5])
    desk.back_up()
    assert {path for path in berkas.rglob("*") if path.is_file()} == set(strange)


def test_one_that_is_held_goes_after_the_next_backup(desk: BackupScene) -> None:
    erased = desk.attach(LETTER)
    desk.back_up(NOW - A_YEAR)
    desk.erase(erased)
    half = document_backup.place_of(desk.home, erased).with_name(f".{erased}.part")
    half.write_bytes(LETTER)
    with document_backup.place_of(desk.home, erased).open("rb"), half.open("rb"):
        desk.back_up()
    assert desk.on_disk() == {erased, half.name}
    desk.back_up(NOW + HOUR)
    assert desk.on_disk() == set()


def test_what_comes_back_has_a_row_in_the_restored_office(desk: BackupScene) -> None:
    erased, kept = desk.attach(LETTER), desk.attach(OTHER)
    before = desk.back_up(NOW - HOUR)
    desk.erase(erased)
    after = desk.back_up(NOW)
    assert desk.restored(after) == 1
    assert document_folder.path_of(desk.path, kept).read_bytes() == OTHER
    assert not document_folder.path_of(desk.path, erased).exists()
    assert desk.restored(before) == 2


def test_none_is_overwritten(desk: BackupScene) -> None:
    path = document_folder.path_of(desk.path, desk.attach(LETTER))
    copy = desk.back_up()
    path.write_bytes(b"milik sekarang")
    assert document_backup.restore_missing(desk.home, desk.path, copy) == 0
    assert path.read_bytes() == b"milik sekarang"
