"""Every hour the backup disk gets what makes its last backup the whole office again."""

import errno
from pathlib import Path

import pytest

from tests.operations.town import Town
from ult_desktop.base.errors import UserError
from ult_desktop.db.backup import backup_folder, carrying, journals
from ult_desktop.db.store import document_folder, share_files
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.store import Store

pytestmark = pytest.mark.file_only("copies")


@pytest.fixture
def town(tmp_path: Path) -> Town:
    town = Town(tmp_path)
    for office in town.offices.values():
        office.close()
    return town


def test_journals_documents_and_answers_lie_there(town: Town) -> None:
    store, share = Store(town.path), journals.folder_of(town.path)
    share.mkdir()
    (share / "kios-1-20780.jsonl").write_bytes(b"{}\n")
    (share / "kios-1.anchor").write_bytes(b"{}\n")
    (share / "kios-1.anchor.part").write_bytes(b"{")
    scan = document_folder.path_of(town.path, "ab" * 32)
    scan.parent.mkdir(parents=True)
    scan.write_bytes(b"surat")
    home = carrying.carry(store, town.disk)
    assert home == backup_folder.office_folder(town.disk, town.path, town.uid)
    assert not list(home.glob("*.jawaban")), "without a backup there is nothing to go with"
    made = town.back_up()
    assert carrying.carry(store, town.disk) == home
    assert made.with_suffix(".jawaban").exists()
    there = {path.name for path in carrying.journals_in(home).iterdir()}
    assert there == {"kios-1-20780.jsonl", "kios-1.anchor"}
    assert [path.read_bytes() for path in home.rglob("ab" * 32)] == [b"surat"]
    store.close()


def test_only_what_changed_is_written(town: Town, tmp_path: Path) -> None:
    share, target = tmp_path / "jurnal", tmp_path / "disk" / "jurnal"
    share.mkdir()
    for day in (20780, 20781):
        (share / f"kios-1-{day}.jsonl").write_bytes(b"{}\n")
    assert journals.copy_files(share, target) == 2
    (share / "kios-1-20781.jsonl").write_bytes(b"{}\n{}\n")
    assert journals.copy_files(share, target) == 1
    assert (target / "kios-1-20781.jsonl").read_bytes() == b"{}\n{}\n"


def test_a_share_that_cannot_be_read_is_not_the_disks_fault(town: Town, tmp_path: Path) -> None:
    """A file that another station let go in this moment is none, whatever else fails is told."""
    share = tmp_path / "jurnal"
    share.mkdir()
    (share / "kios-1-20780.jsonl").symlink_to(share / "hilang")
    assert journals.copy_files(share, tmp_path / "disk" / "jurnal") == 0
    (share / "kios-1-20781.jsonl").mkdir()
    with pytest.raises(ShareUnreachable, match="tidak dapat dibaca"):
        journals.copy_files(share, tmp_path / "disk" / "jurnal")


def test_a_folder_that_cannot_be_listed_is_no_empty_one(tmp_path: Path) -> None:
    """A restore would replay nothing, and the hour's journey tell of success."""
    away = tmp_path / "jurnal"
    away.symlink_to(away)
    with pytest.raises(ShareUnreachable, match="tidak dapat dibaca"):
        journals.copy_files(away, tmp_path / "disk")
    inside = tmp_path / "dibawa" / "kios-1"
    inside.parent.mkdir()
    inside.symlink_to(away)
    (tmp_path / "dibawa" / "a").mkdir()
    assert list(journals.read_day_files(inside.parent)) == [], "what leads out of it is not followed"
    with pytest.raises(OSError) as told:  # noqa: PT011  (its words are the system's language)
        share_files.list_files(away, "*")
    assert told.value.errno == errno.ELOOP
    assert share_files.list_files(tmp_path / "none", "*") == []


def test_a_disk_that_is_not_there_is_told(town: Town, tmp_path: Path) -> None:
    store = Store(town.path)
    with pytest.raises(UserError, match="usb tidak ada"):
        carrying.carry(store, tmp_path / "usb")
    store.close()
