"""A large file in short: verified and backed up at work, then lost. The long run is `benchmarks large`."""

from pathlib import Path

import pytest

from benchmarks.subjects import large

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.mark.slow
def test_last_nights_copy_and_the_backup_disk_bring_all_back(tmp_path: Path) -> None:
    office, rows, wrong = large.prove(tmp_path, tickets=400, alone_s=1)
    assert wrong == []
    assert office.acts > 10
    assert list(office.waits) == ["nobody reads", "verify", "upkeep's hour", "backup by hand"]
    figures = {row.what: row.value for row in rows}
    assert figures["last night's copy: reading"] > 0
    assert figures["longest transaction of verify"] > 0


@pytest.mark.slow
def test_what_does_not_come_back_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour's journey to the backup disk fell out, and nobody made a backup by hand."""
    monkeypatch.setattr("benchmarks.subjects.large.backing_up.carry", lambda *_duty: None)
    monkeypatch.setattr("benchmarks.subjects.large._upkeep", lambda _office: None)
    monkeypatch.setattr("benchmarks.subjects.large._by_hand", lambda _office, _store: 1)
    _office, _rows, wrong = large.prove(tmp_path, tickets=400, alone_s=1)
    assert any(each.startswith("lost from ticket") for each in wrong)
    assert any(each.startswith("lost from survey_answer") for each in wrong)
