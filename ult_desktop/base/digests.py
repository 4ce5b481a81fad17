"""SHA-256 and BLAKE2b from libsodium, which seals personal text in every mode.

Python's own `hashlib` and `secrets` load OpenSSL for them: 3.3 MiB of every station.
"""

from collections.abc import Iterable

from nacl import bindings, hash as sodium
from nacl.encoding import RawEncoder


def sha256(data: bytes) -> bytes:
    return sodium.sha256(data, RawEncoder)


def blake2b(data: bytes, size: int, *, key: bytes = b"", person: bytes = b"") -> bytes:
    """Return a digest of `size` bytes; with another `key` or `person` the same data has another digest."""
    return sodium.blake2b(data, size, key, person=person, encoder=RawEncoder)


def blake2b_of(chunks: Iterable[bytes]) -> bytes:
    """Return the digest (32 bytes) of all chunks in a row; no chunk is kept in memory."""
    state = bindings.crypto_generichash_blake2b_init()
    for chunk in chunks:
        bindings.crypto_generichash_blake2b_update(state, chunk)
    return bindings.crypto_generichash_blake2b_final(state)
