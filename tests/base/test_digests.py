"""The digests are the ones that everybody knows: what was written with another library stays true."""

import hashlib

import pytest

from ult_desktop.base.digests import blake2b, sha256

TEXTS = (b"", b"Dedi", bytes(range(256)) * 40)


@pytest.mark.parametrize("text", TEXTS)
def test_sha256(text: bytes) -> None:
    assert sha256(text) == hashlib.sha256(text).digest()


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [8, 16, 32])
@pytest.mark.parametrize(("key", "person"), [(b"", b""), (b"k" * 32, b""), (b"", b"ult-hint")])
def test_blake2b(text: bytes, size: int, key: bytes, person: bytes) -> None:
    expected = hashlib.blake2b(text, digest_size=size, key=key, person=person).digest()
    assert blake2b(text, size, key=key, person=person) == expected
