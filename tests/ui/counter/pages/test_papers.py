"""Sheets that become files of the officer's documents."""

from pathlib import Path

import pytest

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
    assert papers.write_document(name, "pdf", b"%PDF").name == file
