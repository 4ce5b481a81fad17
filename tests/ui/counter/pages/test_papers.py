"""Sheets that become files of the officer's documents."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.ui.counter.pages import papers


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Laporan Harian Senin, 23 November 2026", "Laporan-Harian-Senin-23-November-2026.pdf"),
        ("Janji Temu ", "Janji-Temu.pdf"),
    ],
)
def test_a_name_becomes_one_without_doubled_dashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: tmp_path)
    assert papers.write_document(name, "pdf", Path.touch).name == file


def test_one_that_stands_open_in_a_reader_is_to_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows writes over no file that another program has open."""

    def held(_path: Path) -> None:
        raise PermissionError("another program has it open")

    monkeypatch.setattr(papers, "user_documents_path", lambda: tmp_path)
    with pytest.raises(UserError, match="tidak dapat ditulis") as told:
        papers.write_document("Janji Temu", "pdf", held)
    assert "Tutup berkas itu" in told.value.todo
