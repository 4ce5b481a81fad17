"""Journals as they are carried: by the share, by a USB disk, or as the file of a dead PC."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.core.recorded_requests import UNCLEAR, JournalRecord
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import journals
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.journal import KEPT_MS, Journal, JournalEntry, identity_in

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.file_only("copies")]

NOW = 20_000 * DAY_MS


def fill(path: Path, *entries: tuple[str, int], office: str = "kaltara") -> Journal:
    journal = Journal(path)
    for request, at in entries:
        journal.begin(JournalEntry(request, office, "CallNext", '{"counter":1}', at, "loket-1", 3))
    return journal


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "journal-loket-1.db"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    return journals.folder_of(tmp_path / "office.db")


def requests(folder: Path) -> list[str]:
    return sorted(entry.request for entry in journals.read_day_files(folder))


def test_a_journal_is_laid_out_day_by_day_and_only_what_is_new(own: Path, share: Path) -> None:
    journal = fill(own, ("r1", NOW - DAY_MS), ("r2", NOW))
    assert journals.write_day_files(own, "kaltara", share, NOW) == 2
    name = f"loket-1-{identity_in(own)[:8]}"
    assert sorted(path.name for path in share.iterdir()) == [f"{name}-19999.jsonl", f"{name}-20000.jsonl"]
    assert journals.write_day_files(own, "kaltara", share, NOW) == 0
    journal.note_done("r2", '{"seq":4,"kind":"ticket.called","subject":2,"label":"A002"}')
    journal.note_unclear("r1")
    later = NOW + DAY_MS
    assert journals.write_day_files(own, "kaltara", share, later, recent=True) == 1
    assert journals.write_day_files(own, "kaltara", share, later) == 1
    first, second = sorted(journals.read_day_files(share), key=lambda entry: entry.request)
    assert (first.outcome, first.result, first.shown_as_failed) == ("open", UNCLEAR, True)
    assert second.journal_result is not None
    assert (second.journal_result.label, second.officer_id, second.at) == ("A002", 3, NOW)
    journal.close()


def test_only_this_office_is_laid_out_unless_all_are_wanted(own: Path, share: Path, tmp_path: Path) -> None:
    fill(own, ("r1", NOW)).close()
    fill(own, ("r2", NOW), office="dki").close()
    journals.write_day_files(own, "kaltara", share, NOW)
    assert requests(share) == ["r1"]
    journals.write_day_files(own, "", tmp_path / "usb", NOW)
    assert requests(tmp_path / "usb") == ["r1", "r2"]


def test_what_is_too_old_goes_also_of_stations_that_are_no_more(own: Path, share: Path) -> None:
    fill(own, ("r1", NOW)).close()
    journals.write_day_files(own, "kaltara", share, NOW)
    (laid_out,) = share.iterdir()
    shutil.copyfile(laid_out, share / "loket-9-20000.jsonl")
    (share / "bukan-hari.jsonl").touch()
    later = NOW + KEPT_MS + DAY_MS
    assert journals.delete_old(share, later - 1) == 0, "kept to the end of its day"
    assert journals.delete_old(share, later) == 2
    assert [path.name for path in share.iterdir()] == ["bukan-hari.jsonl"]


def test_a_share_that_is_away_while_old_files_go_is_an_outage(tmp_path: Path) -> None:
    """Any other error would end the upkeep's thread, and with it this PC's backups."""
    file = tmp_path / "no folder"
    file.touch()
    with pytest.raises(ShareUnreachable, match=r"Jurnal stasiun di .* tidak dapat dibaca"):
        journals.delete_old(file, NOW)


def test_a_few_go_at_once_the_oldest_first(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in what goes is noticed before it is much."""
    monkeypatch.setattr(journals, "MOST_DELETED_AT_ONCE", 2)
    share.mkdir(exist_ok=True)
    for day in (100, 102, 101):
        (share / f"loket-1-{day:05}.jsonl").touch()
    assert journals.delete_old(share, NOW) == 2
    assert [path.name for path in share.iterdir()] == ["loket-1-00102.jsonl"]


OVERWRITING = ("BEGIN IMMEDIATE", f"UPDATE work SET request = 'x' || request, result = '{'x' * 500}'")
OLDER = ("PRAGMA journal_mode = WAL", "DELETE FROM work WHERE request <> 'r100'")
REQUESTS = [f"r{n}" for n in range(100, 400)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("doing", "beside", "expected"), [(OVERWRITING, "journal", REQUESTS), (OLDER, "wal", ["r100"])]
)
def test_the_file_of_a_pc_is_read_without_touching_it(
    own: Path, tmp_path: Path, doing: tuple[str, ...], beside: str, expected: list[str]
) -> None:
    """Also when the power went while it was overwritten, or its newest state stands beside it still."""
    fill(own, *((each, NOW) for each in REQUESTS)).close()
    usb = tmp_path / "usb" / "kios"
    usb.mkdir(parents=True)
    with closing(sqlite3.connect(own, isolation_level=None)) as link:
        for statement in ("PRAGMA cache_size = 1", *doing):
            link.execute(statement)
        for part in (own, own.with_name(f"{own.name}-{beside}")):
            shutil.copyfile(part, usb / part.name)
    before = {path.name: path.read_bytes() for path in usb.iterdir()}
    assert requests(usb.parent) == expected
    assert {path.name: path.read_bytes() for path in usb.iterdir()} == before


def test_what_cannot_be_read_is_passed_over_and_logged(
    share: Path, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(own, ("r1", NOW), ("r2", NOW)).close()
    journals.write_day_files(own, "kaltara", share, NOW)
    (day,) = share.iterdir()
    os.truncate(day, day.stat().st_size - 5)
    (share / "journal-rusak.db").write_bytes(b"bukan jurnal" * 100)
    assert requests(share) == ["r1"]
    assert "line 2" in caplog.text
    assert "journal-rusak.db" in caplog.text


def test_a_day_that_goes_while_it_is_read_is_passed_over(
    share: Path, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    share.mkdir(parents=True)
    (share / "kios-1-20000.jsonl").symlink_to(own.with_name("nowhere"))
    assert list(journals.read_day_files(share)) == []
    assert "kios-1-20000.jsonl" in caplog.text


def test_a_wrong_folder_is_told(tmp_path: Path, own: Path) -> None:
    with pytest.raises(UserError, match="tidak ada"):
        list(journals.read_day_files(tmp_path / "tiada"))
    fill(own, ("r1", NOW)).close()
    with pytest.raises(UserError, match="tidak dapat disalin") as told:
        journals.write_day_files(own, "", own / "di-bawah-berkas", NOW)
    assert "utuh" in told.value.safe


def test_a_share_that_is_gone_is_an_outage_like_any_other(tmp_path: Path, own: Path) -> None:
    """The connection tells it: no officer gets a box about the journal."""
    fill(own, ("r1", NOW)).close()
    with pytest.raises(ShareUnreachable):
        journals.write_day_files(own, "kaltara", tmp_path / "away" / "office-jurnal", NOW)


def test_a_request_is_carried_as_it_was_written(own: Path) -> None:
    fill(own, ("r1", NOW)).close()
    assert journals.read_local(own) == (
        JournalRecord(
            request="r1",
            office="kaltara",
            name="CallNext",
            arguments='{"counter":1}',
            at=NOW,
            station="loket-1",
            officer_id=3,
        ),
    )
