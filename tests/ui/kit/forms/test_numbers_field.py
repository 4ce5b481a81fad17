"""Several numbers in a line: what is typed, kept and refused."""

import pytest

from ult_desktop.ui.kit.forms import NumbersField
from ult_desktop.ui.kit.theme import Theme


@pytest.fixture
def field() -> NumbersField:
    return NumbersField(Theme.for_window("counter", 1366, 768), "counters", "Loket")


@pytest.mark.parametrize(
    ("typed", "numbers"), [("", ()), ("2", (2,)), ("1, 2,5", (1, 2, 5)), ("1 2", (1, 2)), (" 7 , ", (7,))]
)
def test_commas_and_blanks_part_them(field: NumbersField, typed: str, numbers: tuple[int, ...]) -> None:
    field.line.setText(typed)
    assert field.value() == numbers
    assert field.problem() == ""


@pytest.mark.parametrize("typed", ["satu", "1; 2", "0", "100", "-3"])
def test_what_is_no_number_of_a_counter_is_refused(field: NumbersField, typed: str) -> None:
    field.line.setText(typed)
    assert field.problem() == "Tulis angka dari 1 sampai 99, dipisah koma."


def test_what_is_known_is_shown(field: NumbersField) -> None:
    field.show_value((3, 1))
    assert field.line.text() == "3, 1"
    field.show_value(None)
    assert field.line.text() == ""
