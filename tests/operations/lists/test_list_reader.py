"""A list is read in a process of its own: its answer, its end by time, by hand, by itself."""

import sys
import threading
from pathlib import Path

import pytest

from benchmarks.survival import poison
from ult_desktop.base import UserError, use_language
from ult_desktop.operations.lists import list_reader
from ult_desktop.operations.lists.list_reader import FileInUse, ListReader, ReadingCancelled, read_list

STUCK = "import sys; sys.stdin.buffer.read(); sys.stdin.close(); __import__('threading').Event().wait()"


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that takes the bytes and never answers."""
    monkeypatch.setattr(list_reader, "own_command", lambda: (sys.executable, "-c", STUCK))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "daftar.csv"
    path.write_text("Nama;Isi\nDedi;Mohon data\n", encoding="utf-8")
    return path


def test_a_list_comes_back_as_it_was_read(path: Path) -> None:
    file = read_list(path)
    assert [line.cells for line in file.lines] == [("Nama", "Isi"), ("Dedi", "Mohon data")]
    assert (file.name, len(file.hash)) == ("daftar.csv", 64)


def test_a_refusal_comes_back_in_the_language_of_whoever_asked(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UserError, match="bukan CSV, Excel, ODS, atau JSON") as refusal:
        read_list(path)
    assert refusal.value.todo == "Simpan ulang sebagai .xlsx atau CSV tanpa kata sandi."
    use_language("en")
    with pytest.raises(UserError, match="is not CSV, Excel, ODS or JSON"):
        read_list(path)
    use_language("id")


def test_a_file_that_cannot_be_read_now(tmp_path: Path) -> None:
    for place in (tmp_path / "tidak-ada.csv", tmp_path):
        with pytest.raises(FileInUse, match="tidak dapat dibaca"):
            read_list(place)


def test_a_file_that_is_too_large(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_reader, "LARGEST", 20)
    with pytest.raises(UserError, match="lebih dari 0 MB"):
        read_list(path)


@pytest.mark.slow
def test_a_row_beyond_every_spreadsheet(path: Path) -> None:
    path.write_bytes(poison.far_row())
    with pytest.raises(UserError, match="terlalu banyak baris kosong"):
        read_list(path)


@pytest.mark.slow
def test_one_long_text_in_a_million_cells(path: Path) -> None:
    """No count foresees 33 GB in memory: the process ends at its limit."""
    path.write_bytes(poison.one_text_in_many_cells(32_000, 1_000_000))
    with pytest.raises(UserError, match="dihentikan: memakan waktu atau memori"):
        read_list(path)


@pytest.mark.usefixtures("stuck")
def test_a_reading_without_end_is_ended(path: Path) -> None:
    reader = ListReader(path, patience_s=0.1)
    with pytest.raises(UserError, match="Pembacaan daftar") as refusal:
        reader.read()
    assert "baris yang terisi" in refusal.value.todo
    assert reader._child is not None
    assert reader._child.poll() is not None


def test_a_process_that_ends_without_an_answer(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_reader, "own_command", lambda: (sys.executable, "-c", "raise MemoryError"))
    with pytest.raises(UserError, match="dihentikan"):
        read_list(path)


@pytest.mark.usefixtures("stuck")
def test_somebody_ends_it(path: Path) -> None:
    reader = ListReader(path)
    ended: list[UserError] = []

    def read() -> None:
        try:
            reader.read()
        except UserError as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    while reader._child is None:
        pass
    reader.cancel()
    thread.join()
    assert isinstance(ended[0], ReadingCancelled)
    reader.cancel()  # nobody is hurt


@pytest.mark.usefixtures("stuck")
def test_one_that_was_ended_before_it_began(path: Path) -> None:
    reader = ListReader(path)
    reader.cancel()
    with pytest.raises(ReadingCancelled, match="dibatalkan"):
        reader.read()
