"""The survey's results as the head publishes them: exact, compared, and nothing that tells on one visitor."""

from datetime import date
from pathlib import Path

import pytest

from tests.office import PASSWORD, make_office
from tests.operations.scene import Scene
from tests.survey import TEN, said
from ult_desktop.core.figures.period import period_named
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.survey.commands import EnterPaperSurvey
from ult_desktop.operations.figures.survey_report import survey_report


def made(folder: Path, answers: tuple[str, ...]) -> PeriodReport:
    scene = Scene(make_office(folder, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    for nth, values in enumerate(answers):
        about = {"jenis_kelamin": "L" if nth < 7 else "P"}
        paper = EnterPaperSurvey(said=said(values, **about), day=date(2026, 11, 20))
        scene.office.perform(paper, admin)
    period = period_named("2026-T4")
    found = survey_report(scene.office.read, period, scene.clock())
    scene.close()
    return found


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> PeriodReport:
    return made(tmp_path_factory.mktemp("ten"), TEN)


def test_index_elements_and_grades_are_told(report: PeriodReport) -> None:
    assert report.kind is ReportKind.SKM
    assert {tile.column.key: tile.value for tile in report.tiles} == {
        "index": 83.89, "respondents": 10, "needed": 0, "visits": 0,
    }  # fmt: skip
    elements = report.part("survey")
    assert (len(elements.rows), elements.rows[-1]) == (10, ("IKM", 10, None, 83.89, "Mutu B · Baik"))
    assert [row[1] for row in report.part("lowest").rows] == [75.0, 75.0, 80.0]
    assert report.part("weights").rows == (("1/9", 83.89, "Mutu B · Baik"), ("0.111", 83.81, "Mutu B · Baik"))


def test_the_trend_ends_with_this_period(report: PeriodReport) -> None:
    trend = report.part("trend")
    assert (trend.keys[0], trend.keys[-1]) == ("2025-T1", "2026-T4")
    assert [row[1:] for row in trend.rows][-2:] == [(None, 0), (83.89, 10)]


def test_few_respondents_of_a_kind_are_not_told(report: PeriodReport) -> None:
    sex = report.part("profile-jenis_kelamin")
    assert (sorted(str(row[1]) for row in sex.rows), sex.chart) == (["<5", "≥5"], None)
    (education,) = report.part("profile-pendidikan").rows
    assert education == ("tidak diisi", 10)


def test_nothing_is_told_of_few(tmp_path: Path) -> None:
    found = made(tmp_path, TEN[:4])
    assert [part.key for part in found.parts] == ["survey", "trend", "plan", "earlier_plan"]
    assert found.part("survey").note == "Belum cukup responden untuk menampilkan hasil."
    assert found.tiles[0].value is None
