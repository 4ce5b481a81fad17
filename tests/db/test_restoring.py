"""The exchange of two files: whole or not at all, and the old one's journal goes with it."""

import shutil
from pathlib import Path

import pytest

from ult_desktop.db.restoring import exchange

pytestmark = pytest.mark.usefixtures("windows_files")


def test_an_exchange_that_fails_puts_everything_back(office_file: Path, tmp_path: Path) -> None:
    """As on Windows, where a file that a station has open cannot be renamed."""
    journal, draft = office_file.with_name("office.db-journal"), tmp_path / "draf.db"
    journal.write_bytes(b"panas")
    shutil.copyfile(office_file, draft)
    before = office_file.read_bytes()
    in_the_way = tmp_path / "office.lama-x.db-journal"
    in_the_way.mkdir()
    with pytest.raises(OSError, match=r"office\.lama-x"):
        exchange(draft, office_file, "x")
    assert (office_file.read_bytes(), journal.read_bytes()) == (before, b"panas")
    in_the_way.rmdir()
    assert exchange(draft, office_file, "x") == tmp_path / "office.lama-x.db"
    assert in_the_way.read_bytes() == b"panas"
    assert not journal.exists(), "the new file must not meet the old one's journal"
