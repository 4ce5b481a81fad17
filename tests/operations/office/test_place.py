"""A path that a person gives for an office: what is there, and what is wrong with it in words."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.db.schema.builds import next_program
from tests.office import make_office, report_other
from ult_desktop.base.errors import UserError
from ult_desktop.db.lock_check import location
from ult_desktop.db.store import clock
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office import place as office_place
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.place import examine, examine_backups, office_path, write_pointer

pytestmark = pytest.mark.by_engine


@pytest.mark.file_only("pages")
def test_a_folder_a_file_and_the_pointer_lead_to_one_office(office_file: Path) -> None:
    write_pointer(office_file)
    pointer = office_file.with_name("office-link.toml")
    for given in (office_file, office_file.parent, pointer):
        report = examine(str(given))
        assert report.path == office_file
        assert report.office is not None
        assert report.office.name == "BPMP Provinsi Kalimantan Utara"
    assert office_path(f' "{office_file}" ') == office_file, "as Windows copies a path"


def test_a_free_folder_is_proved_and_left_as_it_was(tmp_path: Path) -> None:
    assert examine(str(tmp_path)) == office_place.PlaceReport(tmp_path / "office.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("no/such/folder/office.db", "tidak terjangkau"),
        ("no/such/folder", "tidak terjangkau"),
        ("a" * 300, "tidak terjangkau"),  # longer than a system takes
        ("no/such/office-link.toml", "tidak ada"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(tmp_path: Path, place: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        examine(str(tmp_path / place))


def test_a_path_that_begins_nowhere_is_told() -> None:
    with pytest.raises(UserError, match="bukan jalur lengkap"):
        examine("ult/office.db")


def test_what_is_of_the_wrong_kind_is_told(tmp_path: Path) -> None:
    (tmp_path / "office.db").mkdir()
    (tmp_path / "surat.txt").write_text("halo")
    for making in (False, True):
        with pytest.raises(UserError, match="adalah folder, bukan berkas kantor"):
            examine(str(tmp_path), is_new_office=making)
        with pytest.raises(UserError, match="bukan folder dan bukan berkas kantor"):
            examine(str(tmp_path / "surat.txt"), is_new_office=making)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["office.db", "surat.txt"]


@pytest.mark.usefixtures("quick_reopens")
@pytest.mark.parametrize(
    ("holds", "words"),
    [
        (b"", "bukan berkas kantor yang utuh"),
        (b"ini surat, bukan kantor" * 100, "bukan berkas kantor yang utuh"),
        (b"SQLite format 3\0", "bukan berkas kantor yang utuh"),
    ],
)
def test_a_file_that_is_no_office_is_told_and_stays(tmp_path: Path, holds: bytes, words: str) -> None:
    file = tmp_path / "office.db"
    file.write_bytes(holds)
    for making in (False, True):
        with pytest.raises(UserError, match=words):
            examine(str(tmp_path), is_new_office=making)
    assert file.read_bytes() == holds
    assert list(tmp_path.iterdir()) == [file]


def test_a_pointer_of_somebody_else_is_told(tmp_path: Path) -> None:
    pointer = tmp_path / "office-link.toml"
    pointer.write_text("name = 3\n", encoding="utf-8")
    with pytest.raises(UserError, match="baris 1: name: kunci ini tidak dikenal"):
        examine(str(pointer))


def test_a_name_that_another_pc_works_under_is_told(office: Office) -> None:
    now = office.clock()
    report_other(office, Presence(name="loket-1", mode="counter", version="1", boot="b", seen_at=now))
    with pytest.raises(UserError, match="loket-1 sudah dipakai"):
        examine(str(office.path), "loket-1")
    assert examine(str(office.path), "loket-2").office is not None


def test_an_office_of_a_newer_program_is_told(tmp_path: Path) -> None:
    with next_program():
        path = make_office(tmp_path)
    with pytest.raises(UserError, match="Perbarui program"):
        examine(str(path))


@pytest.mark.posix_only("proc")
def test_a_mount_whose_locks_are_not_safe_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"//server/ult {tmp_path} cifs rw 0 0\n")
    monkeypatch.setattr(location, "PROC_MOUNTS", mounts)
    with pytest.raises(UserError, match="lewat CIFS/SMB"):
        examine(str(tmp_path))


@pytest.mark.posix_only("proc")
def test_a_folder_without_rights_is_told() -> None:
    with pytest.raises(UserError, match="tidak dapat ditulisi"):
        examine("/proc")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=3 * 10**8))
    with pytest.raises(UserError, match="hampir penuh: 0,3 GB"):
        examine(str(tmp_path))


def test_what_would_be_better_is_said_and_keeps_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_place, "commit_round_trip_ms", lambda _folder: 250.4)
    monkeypatch.setattr(clock.ShareClock, "measure", lambda _clock: -7000)
    remarks = examine(str(tmp_path)).remarks
    assert [words.split(".")[0] for words in remarks] == [
        "Lambat, 250 ms per penyimpanan",
        "Jam PC ini berbeda 7 detik dari komputer penyimpan",
    ]


def test_a_pointer_that_cannot_be_laid_is_done_without(tmp_path: Path) -> None:
    write_pointer(tmp_path / "gone" / "office.db")
    assert list(tmp_path.iterdir()) == []


def test_a_new_offices_folder_may_be_missing(tmp_path: Path) -> None:
    new = tmp_path / "ult"
    assert examine(str(new), is_new_office=True).path == new / "office.db"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UserError, match="tidak terjangkau"):
        examine(str(new / "below"), is_new_office=True)


def test_backups_need_a_folder_that_can_be_written(tmp_path: Path) -> None:
    office = tmp_path / "ult" / "office.db"
    assert "di disk yang sama" in examine_backups(str(tmp_path), office)[0]
    for wrong in ("usb", "/no/such/disk"):
        with pytest.raises(UserError, match="tidak terjangkau"):
            examine_backups(wrong, office)


def test_a_disk_of_its_own_is_what_backups_want(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_place, "on_one_disk", lambda _one, _other: False)
    assert examine_backups(str(tmp_path), tmp_path / "office.db") == ()
