"""A figure is the same on the screen, on paper and in every file, and stays when people and names go."""

import csv
import io
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tests.office import PASSWORD, store_of
from tests.operations.figures.test_reports import made
from tests.operations.office.test_office_changes import Chief
from tests.operations.scene import ELDERLY, Scene
from tests.reports.pdf_words import pages_and_words
from tests.workbooks import sheets_of
from ult_desktop.core.access.commands import RetireOfficer
from ult_desktop.core.figures.figures import Figures
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import ColumnKind
from ult_desktop.core.queue import commands
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS, office_day, to_stamp
from ult_desktop.db.figures import days
from ult_desktop.db.figures.periods import of_period
from ult_desktop.operations.privacy import retention as runs
from ult_desktop.reports.figures_list import report_csv
from ult_desktop.reports.period_report import report_pdf
from ult_desktop.reports.workbook import report_workbook

pytestmark = pytest.mark.by_engine


def test_screen_paper_workbook_and_list_say_the_same(busy: Scene) -> None:
    report = made(busy, "2026-11", with_officers=True)
    _pages, paper = pages_and_words(report_pdf(report))
    book = sheets_of(report_workbook(report))
    lines = csv.DictReader(io.StringIO(report_csv(report).decode("utf-8-sig")), delimiter=";")
    listed = {(row["part"], row["key"], row["figure"]): row["value"] for row in lines}
    for part in (report.part(key) for key in ("day", "hour", "service", "counter", "officer", "channel")):
        sheet = book[part.title[:31]]
        for at, (key, row) in enumerate(zip(part.keys, part.rows, strict=True), 1):
            for place, (column, value) in enumerate(zip(part.columns, row, strict=True)):
                assert column.in_words(value).replace(" ", "") in paper
                factor = 60 if column.kind is ColumnKind.TIME else 1
                cell = sheet.rows[at][place]
                if isinstance(value, int | float):
                    assert cell == pytest.approx(value / factor)
                    assert float(listed[part.key, key, column.key]) == pytest.approx(value, abs=0.001)


def whole(scene: Scene) -> Figures:
    return of_period(scene.office.read, parse_period("2026-11"), scene.clock()).whole


def test_who_left_keeps_their_figures_and_their_name(changing: Scene) -> None:
    before = made(changing, "2026-11", with_officers=True)
    changing.do(commands.LeaveCounter(counter=1))
    changing.office.perform(RetireOfficer(login="siti"), changing.office.sign_in("admin", PASSWORD))
    after = made(changing, "2026-11", with_officers=True)
    assert after.part("officer") == before.part("officer")
    assert "Siti Rahmawati" in [row[0] for row in after.part("officer").rows]


def test_a_service_that_is_renamed_or_split_is_one_row_as_it_was(changing: Scene) -> None:
    """Its new name stands over all its days; what was cut off from it begins with nothing."""
    chief, before = Chief(changing), made(changing, "2026-11").part("service")
    (old,) = (each for each in chief.document.services if each.prefix == "A")
    name = msgspec.structs.replace(old.name, id="Konsultasi Umum")
    other = msgspec.structs.replace(
        old, prefix="Q", name=msgspec.structs.replace(old.name, id="Konsultasi Khusus")
    )
    chief.change(services=(*chief.service("A", name=name), other))
    after = made(changing, "2026-11").part("service")
    assert [row[1:] for row in after.rows] == [row[1:] for row in before.rows]
    assert (after.keys, after.rows[0][0]) == (before.keys, "Konsultasi Umum")
    chief.change(**chief.without("B"))
    gone = made(changing, "2026-11").part("service")
    assert gone.rows == after.rows


def test_what_retention_empties_stays_counted(changing: Scene) -> None:
    """The card of a vulnerable visitor goes after thirty days, names after years; no count does."""
    changing.take(priority=ELDERLY)
    before = whole(changing)
    assert before.vulnerable == 1
    for day in ("2026-11-23", "2026-11-24"):
        store_of(changing.office).write(partial(days.keep, day=day))
    changing.clock.now += 12 * 365 * DAY_MS
    head = changing.office.sign_in("kepala", PASSWORD)
    done = runs.run(changing.office, head)
    assert (done.more, whole(changing)) == (False, before)
    store_of(changing.office).write(lambda tx: tx.run("DELETE FROM figured_day"))
    assert whole(changing) == before, "also where the days are made anew"


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Makassar"]
)
def test_the_hour_is_the_office_s_also_when_the_clock_is_changed(zone: str) -> None:
    """The calendar of the zone itself gives the hour in every quarter of a year."""
    where = ZoneInfo(zone)
    hour_of = days.hours_in(where)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        assert hour_of(to_stamp(moment)) == moment.astimezone(where).hour
        moment += timedelta(minutes=15)


def test_a_day_of_25_hours_is_one_day() -> None:
    zone = ZoneInfo("Europe/Berlin")
    first, last = (datetime(2026, 10, 25, hour, minute, tzinfo=zone) for hour, minute in ((0, 0), (23, 59)))
    span = to_stamp(last) - to_stamp(first)
    assert span == (25 * 60 - 1) * MINUTE_MS
    assert {office_day(stamp, zone) for stamp in range(to_stamp(first), to_stamp(last), 15 * MINUTE_MS)} == {
        "2026-10-25"
    }
