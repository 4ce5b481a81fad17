"""The watched folder imports by itself: what is quiet, known and whole; nothing is lost, nothing doubled."""

from pathlib import Path

import pytest

from benchmarks.survival import poison
from tests.db.rows import open_requests
from tests.lists import remember
from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.lists.commands import LEAST_ROWS
from ult_desktop.core.online.commands import ImportRequests
from ult_desktop.core.online.online_request import OnlineSource, OnlineState
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.operations.lists.list_reader import FileInUse
from ult_desktop.operations.online import watched_folder
from ult_desktop.operations.online.watched_folder import FileImportResult, WatchedFolder, import_ready_lists

HEADERS = ("Nomor", "Nama", "Isi", "Nomor Tiket")
TEXT = "Nama;Isi;Nomor Tiket\nDedi;Data;S-1\n;Data;S-2\n"


@pytest.fixture
def folder(scene: Scene, tmp_path: Path) -> Path:
    """A folder for lists whose columns are known."""
    scene.do(remember(nama="Nama", isi="Isi", nomor="Nomor Tiket"))
    folder = tmp_path / "masuk"
    folder.mkdir()
    return folder


def lay(folder: Path, name: str = "daftar.csv", text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def look(scene: Scene, watched: WatchedFolder) -> tuple[FileImportResult, ...]:
    return import_ready_lists(scene.office, watched, OnlineSource.SEMPENA, KIOSK)


def looks(scene: Scene, watched: WatchedFolder, count: int = 2) -> tuple[FileImportResult, ...]:
    return tuple(outcome for _n in range(count) for outcome in look(scene, watched))


def there(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def new(scene: Scene) -> int:
    return scene.office.read(open_requests).get(OnlineState.NEW, 0)


def test_a_list_is_imported_and_put_away_with_its_refused_rows(scene: Scene, folder: Path) -> None:
    lay(folder)
    watched = WatchedFolder(folder)
    assert look(scene, watched) == ()  # it may still be written
    (outcome,) = look(scene, watched)
    assert (outcome.file, outcome.ok) == ("daftar.csv", True)
    assert outcome.words == "1 baris masuk, 0 sudah ada, 1 ditolak, 0 dilewati"
    assert there(folder) == ["selesai/daftar.csv", "selesai/daftar.csv.ditolak.csv"]
    assert "3;Nama;kosong" in (folder / "selesai/daftar.csv.ditolak.csv").read_text("utf-8-sig")
    assert looks(scene, watched) == ()
    assert new(scene) == 1


@pytest.mark.slow
def test_the_same_name_comes_back_every_week(scene: Scene, folder: Path) -> None:
    watched = WatchedFolder(folder)
    for week in range(3):
        lay(folder, text=f"Nama;Isi;Nomor Tiket\nDedi;Data;S-{week}\n")
        looks(scene, watched)
    assert there(folder) == ["selesai/daftar-2.csv", "selesai/daftar-3.csv", "selesai/daftar.csv"]
    assert new(scene) == 3


def test_what_is_still_being_written_is_left(scene: Scene, folder: Path) -> None:
    watched = WatchedFolder(folder)
    lay(folder, text="Nama;Isi;Nomor Tiket\nDe")
    look(scene, watched)
    lay(folder, text="Nama;Isi;Nomor Tiket\nDedi;Da")
    assert look(scene, watched) == ()
    lay(folder)
    assert look(scene, watched) == ()
    assert look(scene, watched)[0].ok


@pytest.mark.parametrize("name", ["~$daftar.xlsx", ".~lock.daftar.csv", "daftar.csv.part", "catatan.docx"])
def test_what_is_no_list_is_left(scene: Scene, folder: Path, name: str) -> None:
    lay(folder, name)
    (folder / "lama.csv").mkdir()
    lay(folder, "kosong.csv", "")
    assert looks(scene, WatchedFolder(folder), 3) == ()


def test_a_list_that_cannot_be_read_is_put_aside_with_the_reason(scene: Scene, folder: Path) -> None:
    lay(folder, text='Nama;Isi\nDedi;"Data\n')
    (outcome,) = looks(scene, WatchedFolder(folder))
    assert not outcome.ok
    assert there(folder) == ["ditolak/daftar.csv", "ditolak/daftar.csv.sebab.txt"]
    assert "tanda kutip" in (folder / "ditolak/daftar.csv.sebab.txt").read_text("utf-8-sig")


@pytest.mark.slow
def test_a_poisoned_list_is_put_aside_and_the_next_is_imported(scene: Scene, folder: Path) -> None:
    (folder / "a.xlsx").write_bytes(poison.far_row())
    lay(folder, "b.csv")
    poisoned, good = looks(scene, WatchedFolder(folder))
    assert (poisoned.ok, good.ok) == (False, True)
    assert "ditolak/a.xlsx" in there(folder)
    assert "terlalu banyak baris kosong" in (folder / "ditolak/a.xlsx.sebab.txt").read_text("utf-8-sig")
    assert looks(scene, WatchedFolder(folder)) == ()  # nor does a start find it again


def test_unknown_columns_wait_for_a_person(scene: Scene, folder: Path) -> None:
    lay(folder, text="Pengirim;Pesan\nDedi;Data\n")
    watched = WatchedFolder(folder)
    (outcome,) = looks(scene, watched, 4)  # told once
    assert (outcome.ok, "belum dikenal" in outcome.words) == (False, True)
    assert there(folder) == ["daftar.csv"]
    scene.do(remember(nama="Pengirim", isi="Pesan"))
    watched.look_again()
    assert look(scene, watched)[0].ok


def test_a_service_that_the_office_lacks_waits_for_a_person(scene: Scene, folder: Path) -> None:
    scene.do(remember(layanan="Layanan"))
    lay(folder, text="Nama;Isi;Nomor Tiket;Layanan\nDedi;Data;S-1;Sulap\n")
    watched = WatchedFolder(folder)
    (outcome,) = looks(scene, watched)
    assert (outcome.ok, "Layanan “Sulap” berarti apa?" in outcome.words) == (False, True)
    assert watched.waiting_lists() == ("daftar.csv: 1 hal belum pasti",)
    assert new(scene) == 0


def test_a_held_file_is_tried_again(scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = lay(folder)
    watched = WatchedFolder(folder)
    look(scene, watched)

    def held(_path: Path) -> None:
        raise FileInUse("dipakai Excel")

    with monkeypatch.context() as patch:
        patch.setattr(watched_folder, "read_list", held)
        assert look(scene, watched)[0].words == "dipakai Excel"
    assert path.exists()
    assert look(scene, watched)[0].ok


@pytest.mark.slow
def test_an_outage_leaves_the_list_where_it_lies(
    scene: Scene, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"Nama {n};Data;S-{n}\n" for n in range(LEAST_ROWS + 20))
    lay(folder, text=f"Nama;Isi;Nomor Tiket\n{rows}")
    watched = WatchedFolder(folder)
    look(scene, watched)
    perform = scene.office.perform
    done: list[ImportRequests] = []

    def cut_off(command: ImportRequests, by: object) -> object:
        if done:
            raise ShareUnreachable("kabel lepas")
        done.append(command)
        return perform(command, KIOSK)

    with monkeypatch.context() as patch:
        patch.setattr(scene.office, "perform", cut_off)
        with pytest.raises(ShareUnreachable):
            look(scene, watched)
    assert (there(folder), new(scene)) == (["daftar.csv"], LEAST_ROWS)
    assert look(scene, watched)[0].words == f"20 baris masuk, {LEAST_ROWS} sudah ada, 0 ditolak, 0 dilewati"
    assert (there(folder), new(scene)) == (["selesai/daftar.csv"], LEAST_ROWS + 20)


def test_two_stations_on_one_folder(scene: Scene, folder: Path) -> None:
    """Whoever is second finds everything known, and nothing to move."""
    path = lay(folder)
    one, two = WatchedFolder(folder), WatchedFolder(folder)
    look(scene, one)
    look(scene, two)
    (ready,) = two.ready_lists()
    assert look(scene, one)[0].ok
    two.leave(ready)
    assert not path.exists()
    lay(folder)
    assert looks(scene, two)[0].words == "0 baris masuk, 1 sudah ada, 1 ditolak, 0 dilewati"
    assert new(scene) == 1


def test_who_was_faster_moved_it(scene: Scene, folder: Path) -> None:
    path = lay(folder)
    watched = WatchedFolder(folder)
    watched.ready_lists()
    path.unlink()
    watched.put_refused(path, UserError("x"))
    assert watched.ready_lists() == ()


def test_one_that_cannot_be_moved_is_imported_once(scene: Scene, folder: Path) -> None:
    lay(folder)
    lay(folder, "rusak.csv", 'Nama;Isi\n"')
    (folder / "selesai").write_text("sebuah berkas di tempat folder")
    (folder / "ditolak").write_text("sebuah berkas di tempat folder")
    watched = WatchedFolder(folder)
    outcomes = looks(scene, watched, 4)
    assert [outcome.ok for outcome in outcomes] == [True, False]
    assert all("tidak dapat dipindahkan" in outcome.words for outcome in outcomes)
    assert new(scene) == 1


def test_a_file_that_vanishes_while_it_is_looked_at(folder: Path) -> None:
    assert watched_folder._look_at(folder / "tidak-ada.csv") == (0, 0)


def test_a_folder_that_is_not_there(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat dibaca") as refusal:
        look(scene, WatchedFolder(tmp_path / "tidak-ada"))
    assert "(Pengaturan, Komputer ini)" in refusal.value.todo
