"""Masks tell people apart and reach nobody; a number is one number however it is written."""

import pytest

from ult_desktop.base.i18n import languages, use_language
from ult_desktop.core.personal import PersonalKind, is_masked, mask_text, phone_key, sealed_word


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
    assert mask_text(text, kind) == seen


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


@pytest.mark.parametrize("kind", [kind for kind in PersonalKind if kind is not PersonalKind.GROUND])
@pytest.mark.parametrize(
    "text",
    [
        "081234567678",
        "+62 812 3456 7678",
        "551234",
        "ext.",
        "dedi@gmail.com",
        "@gmail.com",
        "Jl. 7",
        "•••• •",
    ],
)
def test_a_mask_is_known_for_one(text: str, kind: PersonalKind) -> None:
    mask = mask_text(text, kind)
    assert is_masked(mask) or mask == text, "a mere name is shown"


@pytest.mark.parametrize("language", languages())
def test_the_word_for_it_is_known_in_every_language(language: str) -> None:
    """Read in one language, given back in another."""
    use_language(language)
    word = sealed_word()
    use_language("id")
    assert is_masked(word)


@pytest.mark.parametrize(
    "said", ["081234567678", "Dinas • Bidang SMP", "•", "a•b@x.id", "Perihal: •••• dan", "Segel"]
)
def test_what_people_write_with_dots_is_no_mask(said: str) -> None:
    assert not is_masked(said)
