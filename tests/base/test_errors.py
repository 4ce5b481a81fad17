"""The one error that a person can act on."""

import pytest

from ult_desktop.base.errors import UserError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UserError("Kertas habis."), "Kertas habis."),
        (UserError("Kertas habis.", todo="Pasang rol."), "Kertas habis. Pasang rol."),
        (UserError("Kertas habis.", "Nomor tetap.", "Pasang rol."), "Kertas habis. Nomor tetap. Pasang rol."),
    ],
)
def test_its_words_are_what_happened_what_is_safe_and_what_to_do(error: UserError, words: str) -> None:
    assert str(error) == words
    assert error.what == "Kertas habis."
