"""Every report of an office that has nothing, or next to nothing, to tell: words, and whole files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import make_office
from tests.operations.scene import Scene
from ult_desktop.core.figures.choice import OtherRows, TableChoice, named_tables
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.queue import commands
from ult_desktop.operations.figures.ppid_report import ppid_report
from ult_desktop.operations.figures.reports import period_report, public_recap, table_report
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.reports.forms import ReportForm, report_bytes

PERIODS = ("2026-11-23", "2026-W48", "2026-11", "2026-T4", "2026", "2026-11-02--2026-11-29")
BEGINNINGS = {ReportForm.PDF: b"%PDF", ReportForm.WORKBOOK: b"PK", ReportForm.LIST: b"\xef\xbb\xbf"}
MORE = {ReportKind.RECAP: (ReportForm.PICTURE, b"\x89PNG"), ReportKind.SKM: (ReportForm.POSTER, b"%PDF")}


def one_visit(scene: Scene) -> None:
    scene.sit(1)
    scene.take()
    scene.later(6)
    scene.serve()
    scene.later(9)
    scene.do(commands.Finish(counter=1))


@pytest.fixture(scope="module", params=["nobody", pytest.param("one", marks=pytest.mark.slow)])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    scene = Scene(make_office(tmp_path_factory.mktemp("bare"), hand_clock=True))
    if request.param == "one":
        one_visit(scene)
    yield scene
    scene.close()


def every_report(scene: Scene) -> Iterator[PeriodReport]:
    read, now = scene.office.read, scene.clock()
    month = parse_period("2026-11")
    for name in PERIODS:
        yield period_report(read, parse_period(name), now, with_officers=True)
    yield public_recap(read, month, now)
    yield survey_report(read, parse_period("2026-T4"), now)
    yield ppid_report(read, parse_period("2026"), now)
    for choice in (*(each.choice for each in named_tables()), *map(TableChoice, OtherRows)):
        yield table_report(read, month, now, choice, with_officers=True)


def test_every_report_is_made_in_every_form(office: Scene) -> None:
    for report in every_report(office):
        forms = [*BEGINNINGS.items(), *([MORE[report.kind]] if report.kind in MORE else [])]
        for form, begins in forms:
            assert report_bytes(report, form).startswith(begins), (report.heading, form)
        for part in report.parts:
            assert part.rows or part.note, (report.heading, part.key)


def test_one_visitor_is_their_own_mean_median_and_sum(tmp_path: Path) -> None:
    scene = Scene(make_office(tmp_path, hand_clock=True))
    one_visit(scene)
    report = period_report(scene.office.read, parse_period("2026-11-23"), scene.clock())
    part = report.part("service")
    keys = [column.key for column in part.columns]
    service, whole = part.rows
    assert service[1:] == whole[1:]
    figures = dict(zip(keys, whole, strict=True))
    assert figures["visits"] == 1
    assert figures["wait_mean"] == figures["wait_median"] == figures["wait_p90"]
    assert figures["wait_mean"] == pytest.approx(6 * 60, abs=5)
    scene.close()
