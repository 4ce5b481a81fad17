"""The way through the questions, forth and back."""

from tests.ui.kiosk.surveys import TICKET, run, start
from ult_desktop.core.survey.form import Element, ProfileQuestion
from ult_desktop.core.survey.survey import Profile
from ult_desktop.ui.kiosk.survey.survey_page import SurveyRun
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen


def test_first_the_elements_then_who_it_is_in_general_then_a_suggestion() -> None:
    here, asked = SurveyRun(start()), list[object]()
    while here.question is not None:
        asked.append(type(here.question))
        here = here.with_answer(0)
    assert asked == [Element] * 9 + [ProfileQuestion] * 4
    assert here.with_answer(0) == here
    assert here.earlier_answer() is None
    said = here.answers("Kursi")
    assert (set(said.answers.values()), said.suggestion) == ({1}, "Kursi")
    assert said.profile == Profile(jenis_kelamin="L", usia="0-16", pendidikan="SD", pekerjaan="PNS")


def test_only_the_respondent_block_can_be_skipped() -> None:
    here = run(9).with_answer(1).skip_profile()
    assert (here.question, here.profile) == (None, (("jenis_kelamin", "P"),))
    assert run(3).skip_profile() == run(3)


def test_another_answer_replaces_the_first() -> None:
    back = run(2).back()
    assert back is not None
    assert back.earlier_answer() == 3
    again = back.with_answer(0)
    assert [value for _key, value in again.values] == [4, 1]
    first = run(9).with_answer(0).back()
    assert first is not None
    assert first.earlier_answer() == 0
    assert run(9).earlier_answer() is None
    assert first.with_answer(1).profile == (("jenis_kelamin", "P"),)


def test_back_from_the_first_question_to_the_number() -> None:
    visit = KioskVisit().surveys(SurveyRun(start()).with_answer(0))
    assert (visit.screen, visit.survey and visit.survey.start.ticket) == (Screen.SURVEY, TICKET)
    before = visit.back()
    assert before.survey is not None
    assert (before.survey.step, before.survey.earlier_answer()) == (0, 0)
    number = visit.back().back()
    assert (number.screen, number.purpose, number.survey) == (Screen.CODE, CodePurpose.SURVEY, None)
