"""The station's journal: what was asked is on this disk before it is tried, whatever happens after."""

import sqlite3
from pathlib import Path

import pytest

from tests.db.privileges import public_folder, unprivileged
from tests.office import connection_of
from ult_desktop.base.errors import UserError
from ult_desktop.core.event import Anchor
from ult_desktop.db.store import journal as store_journal
from ult_desktop.db.store.journal import KEPT_MS, Journal, JournalEntry


def entry(request: str, office: str = "kaltara", at: int = 1) -> JournalEntry:
    return JournalEntry(request, office, "CallNext", '{"counter":1}', at, "loket-1", None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "baru" / "journal.db"


def rows(path: Path) -> dict[str, tuple[str, str]]:
    link = sqlite3.connect(path)
    found = link.execute("SELECT request, outcome, result FROM work").fetchall()
    link.close()
    return {request: (outcome, result) for request, outcome, result in found}


def test_a_request_is_open_until_its_outcome_is_known(path: Path) -> None:
    journal = Journal(path)
    for request in ("r2", "r1", "r3"):
        journal.begin(entry(request))
    journal.begin(entry("r9", office="dki"))
    journal.close_entry("r3", "done")
    journal.close_entry("r2", "refused", "Loket belum dibuka.")
    assert journal.open_requests("kaltara") == ["r1"]
    journal.close()
    assert rows(path) == {
        "r1": ("open", ""), "r2": ("refused", "Loket belum dibuka."), "r3": ("done", ""), "r9": ("open", ""),
    }  # fmt: skip


def test_what_is_done_is_written_when_nobody_waits(path: Path) -> None:
    journal = Journal(path)
    for request in ("r1", "r2"):
        journal.begin(entry(request))
        journal.note_done(request)
    assert journal.open_requests("kaltara") == ["r2"], "written with the next one's beginning"
    journal.flush()
    assert journal.open_requests("kaltara") == []
    journal.begin(entry("r3"))
    journal.note_done("r3")
    journal.begin(entry("r4"))
    journal.close_entry("r4", "refused", "Tutup.")
    assert {request: outcome for request, (outcome, _words) in rows(path).items()} == {
        "r1": "done", "r2": "done", "r3": "done", "r4": "refused",
    }  # fmt: skip
    journal.begin(entry("r5"))
    journal.note_done("r5")
    journal.close()
    assert rows(path)["r5"] == ("done", "")


def test_at_most_one_is_in_doubt_after_a_crash(path: Path) -> None:
    """However fast they come: what was acknowledged is on disk before the next is tried."""
    journal = Journal(path)
    for n in range(5):
        journal.begin(entry(f"r{n}"))
        assert journal.open_requests("kaltara") == [f"r{n}"]
        journal.note_done(f"r{n}")
        journal.note_newest_event("kaltara", Anchor(seq=n + 1, request=f"r{n}", chain="c"))
    again = Journal(path)
    assert again.open_requests("kaltara") == ["r4"]
    assert again.newest_event("kaltara") == Anchor(seq=4, request="r3", chain="c")
    for each in (again, journal):
        each.close()


def test_the_newest_that_was_seen_of_each_office_is_kept_for_ever(path: Path) -> None:
    journal = Journal(path)
    newest = Anchor(seq=9, request="r9", chain="n", restores=1)
    for anchor in (
        Anchor(seq=70, request="r70", chain="a"),
        newest,
        Anchor(seq=8, request="r8", chain="b", restores=1),
    ):
        journal.note_newest_event("kaltara", anchor)
        journal.flush()
    journal.forget_before(10**15)
    assert (journal.newest_event("kaltara"), journal.newest_event("dki")) == (newest, None)
    journal.close()


def test_a_request_tried_again_stands_once(path: Path) -> None:
    journal = Journal(path)
    journal.begin(entry("r1"))
    journal.close_entry("r1", "abandoned")
    journal.begin(entry("r1"))
    assert journal.open_requests("kaltara") == ["r1"]
    journal.close()
    again = Journal(path)
    assert again.open_requests("kaltara") == ["r1"]
    again.close()


def test_what_was_not_carried_out_is_amended_and_leaves_no_trace(path: Path) -> None:
    journal = Journal(path)
    journal.begin(entry("r1")._replace(arguments='{"phone":"081300000001"}'))
    journal.amend("r1", '{"phone":"s1:1:AAAA"}')
    link = connection_of(journal)
    assert link.execute("SELECT arguments FROM work").fetchone() == ('{"phone":"s1:1:AAAA"}',)
    for file in path.parent.iterdir():
        assert b"081300000001" not in file.read_bytes(), file.name
    fill(journal)
    with pytest.raises(UserError, match="tidak dapat ditulis"):
        journal.amend("r1", f'"{"x" * 100_000}"')
    journal.close()


def test_it_is_synced_before_the_share_is_tried(path: Path) -> None:
    journal = Journal(path)
    journal.begin(entry("r1"))
    journal.note_done("r1")
    journal.flush()
    link = connection_of(journal)
    assert link.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    assert link.execute("PRAGMA synchronous").fetchone() == (2,)
    journal.close()


def test_35_days_are_kept_and_what_is_open_for_ever(path: Path) -> None:
    journal = Journal(path)
    for request, at in (("old", 9), ("kept", 10), ("open", 1)):
        journal.begin(entry(request, at=at))
    journal.close_entry("old", "done")
    journal.close_entry("kept", "done")
    assert not journal.has_settled_before(KEPT_MS + 9)
    assert journal.has_settled_before(KEPT_MS + 10)
    journal.forget_before(KEPT_MS + 10)
    assert not journal.has_settled_before(KEPT_MS + 10)
    journal.close()
    assert set(rows(path)) == {"kept", "open"}


def test_a_few_rows_go_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ult_desktop.db.store.journal.MOST_DELETED_AT_ONCE", 2)
    journal = Journal(path)
    for request in ("r1", "r2", "r3"):
        journal.begin(entry(request, at=1))
        journal.close_entry(request, "done")
    journal.forget_before(KEPT_MS + 10)
    assert len(rows(path)) == 1
    journal.close()


@pytest.mark.posix_only("modes")
def test_a_station_without_its_journal_does_not_start() -> None:
    with public_folder() as folder:
        folder.chmod(0o555)
        with unprivileged(), pytest.raises(UserError, match="Catatan stasiun"):
            Journal(folder / "sub" / "journal.db")


def test_a_journal_that_is_none(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("bukan basis data, " * 100)
    with pytest.raises(UserError, match="tidak dapat ditulis") as told:
        Journal(path)
    assert "pindahkan catatan yang rusak" in told.value.todo


def fill(journal: Journal) -> None:
    """The local disk is full: not one page more."""
    pages = connection_of(journal).execute("PRAGMA page_count").fetchone()[0]
    connection_of(journal).execute(f"PRAGMA max_page_count = {pages}")


def test_on_a_full_disk_nothing_is_tried(path: Path) -> None:
    journal = Journal(path)
    fill(journal)
    with pytest.raises(UserError, match="tidak dapat ditulis") as told:
        for n in range(1000):
            journal.begin(entry(f"r{n:04}"))
    assert told.value.safe == "Berkas kantor tidak tersentuh."
    journal.close()


def test_what_the_office_acknowledged_never_looks_refused(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = Journal(path)
    journal.begin(entry("r1"))
    fill(journal)
    journal.close_entry("r1", "done", "x" * 100_000)
    assert "full" in caplog.text
    assert journal.open_requests("kaltara") == ["r1"]
    connection_of(journal).execute("PRAGMA max_page_count = 4294967294")
    journal.flush()
    assert journal.open_requests("kaltara") == [], "there is room again"
    journal.close()


def test_a_station_is_its_journal_on_its_pc(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal, beside = Journal(path), Journal(path)
    mine = journal.identity()
    assert beside.identity() == journal.identity() == mine
    other = Journal(path.with_name("journal-2.db"))
    assert other.identity() != mine
    monkeypatch.setattr(store_journal, "machine_id", lambda: "another PC, with a copy of this disk")
    cloned = beside.identity()
    assert cloned != mine
    assert beside.identity() == cloned
    assert beside.renew_identity() != cloned
    for each in (journal, beside, other):
        each.close()
