"""Reports of ended periods: made once by one station, kept, made anew as a version."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

import pytest

from tests.office import make_office, store_of
from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.ppid_year import TellPpidYear
from ult_desktop.core.figures.made_reports import MadeReport, MakeReportAgain
from ult_desktop.core.figures.report import ReportKind
from ult_desktop.core.queue.commands import Finish, WalkIn
from ult_desktop.db.backup import upkeep
from ult_desktop.db.figures import made_reports
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask
from ult_desktop.operations.figures.made_reports import (
    AGAIN_AFTER_MS,
    LEASE,
    MAX_CHANGES,
    due_reports,
    everything_due,
    make_due,
    stored_report,
)
from ult_desktop.reports.forms import report_files

T = TypeVar("T")


class ReportScene:
    """An office that began in October, and the station that keeps its backups."""

    def __init__(self, folder: Path) -> None:
        path = make_office(folder, hand_clock=True)
        self.disk = folder / "cadangan"
        self.disk.mkdir()
        self.scene = Scene(path, "2026-10-05 09:00")
        self.scene.sit(1)
        self.scene.do(WalkIn(counter=1, service_id=1), 1)
        self.keeper = FileMaintainer(
            MaintenanceTask(
                path, folder / "journal.db", "loket-1", self.disk, partial(make_due, make_files=report_files)
            ),
            self.scene.clock,
        )

    def look(self, times: int = 1) -> list[str]:
        """Return the troubles with reports."""
        said = []
        for _n in range(times):
            self.scene.later(AGAIN_AFTER_MS / 60_000)
            said += [error.what for error in self.keeper.do_due_jobs() if "laporan" in error.what]
        return said

    @property
    def head(self) -> Actor:
        return self.scene.office.sign_in("admin", "rahasia-kita")

    def made(self) -> tuple[MadeReport, ...]:
        return self.scene.office.read(made_reports.latest)

    def due(self) -> list[tuple[str, str]]:
        found = self.scene.office.read(lambda tx: due_reports(tx, self.scene.clock()))
        return [(each.kind.value, each.period) for each in found]

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in (self.disk / "laporan").glob("*"))

    def ask(self, kind: ReportKind, period: str) -> None:
        self.scene.office.perform(MakeReportAgain(kind=kind, period=period), self.head)

    def close(self) -> None:
        self.keeper.close()
        self.scene.shut()


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[ReportScene]:
    made = ReportScene(tmp_path)
    yield made
    made.close()


def test_nothing_is_due_before_a_period_has_ended(reports: ReportScene) -> None:
    assert reports.due() == []
    reports.look(2)
    assert (reports.made(), reports.files) == ((), [])


def test_a_month_that_ended_is_made_once(reports: ReportScene) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    assert reports.due() == [("month", "2026-10"), ("recap", "2026-10")]
    assert reports.look(4) == []
    assert [(each.kind, each.version) for each in reports.made()] == [("recap", 1), ("month", 1)]
    assert reports.due() == []
    month, public = "Laporan Oktober 2026", "Rekap Layanan untuk Umum Oktober 2026"
    assert reports.files == [
        *(f"{month}.{suffix}" for suffix in ("csv", "pdf", "xlsx")),
        *(f"{public}.{suffix}" for suffix in ("csv", "pdf", "png", "xlsx")),
    ]


def test_a_quarter_and_a_year_have_theirs_with_the_survey(reports: ReportScene) -> None:
    reports.scene.set_time("2027-01-04 07:00")
    assert set(reports.due()) == {
        *((kind, f"2026-{month}") for kind in ("month", "recap") for month in (10, 11, 12)),
        *((kind, period) for kind in ("quarter", "skm") for period in ("2026-T4",)),
        *((kind, "2026") for kind in ("year", "skm")),
    }


def test_what_ended_long_ago_is_made_only_when_it_is_asked_for(reports: ReportScene) -> None:
    reports.scene.set_time("2027-06-01 07:00")
    assert ("month", "2026-10") not in reports.due()
    reports.ask(ReportKind.MONTH, "2026-10")
    assert ("month", "2026-10") in reports.due()


def test_made_anew_it_is_a_version_that_says_what_changed(reports: ReportScene) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    reports.look(3)
    first = next(each for each in reports.made() if each.kind is ReportKind.MONTH)
    store_of(reports.scene.office).write(lambda tx: tx.run("UPDATE visit SET vulnerable = 1"))
    reports.ask(ReportKind.MONTH, "2026-10")
    reports.look()
    second = reports.made()[0]
    assert (second.kind, second.version) == (ReportKind.MONTH, 2)
    assert second.changes == ("Kelompok rentan: 0 → <5",)
    pages, words = pages_and_words(
        (reports.disk / "laporan" / "Laporan Oktober 2026 (versi 2).pdf").read_bytes()
    )
    assert pages
    assert "Versi2.Berubahsejakversisebelumnya:" in words
    kept = reports.scene.office.read(lambda tx: stored_report(tx, first.id))
    assert next(tile.value for tile in kept.tiles if tile.column.key == "vulnerable") == 0
    reports.ask(ReportKind.MONTH, "2026-10")
    reports.look()
    assert (reports.made()[0].version, reports.made()[0].changes) == (3, ())


def test_a_folder_that_cannot_be_written_is_told_and_tried_again(reports: ReportScene) -> None:
    blocked = reports.disk / "laporan"
    blocked.write_text("a file where the folder should be")
    reports.scene.set_time("2026-11-01 07:00")
    assert len(reports.look(2)) == 2
    due = reports.scene.office.read(lambda tx: due_reports(tx, reports.scene.clock()))
    assert all("tidak dapat ditulis" in each.trouble for each in due)
    assert reports.made() == ()
    blocked.unlink()
    reports.look(3)
    assert len(reports.made()) == 2
    assert not list(reports.disk.glob("laporan/*.part"))


def test_of_a_report_all_files_are_written_or_none(reports: ReportScene) -> None:
    blocked = reports.disk / "laporan" / "Laporan Oktober 2026.xlsx"
    blocked.mkdir(parents=True)
    reports.scene.set_time("2026-11-01 07:00")
    assert len(reports.look(2)) == 1
    assert [name for name in reports.files if name.startswith("Laporan")] == [blocked.name]
    blocked.rmdir()
    reports.look(3)
    assert len([name for name in reports.files if name.startswith("Laporan")]) == 3


def test_two_stations_make_a_report_once(reports: ReportScene, tmp_path: Path) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    other = FileMaintainer(
        MaintenanceTask(
            reports.scene.path,
            tmp_path / "journal-2.db",
            "loket-2",
            tmp_path / "lain",
            partial(make_due, make_files=report_files),
        ),
        reports.scene.clock,
    )
    (tmp_path / "lain").mkdir()
    for _n in range(3):
        reports.look()
        other.do_due_jobs()
    other.close()
    assert sorted((each.kind.value, each.version) for each in reports.made()) == [("month", 1), ("recap", 1)]


def test_what_another_station_made_before_the_lease_was_free_is_not_made_again(
    reports: ReportScene, tmp_path: Path
) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    reports.look()
    assert len(reports.due()) == 1
    store = store_of(reports.scene.office)
    write = store.write

    def write_after_the_other(body: Callable[[Transaction], T]) -> T:
        if reports.due():
            assert reports.look() == []
        return write(body)

    now = reports.scene.clock()
    with patch.object(store, "write", write_after_the_other):
        assert list(make_due(store, tmp_path / "lain", "loket-2", now, report_files)) == []
    assert [(each.version, each.station) for each in reports.made()] == [(1, "loket-1")] * 2
    assert not (tmp_path / "lain").exists()
    assert store.write(lambda tx: upkeep.take_lease(tx, LEASE, "loket-3", now)), "nobody keeps the lease"


def test_more_changes_than_a_page_holds_are_counted(reports: ReportScene) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    reports.look(3)
    reports.scene.set_time("2026-10-05 10:00")
    for _n in range(3):
        reports.scene.do(Finish(counter=1))
        reports.scene.do(WalkIn(counter=1, service_id=2), 1)
    reports.scene.set_time("2026-11-02 07:00")
    reports.ask(ReportKind.MONTH, "2026-10")
    reports.look()
    second = reports.made()[0]
    assert len(second.changes) > MAX_CHANGES
    assert "Kunjungan: 1 → 4" in second.changes
    kept = reports.scene.office.read(lambda tx: stored_report(tx, second.id))
    assert kept.notes[-MAX_CHANGES - 1 : -1] == second.changes[:MAX_CHANGES]
    assert kept.notes[-1] == f"… dan {len(second.changes) - MAX_CHANGES} angka lagi."


def test_the_report_that_a_person_owes_is_due_until_it_went_out(reports: ReportScene) -> None:
    def owed() -> list[tuple[str, str]]:
        found = reports.scene.office.read(lambda tx: everything_due(tx, reports.scene.clock()))
        return [(each.heading, each.trouble) for each in found if each.kind is ReportKind.PPID]

    assert owed() == []
    reports.scene.set_time("2027-01-04 07:00")
    told = ("Laporan Layanan Informasi Publik: 2026", "dikirim paling lambat 31 Maret 2027")
    assert owed() == [told]
    assert ("ppid", "2026") not in reports.due()
    reports.scene.office.perform(TellPpidYear(year=2026, sent_on="2027-01-04"), reports.head)
    assert owed() == []


@pytest.mark.parametrize(
    ("kind", "period", "says"),
    [
        (ReportKind.MONTH, "2026-10", "belum berakhir"),
        (ReportKind.MONTH, "2026-T3", "bukan periode"),
        (ReportKind.DAY, "2026-10-01", "tidak dibuat sendiri"),
    ],
)
def test_what_cannot_be_made_is_refused(
    reports: ReportScene, kind: ReportKind, period: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        reports.ask(kind, period)


def test_a_kept_report_is_never_changed(reports: ReportScene) -> None:
    reports.scene.set_time("2026-11-01 07:00")
    reports.look(2)
    with pytest.raises(Exception, match="keeps its figures"):
        store_of(reports.scene.office).write(lambda tx: tx.run("UPDATE made_report SET made_at = 0"))
