"""Typed text is what is seen of it."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.free_text import normalise_line, strip_invisible


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Dedi \t Kurniawan\n", "Dedi Kurniawan"),
        ("De\0di\a", "Dedi"),
        ("Dedi\x1b@", "Dedi@"),
        ("Dedi \x07 Kurniawan", "Dedi Kurniawan"),
        ("De\u200bdi\u00ad", "Dedi"),
        ("\u200b\ufeff \u2060\u200d\u200c", ""),
        (
            "\u0645\u06cc\u200c\u062e \u0dc1\u0dca\u200d\u0dbb",
            "\u0645\u06cc\u200c\u062e \u0dc1\u0dca\u200d\u0dbb",
        ),
        ("\u202eidD\u202c \u2066x\u2069\u200f", "idD x"),
        ("Ni Luh Ayu Dwi Lestari, S.Pd.", "Ni Luh Ayu Dwi Lestari, S.Pd."),
    ],
)
def test_a_line_is_tidied(text: str, kept: str) -> None:
    assert normalise_line(text) == kept


def test_lines_and_tabs_stay() -> None:
    assert strip_invisible("satu\r\n\tdua\x00") == "satu\n\tdua"


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    left = normalise_line(text)
    assert [c for c in left if unicodedata.category(c) == "Cc"] == []
    assert normalise_line(left) == left
