"""Text arrives whole, in one code page."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.devices.printer.layout import sanitise, wrap_text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Informasi & Konsultasi", "Informasi & Konsultasi"),
        ("± 12 menit · é", "± 12 menit · é"),
        ("\u2018a\u2019 \u201cb\u201d \u2013 \u2014 \u2026 \u2022 ★", "'a' \"b\" - - ... · *"),
        ("Şevval Łódź", "Sevval ?ódz"),
        ("a\u0301 x\u0323", "á x"),
        ("日本", "??"),
        ("a\tb\nc\x07\x1b@", "a b c@"),
    ],
)
def test_characters(text: str, printed: str) -> None:
    assert sanitise(text) == printed


@given(st.text())
def test_anything_becomes_printable_in_the_code_page(text: str) -> None:
    encoded = sanitise(text).encode("cp437")
    assert all(byte >= 0x20 and byte != 0x7F for byte in encoded)


@given(st.text(), st.integers(1, 48))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str, columns: int) -> None:
    lines = wrap_text(text, columns)
    assert all(len(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(sanitise(text).split())


def test_lines_are_of_much_the_same_length() -> None:
    assert wrap_text("Harap menunggu nomor Anda dipanggil.", 32) == (
        "Harap menunggu nomor",
        "Anda dipanggil.",
    )


def test_a_bracket_parts_a_line_that_does_not_fit() -> None:
    ahead = "Menunggu di depan Anda: 3 (10-20 menit)"
    assert wrap_text(ahead, 42) == (ahead,)
    assert wrap_text(ahead, 32) == ("Menunggu di depan Anda: 3", "(10-20 menit)")


def test_two_spaces_part_a_line_that_does_not_fit() -> None:
    issued = "Sabtu, 21 November 2026  09.41 WITA"
    assert wrap_text(issued, 42) == (issued,)
    assert wrap_text(issued, 32) == ("Sabtu, 21 November 2026", "09.41 WITA")


def test_a_number_keeps_its_word() -> None:
    assert wrap_text("Menunggu 12 orang di depan", 20) == ("Menunggu 12 orang", "di depan")
