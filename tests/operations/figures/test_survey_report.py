"""The survey's results as the head publishes them: exact, compared, and nothing that tells on one visitor."""

from datetime import date
from pathlib import Path

import pytest

from tests.office import PASSWORD, make_office
from tests.operations.scene import Scene
from tests.reports.pdf_words import pages_and_words
from tests.survey import TEN, said
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.survey.commands import EnterPaperSurvey
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.reports.forms import ReportForm, report_bytes


def made(folder: Path, answers: tuple[str, ...]) -> PeriodReport:
    scene = Scene(make_office(folder, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    for nth, values in enumerate(answers):
        about = {"jenis_kelamin": "L" if nth < 7 else "P"}
        paper = EnterPaperSurvey(said=said(values, **about), day=date(2026, 11, 20))
        scene.office.perform(paper, admin)
    period = parse_period("2026-T4")
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
    *unit, weighted, index, grade = elements.rows[-1]
    assert (len(elements.rows), unit, index, grade) == (10, ["IKM", 10, None, None], 83.89, "Mutu B · Baik")
    assert weighted == pytest.approx(302 / 90)
    assert elements.rows[0][:4] == ("U1 Persyaratan", 10, 34, 3.4)
    assert elements.rows[0][4] == pytest.approx(0.3778, abs=1e-4)
    averages = [
        column.in_words(value) for column, value in zip(elements.columns, elements.rows[0], strict=True)
    ]
    assert averages[3:5] == ["3,4000", "0,3778"]
    assert [row[1] for row in report.part("lowest").rows] == [75.0, 75.0, 80.0]
    assert report.part("weights").rows == (("1/9", 83.89, "Mutu B · Baik"), ("0,111", 83.81, "Mutu B · Baik"))


def test_the_trend_ends_with_this_period(report: PeriodReport) -> None:
    trend = report.part("trend")
    assert (trend.keys[0], trend.keys[-1]) == ("2025-T1", "2026-T4")
    assert [row[1:] for row in trend.rows][-2:] == [(None, 0), (83.89, 10)]


def test_few_respondents_of_a_kind_are_not_told(report: PeriodReport) -> None:
    sex = report.part("profile-jenis_kelamin")
    assert (sorted(str(row[1]) for row in sex.rows), sex.chart) == (["<5", "≥5"], None)
    (education,) = report.part("profile-pendidikan").rows
    assert education == ("tidak diisi", 10)


def test_respondents_stand_in_the_order_of_the_form(tmp_path: Path) -> None:
    """Respondents who left it open come last; a poster names no service where none was named."""
    scene = Scene(make_office(tmp_path, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    for school in ("S1", "", "SMA", "SD"):
        for nth in range(6):
            service_id = scene.service["A"] if nth else None
            paper = EnterPaperSurvey(
                said=said(TEN[nth], pendidikan=school), day=date(2026, 11, 20), service_id=service_id
            )
            scene.office.perform(paper, admin)
    found = survey_report(scene.office.read, parse_period("2026-T4"), scene.clock())
    scene.close()
    assert [row[0] for row in found.part("profile-pendidikan").rows] == ["SD", "SMA", "S1", "tidak diisi"]
    assert [row[0] for row in found.part("services").rows] == ["Informasi & Konsultasi", "tanpa layanan"]
    _pages, words = pages_and_words(report_bytes(found, ReportForm.POSTER))
    assert "Informasi&Konsultasi" in words
    assert "tanpalayanan" not in words


def test_nothing_is_told_of_few(tmp_path: Path) -> None:
    found = made(tmp_path, TEN[:4])
    keys = ["survey", "trend", "trend_elements", "ways", "plan", "earlier_plan"]
    assert [part.key for part in found.parts] == keys
    words = " ".join(line for each in found.chapters for section in each.sections for line in section.lines)
    assert "Belum cukup responden" in words
    assert "Periode sebelumnya tidak dapat dibandingkan." in words
    assert found.part("survey").note == "Belum cukup responden untuk menampilkan hasil."
    assert found.tiles[0].value is None


def lines_of(report: PeriodReport, title: str) -> tuple[str, ...]:
    pages = (*report.chapters, *report.appendices)
    sections = (section for page in pages for section in page.sections)
    return next(section.lines for section in sections if section.title == title)


def test_five_chapters_and_four_appendices_say_it_in_words(report: PeriodReport) -> None:
    assert [chapter.title.split(".")[0] for chapter in report.chapters] == [
        "Bab I", "Bab II", "Bab III", "Bab IV", "Bab V",
    ]  # fmt: skip
    assert len(report.appendices) == 4
    assert lines_of(report, "3.2 Indeks Kepuasan Masyarakat") == ("Nilai IKM 83,89: Mutu B · Baik.",)
    lowest, highest = lines_of(report, "4.1 Kelemahan dan kelebihan")
    assert "Waktu penyelesaian (75,00, Mutu C · Kurang baik); Sarana dan prasarana (75,00" in lowest
    assert lowest.endswith("Sistem, mekanisme, dan prosedur (80,00, Mutu B · Baik).")
    assert "dipertahankan: Biaya/tarif (100,00, Mutu A · Sangat baik); Perilaku pelaksana (90,00" in highest
    assert lines_of(report, "2.5 Jumlah responden")[1] == "10 responden mengisi kuesioner."
    (requirements, *_others) = lines_of(report, "Unsur")
    assert requirements.startswith("U1. Bagaimana pendapat Saudara tentang kesesuaian persyaratan")
    assert "(1) Tidak sesuai   (2) Kurang sesuai" in requirements


def test_every_table_that_a_chapter_names_is_in_the_report(report: PeriodReport) -> None:
    named = {key for page in (*report.chapters, *report.appendices) for s in page.sections for key in s.parts}
    assert named <= {part.key for part in report.parts}
    values = report.part("values")
    assert values.rows[0] == ("Persyaratan", 0, 0, 6, 4)


def test_services_that_few_answered_about_are_not_told(tmp_path: Path) -> None:
    """Twelve about the first, three about the second, six about the third: the second could be worked out."""
    scene = Scene(make_office(tmp_path, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    for service_id, many in ((1, 12), (2, 3), (3, 6)):
        for nth in range(many):
            day = date(2026, 11, 20) if nth % 2 else date(2026, 8, 3)
            paper = EnterPaperSurvey(said=said(TEN[nth % 10]), day=day, service_id=service_id)
            scene.office.perform(paper, admin)
    year = survey_report(scene.office.read, parse_period("2026"), scene.clock())
    rows = year.part("services").rows
    assert [row[1:] for row in rows] == [(12, 84.95, "Mutu B · Baik"), ("<5", None, None), ("≥5", None, None)]
    assert [row[1] is None for row in year.part("service_elements").rows] == [False, True, True]
    trend = year.part("trend")
    assert (trend.keys[0], trend.keys[-2:]) == ("2025-T1", ("2026-T3", "2026-T4"))
    autumn = survey_report(scene.office.read, parse_period("2026-T4"), scene.clock())
    scene.close()
    (words,) = lines_of(autumn, "4.3 Tren nilai")
    assert words.startswith("IKM ")
    assert words.endswith("sejak Triwulan III Tahun 2026.")
