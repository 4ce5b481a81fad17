"""A search finds names and numbers, however they are written."""

import pytest

from ult_desktop.base.searching import holds_all, search_words, searchable


@pytest.mark.parametrize(
    ("shown", "sought"),
    [
        ("Nur\u2019aini", "NURAINI"),
        ("Nur'aini", "nur\u02bcaini"),
        ("José Ximenes", "jose"),
        ("A012, Siti Rahmawati, S.Pd.", "rahmawati siti"),
        ("S.Pd.", "s.pd"),
        ("tercatat +62 812-3456-7890", "0812 3456 7890"),
        ("081234567890", "0812-3456 7890"),
        ("0552-21234", "055221234"),
        ("12-13 November", "12-13"),
    ],
)
def test_it_is_found(shown: str, sought: str) -> None:
    assert holds_all(searchable(shown), search_words(sought))


def test_what_is_not_there_is_not_found() -> None:
    assert not holds_all(searchable("Siti Rahmawati"), search_words("siti dewi"))
    assert holds_all(searchable("Siti"), search_words("  "))
