"""A file that was asked for is there whole or not at all, whatever the disk does."""

import sys
from pathlib import Path

import pytest

from tests.db.privileges import public_folder, unprivileged
from ult_desktop.base import UserError
from ult_desktop.reports.files import write_whole

if sys.platform != "win32":
    import resource


@pytest.mark.posix_only("file limit")
def test_a_disk_that_is_full_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "laporan.pdf", b"lama")
    allowed = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, allowed[1]))
    try:
        with pytest.raises(UserError, match="tidak dapat ditulis") as told:
            write_whole(path, b"x" * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, allowed)
    assert "ruang kosong" in told.value.todo
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("laporan.pdf", b"lama")]


@pytest.mark.posix_only("modes")
def test_a_folder_that_may_only_be_read_gets_nothing() -> None:
    with public_folder() as folder:
        with unprivileged(), pytest.raises(UserError, match="tidak dapat ditulis"):
            write_whole(folder / "laporan.pdf", b"%PDF")
        with unprivileged(), pytest.raises(UserError, match="tidak dapat ditulis"):
            write_whole(folder / "baru" / "laporan.pdf", b"%PDF", with_folder=True)
        assert list(folder.iterdir()) == []


def test_a_file_that_another_program_holds_is_to_be_closed(tmp_path: Path) -> None:
    """Windows writes over no file that another program has open; over a folder nobody writes a file."""
    (held := tmp_path / "laporan.pdf").mkdir()
    with pytest.raises(UserError, match="tidak dapat ditulis") as told:
        write_whole(held, b"%PDF")
    assert "Tutup berkas itu" in told.value.todo
    assert list(tmp_path.iterdir()) == [held]
