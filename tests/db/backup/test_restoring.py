"""The exchange of two files: whole or not at all, and the old one's journal goes with it."""

import shutil
from pathlib import Path

import pytest

from ult_desktop.db.backup.restoring import exchange

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]


def test_an_exchange_that_fails_puts_everything_back(office_file: Path, tmp_path: Path) -> None:
    """Windows fails so: a file that a station has open cannot be renamed there."""
    journal, draft = office_file.with_name("office.db-journal"), tmp_path / "draf.db"
    journal.write_bytes(b"panas")
    shutil.copyfile(office_file, draft)
    before = office_file.read_bytes()
    with journal.open("rb"), pytest.raises(PermissionError):
        exchange(draft, office_file, "x")
    assert (office_file.read_bytes(), journal.read_bytes()) == (before, b"panas")
    assert exchange(draft, office_file, "x") == tmp_path / "office.lama-x.db"
    assert (tmp_path / "office.lama-x.db-journal").read_bytes() == b"panas"
    assert not journal.exists(), "the new file must not meet the old one's journal"


def test_what_was_set_aside_in_the_same_second_stays(office_file: Path, tmp_path: Path) -> None:
    contents = []
    for nth in ("1", "2", "3"):
        contents.append(office_file.read_bytes())
        draft = tmp_path / nth
        draft.write_text(nth)
        exchange(draft, office_file, "x")
    names = ("office.lama-x.db", "office.lama-x-2.db", "office.lama-x-3.db")
    assert [(tmp_path / name).read_bytes() for name in names] == contents
