"""The survey report's sentences about sample and trend: which of them stands when."""

from collections.abc import Iterator
from functools import partial

import msgspec
import pytest

from tests.office import make_office
from tests.operations.scene import Scene
from tests.survey import TEN, answers
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.survey.index import ElementTotal, SurveyIndex, survey_index
from ult_desktop.db.office import office
from ult_desktop.operations.figures.survey_report import SurveyReportData, chapters_of
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.board import SurveyBoard, survey_board


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SurveyReportData]:
    scene = Scene(make_office(tmp_path_factory.mktemp("words"), hand_clock=True))
    autumn, summer = (
        scene.office.read(partial(survey_board, now=scene.clock(), period=parse_period(name)))
        for name in ("2026-T4", "2026-T3")
    )
    settings = scene.office.read(office.load).settings
    yield SurveyReportData(settings=settings, board=autumn, before=summer, planned=(), planned_before=())
    scene.close()


def index_of(respondent: str) -> SurveyIndex:
    given = answers(respondent).items()
    totals = [ElementTotal(element=key, answers=1, total=value) for key, value in given]
    return survey_index(questionnaire(), totals)


def with_index(board: SurveyBoard, respondent: str) -> SurveyBoard:
    return msgspec.structs.replace(board, index=index_of(respondent))


def told(ground: SurveyReportData) -> str:
    sections = (section for chapter in chapters_of(ground) for section in chapter.sections)
    return "\n".join(line for section in sections for line in section.lines)


@pytest.mark.parametrize(
    ("visits", "respondents", "words"),
    [
        (0, 12, "12 responden mengisi kuesioner."),
        (40, 30, "30 responden mengisi kuesioner: kurang 6 dari sampel."),
        (40, 36, "36 responden mengisi kuesioner: sampel terpenuhi."),
    ],
)
def test_the_sample_is_held_against_the_table(
    ground: SurveyReportData, visits: int, respondents: int, words: str
) -> None:
    board = msgspec.structs.replace(ground.board, visits=visits, needed=36, respondents=respondents)
    assert words in told(msgspec.structs.replace(ground, board=board)).splitlines()


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (TEN[0], TEN[1], "IKM naik 19,44 sejak Triwulan III Tahun 2026."),
        (TEN[1], TEN[0], "IKM turun 19,44 sejak Triwulan III Tahun 2026."),
        (TEN[1], TEN[1], "IKM tetap seperti pada Triwulan III Tahun 2026."),
    ],
)
def test_the_trend_is_told_in_a_sentence(ground: SurveyReportData, now: str, before: str, words: str) -> None:
    changed = msgspec.structs.replace(
        ground, board=with_index(ground.board, now), before=with_index(ground.before, before)
    )
    assert words in told(changed).splitlines()
