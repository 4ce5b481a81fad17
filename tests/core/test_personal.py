"""Masks tell people apart and reach nobody; a number is one number however it is written."""

import pytest

from ult_desktop.core.personal import PersonalKind, is_hidden, masked, phone_key, sealed_word


@pytest.mark.parametrize(
    ("text", "kind", "seen"),
    [
        ("0812-3456-7678", PersonalKind.PHONE, "0812••••678"),
        ("+62 812 3456 7678", PersonalKind.PHONE, "+628••••678"),
        ("551234", PersonalKind.PHONE, "••••34"),
        ("dedi.k@gmail.com", PersonalKind.EMAIL, "d•••@gmail.com"),
        ("1234", PersonalKind.NUMBER, "••••"),
        ("Jl. Mulawarman 7", PersonalKind.WORDS, "J•••"),
        ("dedi@gmail.com", PersonalKind.CONTACT, "d•••@gmail.com"),
        ("081234567678", PersonalKind.CONTACT, "0812••••678"),
        ("Bu Sri, Jl. Mawar 081234567678", PersonalKind.CONTACT, "B•••"),
        ("Bu Sri", PersonalKind.CONTACT, "Bu Sri"),
        ("", PersonalKind.PHONE, ""),
    ],
)
def test_what_is_left_to_be_seen(text: str, kind: PersonalKind, seen: str) -> None:
    assert masked(text, kind) == seen


@pytest.mark.parametrize(
    "written",
    [
        "0812 3456 789",
        "+62812-3456-789",
        "62 (812) 3456789",
        "0062812 3456 789",
        "8123456789",
        "+62 0812 3456789",
    ],
)
def test_one_number_however_it_is_written(written: str) -> None:
    assert phone_key(written) == "628123456789"


@pytest.mark.parametrize("no_number", ["", "0812", "ext. 0812345678", "1" * 17, "tidak ada"])
def test_what_is_no_number_is_like_no_other(no_number: str) -> None:
    assert phone_key(no_number) == ""


def test_a_mask_is_known_for_one() -> None:
    assert is_hidden(masked("081234567678", PersonalKind.PHONE))
    assert is_hidden(sealed_word())
    assert not is_hidden("081234567678")
