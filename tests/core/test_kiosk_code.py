"""Codes that can be one at all, whatever somebody types or a scanner reads."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.kiosk_code import LONGEST_CODE, code_readings, plain_code

HOSTILE = (
    "",
    "   ",
    "A" * 10_000,
    "A012\x00",
    "A0\r\n12",
    "\x1b[2J",
    "'; DROP TABLE ticket; --",
    '1" OR 1=1',
    "😀😀😀",
    "\ud83d",
    "%%",
    "../../etc",
    "<script>",
    "A\N{ARABIC-INDIC DIGIT ONE}",
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" a012 ", "A012"),
        ("d-0007/2026", "D-0007/2026"),
        ("k7qf-3m9t", "K7QF-3M9T"),
        ("A" * LONGEST_CODE, "A" * LONGEST_CODE),
    ],
)
def test_a_code_is_read_without_case_and_blanks_around(typed: str, plain: str) -> None:
    assert plain_code(typed) == plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("AO12", "A012"),
        ("AOIL", "A011"),
        ("D-OOO7/2O26", "D-0007/2026"),
        ("BL77L4LSSMM0", "BL77L4LSSMMO"),
        ("8L77L4L1SMM0", "BL77L4LISMMO"),
    ],
)
def test_letters_and_digits_that_look_alike_are_forgiven(typed: str, meant: str) -> None:
    assert code_readings(typed) == (typed, meant)
    assert code_readings(meant) == (meant,)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert plain_code(typed) == ""


@given(st.text(max_size=60))
def test_any_text_is_a_short_plain_code_or_none(typed: str) -> None:
    code = plain_code(typed)
    assert len(code) <= LONGEST_CODE
    assert code.isascii()
    assert code == code.strip().upper()
    assert plain_code(code) == code
