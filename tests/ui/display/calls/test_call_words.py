"""The words on the screen agree with what is said."""

from datetime import UTC, datetime

import msgspec
import pytest

from tests.ui.display.samples import call
from ult_desktop.base import i18n
from ult_desktop.ui.display.words import (
    CallGroup,
    call_caption,
    names_beside_sign,
    second_words,
    sign_words,
    spoken_on_screen,
)


def test_the_counter_is_named_by_its_number() -> None:
    assert sign_words(call(1, counter=12)) == "Loket 12"


def test_a_counter_with_a_name_of_its_own_shows_both() -> None:
    named = call(1, counter=3, counter_name="Loket Data")
    assert sign_words(named) == "Loket Data"
    assert second_words(named) == "Loket 3 · Informasi & Konsultasi"
    assert names_beside_sign(call(1, counter=3)) == ()
    i18n.use_language("en")
    assert names_beside_sign(call(1, counter=3)) == ()


@pytest.mark.parametrize(
    ("sign", "beside"),
    [
        ("Loket 4", ("Loket prioritas",)),
        ("Loket Data", ("Loket 4", "Loket prioritas")),
        ("Loket Prioritas", ("Loket 4",)),
    ],
)
def test_a_priority_counter_is_called_so_on_the_screen_too(sign: str, beside: tuple[str, ...]) -> None:
    named = call(1, counter=4, counter_name=sign)
    assert names_beside_sign(msgspec.structs.replace(named, counter_priority=True)) == beside


@pytest.mark.parametrize(
    ("attempt", "words"),
    [(1, "Nomor dipanggil"), (2, "Panggilan kedua"), (3, "Panggilan ketiga"), (4, "Panggilan ke-4")],
)
def test_a_recall_says_that_it_is_one(attempt: int, words: str) -> None:
    assert call_caption(CallGroup((call(1, attempt=attempt),))) == words


def test_a_late_call_says_when_it_was_made() -> None:
    at = datetime(2026, 11, 25, 11, 42, tzinfo=UTC)
    second = CallGroup((call(1, attempt=2),), late_since=at)
    assert call_caption(second) == "Panggilan kedua pukul 11.42"
    assert spoken_on_screen(second).startswith("Panggilan kedua pukul 11.42, A012")


def test_the_service_is_named_in_the_language_of_the_screen() -> None:
    i18n.use_language("en")
    assert second_words(call(1)).endswith("Information & Advice")


def test_a_call_reads_as_one_line() -> None:
    assert spoken_on_screen(CallGroup((call(1),))) == "Nomor dipanggil, A012, Loket 2, Informasi & Konsultasi"


def test_two_papers_with_one_number_are_told_apart_by_their_kiosk() -> None:
    twin = msgspec.structs.replace(call(1, "AK01"), series="AK/2", origin="kios-2, 09.05")
    assert second_words(twin) == "Karcis dari kios-2, 09.05 · Informasi & Konsultasi"
    assert "kios-2" in spoken_on_screen(CallGroup((twin,)))
    assert "kios-2" not in second_words(msgspec.structs.replace(twin, series="AK"))
