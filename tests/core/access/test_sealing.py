"""Sealed text: the public key closes, only a keyring opens, and a number is found again blindly."""

import pytest
from hypothesis import given, strategies as st

from ult_desktop.core.access import sealing
from ult_desktop.core.access.keys import new_secret
from ult_desktop.core.access.sealing import INDEX_BYTES, SEED_BYTES, Keyring, Seal, UnsealError, is_sealed

ONE, TWO = new_secret(), new_secret()
SEAL, NEXT = Seal(1, ONE.public), Seal(2, TWO.public)
FIRST = Keyring({1: ONE.private}, ONE.index_key)
BOTH = Keyring({1: ONE.private, 2: TWO.private}, ONE.index_key)


@given(st.text(min_size=1))
def test_what_is_closed_opens_as_it_was(text: str) -> None:
    closed = SEAL.seal_text(text)
    if not is_sealed(text):
        assert text not in closed or len(text) < 4
        assert is_sealed(closed)
    assert FIRST.open(closed) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert SEAL.seal_text("081234567890") != SEAL.seal_text("081234567890")


def test_nothing_stays_nothing_and_sealed_stays_sealed() -> None:
    assert SEAL.seal_text("") == ""
    closed = SEAL.seal_text("Siti")
    assert NEXT.seal_text(closed) == closed
    assert FIRST.open("Siti") == "Siti", "text from before there were keys"


@pytest.mark.parametrize("broken", ["s1:1:" + "A" * 80, "s1:7:" + "A" * 80, "s1:1:" + "A" * 81])
def test_what_no_key_opens_is_told(broken: str) -> None:
    with pytest.raises(UnsealError, match="s1:"):
        FIRST.open(broken)


@pytest.mark.parametrize("typed", ["s1:1:3271234567890123", "s1:1:AAAA", "s1:1:" + "A" * 63])
def test_what_is_too_short_to_be_sealed_was_typed(typed: str) -> None:
    assert not is_sealed(typed)
    assert FIRST.open(SEAL.seal_text(typed)) == FIRST.open(typed) == typed


def test_only_generations_that_there_are_were_sealed_here() -> None:
    assert [seal.has_sealed(NEXT.seal_text("Budi")) for seal in (SEAL, NEXT)] == [False, True]
    assert NEXT.has_sealed(SEAL.seal_text("Budi"))
    assert not NEXT.has_sealed("s1:0:" + "A" * 80)
    assert BOTH.open(SEAL.seal_personal(NEXT.seal_text("Budi"))) != "Budi"
    assert SEAL.seal_personal("") == ""


def test_an_altered_letter_is_noticed() -> None:
    closed = SEAL.seal_text("Jalan Merdeka 1")
    place = len(closed) // 2
    altered = closed[:place] + ("A" if closed[place] != "A" else "B") + closed[place + 1 :]
    with pytest.raises(UnsealError):
        FIRST.open(altered)


def test_an_older_keyring_opens_nothing_newer() -> None:
    closed = NEXT.seal_text("Budi")
    assert BOTH.open(closed) == "Budi"
    with pytest.raises(UnsealError):
        FIRST.open(closed)


def test_bytes_of_every_generation() -> None:
    for seal in (SEAL, NEXT):
        assert BOTH.open_bytes(seal.seal_bytes(b"%PDF")) == b"%PDF"
    with pytest.raises(UnsealError, match="bytes"):
        FIRST.open_bytes(NEXT.seal_bytes(b"%PDF"))


def test_the_index_finds_and_tells_nothing() -> None:
    blind_index = FIRST.blind_index("6281234567890")
    assert blind_index == BOTH.blind_index("6281234567890"), "the same after the keys were renewed"
    assert blind_index != FIRST.blind_index("6281234567891")
    assert len(blind_index) == 2 * INDEX_BYTES
    assert blind_index != Keyring({1: ONE.private}, TWO.index_key).blind_index("6281234567890")


def test_only_so_much_is_remembered_of_what_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "MAX_OPENED", 2)
    ring = Keyring({1: ONE.private}, ONE.index_key)
    closed = [SEAL.seal_text(f"081{n}") for n in range(3)]
    assert [ring.open(text) for text in (*closed, *closed)] == ["0810", "0811", "0812"] * 2
    assert len(ring._opened) <= 2


def test_the_signing_key_outlives_renewed_keys_and_is_the_offices_own() -> None:
    assert FIRST.signing_seed == BOTH.signing_seed
    assert FIRST.signing_seed != Keyring({1: ONE.private}, TWO.index_key).signing_seed
    assert len(FIRST.signing_seed) == SEED_BYTES
