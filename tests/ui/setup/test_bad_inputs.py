"""Bad PCs and shares that the wizard meets: each is explained on the page, nothing half done."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.db.schema.builds import next_program
from tests.office import make_office
from tests.ui.setup.conftest import Wizard
from ult_desktop.db.lock_check import location
from ult_desktop.devices.voice.player import MediaPlayer
from ult_desktop.ui.setup.draft import Kind, SetupDraft

Open = Callable[..., Wizard]


def everything(folder: Path) -> dict[Path, bytes]:
    """Return the files there, whoever else looks into it meanwhile."""
    return {path: path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


def a_folder_of_the_files_name(folder: Path) -> Path:
    (folder / "office.db").mkdir()
    return folder


def a_letter(folder: Path) -> Path:
    (folder / "office.db").write_bytes(b"Dengan hormat, " * 200)
    return folder


def a_newer_office(folder: Path) -> Path:
    with next_program():
        return make_office(folder)


def half_an_office(folder: Path) -> Path:
    whole = make_office(folder)
    whole.write_bytes(whole.read_bytes()[:5000])
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lay", "words"),
    [
        (a_folder_of_the_files_name, "adalah folder, bukan berkas kantor"),
        (a_letter, "bukan berkas kantor"),
        pytest.param(half_an_office, "bukan berkas kantor", marks=pytest.mark.file_only("pages")),
        (a_newer_office, "Perbarui program"),
    ],
)
def test_what_is_no_office_of_this_program_is_told(
    wizard: Open, tmp_path: Path, lay: Callable[[Path], Path], words: str
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    place = lay(share)
    before = everything(tmp_path)
    page = wizard(SetupDraft(place=str(place)))
    page.enter("Kantor")
    page.reads(words)
    assert everything(tmp_path) == before


@pytest.mark.posix_only("proc")
@pytest.mark.parametrize("kind", ["join", "server"])
def test_a_share_whose_locks_do_not_hold_is_told(
    wizard: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"//server/ult {tmp_path} cifs rw 0 0\n")
    monkeypatch.setattr(location, "PROC_MOUNTS", mounts)
    page = wizard(SetupDraft(kind=kind, place=str(tmp_path)))
    page.enter("Kantor")
    page.reads("lewat CIFS/SMB")


@pytest.mark.posix_only("proc")
@pytest.mark.parametrize("kind", ["server", "here"])
def test_a_folder_without_rights_is_told(wizard: Open, kind: Kind) -> None:
    page = wizard(SetupDraft(kind=kind, place="/proc"))
    page.enter("Kantor")
    page.reads("tidak dapat ditulisi")


def test_a_display_without_sound_is_told_and_goes_on(
    wizard: Open, office_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MediaPlayer, "has_output", lambda _player: False)
    page = wizard(SetupDraft(place=str(office_file), mode="display"))
    page.enter("PC ini")
    page.enter("Suara")
    page.press("Uji panggilan")
    page.reads("Tidak ada perangkat suara: panggilan hanya tampil di layar.")
    page.enter("Selesai")


def test_whoever_is_killed_on_any_page_leaves_nothing(
    wizard: Open, tmp_path: Path, office_file: Path
) -> None:
    before = everything(tmp_path)
    joining = wizard(SetupDraft(place=str(office_file), mode="kiosk", pin="1379"))
    for title in ("PC ini", "Printer", "Selesai"):
        joining.enter(title)
        assert everything(tmp_path) == before, title
    joining.window.close()
    making = wizard(SetupDraft(kind="here", place=str(tmp_path / "ult"), backup=str(tmp_path)))
    for title in ("Nama dan jam layanan", "Petugas", "PC ini", "Printer", "Cadangan", "Cadangan", "Selesai"):
        making.enter(title)
        assert everything(tmp_path) == before, title
