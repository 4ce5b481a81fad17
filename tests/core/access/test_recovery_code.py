"""The recovery code: read back however people write it, and never taken for another one."""

import re

import pytest
from hypothesis import given, strategies as st

from ult_desktop.base.errors import UserError
from ult_desktop.core.access.keys import LETTERS, new_code, pair_of_code

CODE = "MFRGG-ZDFMZ-TWQ2L-KNNWG-23TPO-BYXE5-DYMIE-2W"


def test_eight_groups_of_five_letters() -> None:
    code = new_code()
    assert re.fullmatch(r"([A-Z2-7]{5}-){7}[A-Z2-7]{5}", code)
    assert new_code() != code
    assert pair_of_code(code) == pair_of_code(code)
    assert pair_of_code(code) != pair_of_code(new_code())


@pytest.mark.parametrize("_nth", range(20))
def test_however_it_is_typed(_nth: int) -> None:
    code = new_code()
    wanted = pair_of_code(code)
    sloppy = code.lower().replace("-", "  ").replace("o", "0").replace("i", "1").replace("b", "8")
    assert pair_of_code(sloppy) == wanted
    assert pair_of_code(code.replace("-", "")) == wanted
    assert pair_of_code(f"  {code.replace('-', '.')}\n") == wanted


@given(st.integers(0, LETTERS - 1), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_one_wrong_letter_is_found(place: int, letter: str) -> None:
    letters = new_code().replace("-", "")
    if letters[place] == letter:
        letter = "2" if letter != "2" else "3"
    with pytest.raises(UserError, match="huruf yang salah") as refusal:
        pair_of_code(letters[:place] + letter + letters[place + 1 :])
    assert refusal.value.safe


@pytest.mark.parametrize("code", ["", CODE, "A" * 41, "-" * 40])
def test_letters_too_few_or_too_many(code: str) -> None:
    with pytest.raises(UserError, match=r"itu \d+ huruf") as refusal:
        pair_of_code(code)
    assert "40 huruf" in refusal.value.todo


@pytest.mark.parametrize("strange", ["9" * 40, "É" * 40])
def test_a_letter_that_no_code_has(strange: str) -> None:
    with pytest.raises(UserError, match="huruf yang salah"):
        pair_of_code(strange)
