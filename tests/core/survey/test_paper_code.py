"""A paper form's digits: read in the order in which the form is printed, and told back."""

import pytest

from tests.survey import TEN, answers
from ult_desktop.base import UserError
from ult_desktop.core.office.template import SurveyRules
from ult_desktop.core.survey.paper_code import answers_so_far, read_code
from ult_desktop.operations.survey.answer_lists import questionnaire

RULES = SurveyRules()


@pytest.mark.parametrize("typed", ["332433342", "332 433 342", "332-433.342"])
def test_nine_digits_are_the_elements(typed: str) -> None:
    assert read_code(questionnaire(), RULES, typed).answers == answers(TEN[3])


def test_four_more_tell_of_the_respondent() -> None:
    said = read_code(questionnaire(), RULES, "332433342 2305", "Tambah kursi")
    assert said.answers == answers(TEN[3])
    assert (said.profile.jenis_kelamin, said.profile.usia) == ("P", "26-35")
    assert (said.profile.pendidikan, said.profile.pekerjaan, said.suggestion) == (
        "",
        "Wirausaha",
        "Tambah kursi",
    )


def test_a_nought_is_an_element_left_open() -> None:
    assert read_code(questionnaire(), RULES, "000000003").answers == {"sarana": 3}


def test_the_digits_stand_in_the_offices_order() -> None:
    as_asked = SurveyRules(order="kuesioner")
    assert read_code(questionnaire(), as_asked, "000000003").answers == {"pengaduan": 3}


def test_only_what_the_office_asks_has_a_digit() -> None:
    rules = SurveyRules(profile=("usia",))
    assert read_code(questionnaire(), rules, "4444444446").profile.usia == "56-120"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "9 angka unsur"),
        ("33243334", "9 angka unsur, lalu 4 angka responden"),
        ("3324333421", "9 angka unsur"),
        ("33243334x", "9 angka unsur"),
        ("332433345", "Angka ke-9 paling besar 4"),
        ("3324333423000", "Angka ke-10 paling besar 2"),
        ("000000000", "paling sedikit satu unsur"),
    ],
)
def test_what_cannot_be_meant_is_refused(typed: str, says: str) -> None:
    with pytest.raises(UserError) as refused:
        read_code(questionnaire(), RULES, typed)
    assert says in refused.value.todo


def test_what_was_typed_so_far_is_told_back() -> None:
    told = answers_so_far(questionnaire(), RULES, "105")
    assert [each.answer for each in told[:4]] == ["1 Tidak sesuai", "tidak diisi", "5 tidak ada", ""]
    assert told[0].question == "Persyaratan"
    assert len(told) == 13
