"""The index by hand: exact ninths, half-up, an unanswered element divided by its own answers."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from tests.survey import KEYS, TEN
from ult_desktop.core.survey.index import ElementTotal, SurveyIndex, half_up, survey_index, weight_of
from ult_desktop.operations.survey.answer_lists import questionnaire


def totals(rows: Sequence[str]) -> list[ElementTotal]:
    """A row is one respondent; "-" is an element left out."""
    found = []
    for place, key in enumerate(KEYS):
        given = [int(row[place]) for row in rows if row[place] != "-"]
        if given:
            found.append(ElementTotal(element=key, answers=len(given), total=sum(given)))
    return found


def index(rows: Sequence[str], weight: Fraction | None = None) -> SurveyIndex:
    return survey_index(questionnaire(), totals(rows), weight)


def letters(found: Iterable[object]) -> str:
    return "".join(str(getattr(getattr(each, "grade", None), "letter", "-")) for each in found)


def test_the_worked_example() -> None:
    found = index(TEN)
    assert [each.total for each in found.elements] == [34, 32, 30, 40, 33, 34, 36, 33, 30]
    averages = ["3.4", "3.2", "3", "4", "3.3", "3.4", "3.6", "3.3", "3"]
    assert [each.average for each in found.elements] == [Decimal(each) for each in averages]
    indices = ["85", "80", "75", "100", "82.5", "85", "90", "82.5", "75"]
    assert [each.index for each in found.elements] == [Decimal(each) for each in indices]
    assert letters(found.elements) == "BBCABBABC"
    assert (str(found.index), letters([found])) == ("83.89", "B")
    assert found.grade is not None
    assert found.grade.name.indonesian == "Baik"
    assert found.lowest == ("waktu", "sarana")


@pytest.mark.parametrize(("setting", "value"), [("1/9", "83.89"), ("0.111", "83.81"), ("0.11", "83.05")])
def test_the_weight_is_exact_or_as_a_spreadsheet_has_it(setting: str, value: str) -> None:
    assert str(index(TEN, weight_of(setting, 9)).index) == value


@pytest.mark.parametrize(
    ("row", "value", "letter"), [("444444444", "100.00", "A"), ("111111111", "25.00", "D")]
)
def test_the_ends_of_the_scale(row: str, value: str, letter: str) -> None:
    found = index([row])
    assert (str(found.index), letters([found])) == (value, letter)


@pytest.mark.parametrize(
    ("value", "letter"),
    [
        ("88.31", "A"),
        ("88.30", "B"),
        ("76.61", "B"),
        ("76.60", "C"),
        ("65.00", "C"),
        ("64.99", "D"),
        ("1", "D"),
    ],
)
def test_the_bounds_of_the_grades(value: str, letter: str) -> None:
    assert questionnaire().grade_of(Decimal(value)).letter == letter


def test_between_two_printed_bounds_the_rounded_index_decides() -> None:
    assert half_up(Fraction("64.994")) == Decimal("64.99")
    assert questionnaire().grade_of(half_up(Fraction("64.995"))).letter == "C"
    assert questionnaire().grade_of(half_up(Fraction("88.305"))).letter == "A"


def test_an_unanswered_element_is_divided_by_its_own_answers() -> None:
    found = index(["444444444", "44444444-"])
    assert (str(found.index), found.elements[-1].answers) == ("100.00", 1)


def test_without_any_answer_to_an_element_there_is_no_index() -> None:
    found = index(["44444444-"])
    assert (found.index, found.grade) == (None, None)
    assert (found.elements[-1].average, found.elements[-1].index, found.elements[-1].grade) == (None,) * 3
    nothing = index([])
    assert (nothing.index, nothing.lowest) == (None, ())


@given(st.lists(st.text("1234", min_size=9, max_size=9), min_size=1, max_size=30))
def test_the_index_lies_on_the_scale_and_is_the_mean_of_its_elements(rows: list[str]) -> None:
    found = index(rows)
    assert found.index is not None
    assert Decimal(25) <= found.index <= Decimal(100)
    every = [int(value) for row in rows for value in row]
    assert found.index == half_up(Fraction(sum(every), len(every)) * 25)
    values = {each.element: each.index for each in found.elements if each.index is not None}
    assert {values[key] for key in found.lowest} == {min(values.values())}
