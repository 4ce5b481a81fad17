"""A search finds names and numbers, however they are written."""

import pytest

from ult_desktop.core.searching import is_found, search_forms, searchable


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
        ("Siti Rahmawati", "Dr. Hj. Siti Rahmawati, S.Pd., M.Si."),
        ("Siti Nur Aini", "nuraini"),
        ("Rahmawati, Siti", "Siti, Rahmawati"),
        ("Ani, 0812••••890", "0812 3456-7890"),
        ("Ani, +628••••890", "081234567890"),
        ("Ani, 0812••••890", "+62 812 3456 7890"),
        ("Łukasz Ødegård", "lukasz odegard"),
        ("100% Guru", "%"),
        ("O.S. Siregar", "OS Siregar"),
        ("A\u200bni", "ani"),
        ("081234567890", "\u202a+62 812\u20113456\u20117890\u202c"),
        ("0812–3456–7890", "081234567890"),
        ("Zoe\u0308", "zoë"),
        ("\uff21\uff2e\uff29", "ani"),
        ("محمّد علي", "محمد"),
        ("I Gusti Ayu Putri", "gusti ayu"),
        ("I Wayan A", "a wayan"),
        ("Ahmad bin Ali", "ahmad ali"),
    ],
)
def test_it_is_found(shown: str, sought: str) -> None:
    assert is_found(searchable(shown), search_forms(sought))


def test_what_is_not_there_is_not_found() -> None:
    assert not is_found(searchable("Siti Rahmawati"), search_forms("siti dewi"))
    assert not is_found(searchable("Ani, 0812••••890"), search_forms("081234567891"))
    assert is_found(searchable("Siti"), search_forms("  "))
