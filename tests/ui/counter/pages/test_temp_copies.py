"""Clear copies of documents do not stay on the PC."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from tests.clocks import undoubted
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.clock import own_ms
from ult_desktop.ui.counter.visits.documents import COPY_LIFETIME_MS, new_copy_folder, remove_old_copies


def test_what_was_opened_before_this_hour_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, new, others = new_copy_folder(), new_copy_folder(), tmp_path / "milik orang lain"
    others.mkdir()
    for folder in (old, new, others):
        (folder / "7-surat.pdf").write_bytes(b"%PDF-")
    before = time.time() - COPY_LIFETIME_MS / 1000 - 60
    for folder in (old, others):
        os.utime(folder, (before, before))
    remove_old_copies(undoubted(own_ms()))
    assert sorted(tmp_path.iterdir()) == sorted((new, others))


@pytest.mark.parametrize("days", [30, -1])
def test_a_clock_that_was_set_takes_none_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    """The newest was opened a month ago, or tomorrow: somebody may have written into one an hour ago."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copies = [new_copy_folder(), new_copy_folder()]
    for folder, age in zip(copies, (60, days), strict=True):
        at = time.time() - age * 24 * 3600
        os.utime(folder, (at, at))
    remove_old_copies(undoubted(own_ms()))
    assert sorted(tmp_path.iterdir()) == sorted(copies)
    copies.append(new_copy_folder())
    os.utime(copies[1], (time.time(),) * 2)
    remove_old_copies(undoubted(own_ms()))
    assert sorted(tmp_path.iterdir()) == sorted(copies[1:])


def test_a_pc_whose_clock_is_days_from_the_office_takes_none_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its battery was changed a moment ago: the copy that seems three days old is of this hour."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    copy, jump = new_copy_folder(), 3 * DAY_MS
    os.utime(copy, (time.time() - jump / 1000,) * 2)
    office, own = own_ms() - jump, own_ms()
    remove_old_copies(TimeWitnesses(now=office, log=office, own=own))
    assert copy.exists()
    remove_old_copies(TimeWitnesses(now=own, log=office, own=office))
    assert copy.exists()
    remove_old_copies(TimeWitnesses(now=own, log=own, own=own))
    assert not copy.exists()


def test_two_counters_that_start_at_once_do_not_stop_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one was faster: what was listed a moment ago is gone."""
    monkeypatch.setattr(Path, "glob", lambda _folder, _names: iter([tmp_path / "ult-dokumen-sudah-hilang"]))
    remove_old_copies(undoubted(own_ms()))
    assert list(tmp_path.iterdir()) == []
