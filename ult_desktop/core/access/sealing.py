"""Sealed text: the office's public key seals it, only a keyring opens it (PyNaCl sealed boxes).

It is written as "s1:<generation of the key>:<base64>".
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from ult_desktop.base.digests import blake2b

_OVERHEAD = 64  # letters: the 48 bytes that a sealed box adds; a shorter text is not sealed
_SEALED = re.compile(rf"s1:([0-9]{{1,9}}):([A-Za-z0-9_-]{{{_OVERHEAD},}}={{0,2}})")
INDEX_BYTES = 16  # of the blind index
SEED_BYTES = 32  # of the signing key
_SIGNING = b"signing"  # keeps the seed of the signing key apart from the blind index
MAX_OPENED = 5000  # texts kept in clear, for lists are read again at every change of the office


class UnsealError(ValueError):
    """The error for sealed content that no key here opens, or that was altered."""


class Seal:
    """The public key of one generation, by which every station seals text, kiosks too."""

    def __init__(self, generation: int, public: bytes) -> None:
        self.generation = generation
        self._box = SealedBox(PublicKey(public))

    def seal_text(self, text: str) -> str:
        """Seal `text`; "" stays "", and sealed text stays as it is."""
        return text if is_sealed(text) else self.seal_personal(text)

    def seal_personal(self, text: str) -> str:
        """Seal `text` in any case, also if somebody typed what looks like sealed text."""
        sealed = urlsafe_b64encode(self._box.encrypt(text.encode())).decode()
        return f"s1:{self.generation}:{sealed}" if text else ""

    def has_sealed(self, text: str) -> bool:
        """Return whether `text` is sealed under a generation that the office has: up to this one."""
        # Anybody can type text that looks sealed; its generation is then one that the office may not have.
        match = _SEALED.fullmatch(text)
        return match is not None and 0 < int(match[1]) <= self.generation

    def seal_bytes(self, content: bytes) -> bytes:
        """Seal the content of a file; unlike sealed text it has no prefix."""
        return self._box.encrypt(content)


class Keyring:
    """The keys that an officer's sign-in opens: the private keys by generation, and the blind index's key."""

    def __init__(self, privates: Mapping[int, bytes], index_key: bytes) -> None:
        self._boxes = {generation: SealedBox(PrivateKey(key)) for generation, key in privates.items()}
        self._index_key = index_key
        self._opened: dict[str, str] = {}

    def open(self, text: str) -> str:
        """Open sealed text; return text that is not sealed as it is.

        Raises:
            UnsealError: no key fits.
        """
        if (opened := self._opened.get(text)) is not None:
            return opened
        match = _SEALED.fullmatch(text)
        if match is None:
            return text
        if len(self._opened) >= MAX_OPENED:
            # All are forgotten at once: the next list that is read opens again what it shows.
            self._opened.clear()
        try:
            clear = self._boxes[int(match[1])].decrypt(urlsafe_b64decode(match[2])).decode()
        except (KeyError, ValueError, CryptoError) as error:
            raise UnsealError(match[0][:12]) from error
        self._opened[text] = clear
        return clear

    def open_bytes(self, content: bytes) -> bytes:
        """Open sealed bytes, the newest generation first. Raises UnsealError."""
        # Sealed bytes have no prefix that names their generation.
        for _generation, box in sorted(self._boxes.items(), reverse=True):
            try:
                return box.decrypt(content)
            except CryptoError:
                continue
        raise UnsealError("bytes")

    def blind_index(self, text: str) -> str:
        """Return the blind index of a text: 32 hex digits (keyed BLAKE2b), equal for equal texts.

        Without the key they reveal nothing of the text.
        """
        return blake2b(text.encode(), INDEX_BYTES, key=self._index_key).hex()

    @property
    def signing_seed(self) -> bytes:
        """The seed of the office's signing key, the same after its keys are renewed."""
        return blake2b(b"", SEED_BYTES, key=self._index_key, person=_SIGNING)


def is_sealed(text: str) -> bool:
    """Return whether `text` has the form of sealed text."""
    return _SEALED.fullmatch(text) is not None
