"""The keys behind the sealed text: pairs, wrapped private keys, the recovery code (kode pemulihan).

A recovery code is forty letters of RFC 4648 base32 in groups of five: 160 random bits, then a checksum of 40
bits that finds a typing error.
"""

import re
from base64 import b32decode, b32encode

import msgspec
import nacl.pwhash
import nacl.utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from ult_desktop.base import UserError, _
from ult_desktop.base.digests import blake2b, sha256
from ult_desktop.core.access.sealing import UnsealError

KEY_BYTES = 32
_ARGON = nacl.pwhash.argon2id
_SIZES = _ARGON.SALTBYTES, SecretBox.NONCE_SIZE + KEY_BYTES + SecretBox.MACBYTES  # salt, wrapped key
MAX_PASSES, MAX_MEMORY = 16, 1 << 30  # of Argon2id; memory in bytes
SEED_BYTES, CHECK_BYTES, GROUP = 20, 5, 5  # of a recovery code; GROUP is letters
LETTERS = (SEED_BYTES + CHECK_BYTES) * 8 // 5
# Base32 has no such digits (https://www.rfc-editor.org/rfc/rfc4648.html#section-6): people write them for
# letters that look alike.
_DIGITS_AS_LETTERS = str.maketrans({"0": "O", "1": "I", "8": "B"})
_COST_OF_HASH = re.compile(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$")


class KeyPair(msgspec.Struct, frozen=True):
    """An X25519 pair."""

    private: bytes
    public: bytes


class Secret(msgspec.Struct, frozen=True):
    """The secret of one generation: the office's private key, and the key of the blind index."""

    private: bytes
    index_key: bytes

    @property
    def public(self) -> bytes:
        """The public key of this generation."""
        return pair_of(self.private).public

    def sealed_for(self, public: bytes) -> bytes:
        """Return the secret sealed for the holder of the public key `public`."""
        return SealedBox(PublicKey(public)).encrypt(self.private + self.index_key)


class HashCost(msgspec.Struct, frozen=True):
    """The cost of Argon2id: passes, and bytes of memory."""

    passes: int = _ARGON.OPSLIMIT_INTERACTIVE
    memory: int = _ARGON.MEMLIMIT_INTERACTIVE


class WrappedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A private key that a password opens: a SecretBox whose key Argon2id derives from the password.

    `salt`, `passes` and `memory` (bytes) are the parameters of Argon2id.
    """

    salt: bytes
    passes: int
    memory: int
    wrapped: bytes

    @property
    def is_sound(self) -> bool:
        """Whether its sizes and cost are within what this program writes.

        A damaged or hostile row must not cost gigabytes of memory.
        """
        sizes = len(self.salt), len(self.wrapped)
        return sizes == _SIZES and 0 < self.passes <= MAX_PASSES and 0 < self.memory <= MAX_MEMORY


class OfficeKey(msgspec.Struct, frozen=True, kw_only=True):
    """A generation of the office's key. `made_at` UTC ms; `renewal_due`: an officer who holds it has left."""

    generation: int
    public: bytes
    made_at: int
    renewal_due: bool


def require_key_length(key: bytes) -> None:
    """Check that `key` has the length of an X25519 key, so that a caller's bug does not reach the file.

    Raises:
        ValueError: it has another length.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("not an X25519 key")


def new_pair() -> KeyPair:
    """Make a random pair."""
    return pair_of(nacl.utils.random(KEY_BYTES))


def pair_of(private: bytes) -> KeyPair:
    """Return the pair of a private key."""
    return KeyPair(private, PrivateKey(private).public_key.encode())


def new_secret(index_key: bytes | None = None) -> Secret:
    """Make the secret of a new generation, with the index key of the last one.

    All generations share the index key: with another one, people in old rows could not be found.
    """
    return Secret(new_pair().private, index_key or nacl.utils.random(KEY_BYTES))


def unseal(private: bytes, sealed: bytes) -> Secret:
    """Open a sealed secret. Raises UnsealError when it was sealed for another key, or altered."""
    try:
        plain = SealedBox(PrivateKey(private)).decrypt(sealed)
    except CryptoError as error:
        raise UnsealError("grant") from error
    # Anybody can seal for a public key: what opens need not be a secret of this office.
    if len(plain) != 2 * KEY_BYTES:
        raise UnsealError("grant")
    return Secret(plain[:KEY_BYTES], plain[KEY_BYTES:])


def cost_of(password_hash: str) -> HashCost:
    """Return the cost of a password's Argon2id hash; the usual cost for another text.

    A key is wrapped at this cost, so that guessing the password by it is no cheaper than by the hash.
    """
    match = _COST_OF_HASH.match(password_hash)
    return HashCost() if match is None else HashCost(passes=int(match[2]), memory=int(match[1]) * 1024)


def wrap(private: bytes, password: str, cost: HashCost) -> WrappedKey:
    """Wrap a private key, so that only this password opens it."""
    salt = nacl.utils.random(_ARGON.SALTBYTES)
    wrapped = SecretBox(_derive_key(password, salt, cost)).encrypt(private)
    return WrappedKey(salt=salt, passes=cost.passes, memory=cost.memory, wrapped=bytes(wrapped))


def unwrap(wrapped: WrappedKey, password: str) -> KeyPair:
    """Unwrap a private key and return its pair.

    Raises:
        UnsealError: the password is another, or the row is damaged.
    """
    if not wrapped.is_sound:
        raise UnsealError("private key")
    try:
        key = _derive_key(password, wrapped.salt, HashCost(passes=wrapped.passes, memory=wrapped.memory))
        return pair_of(SecretBox(key).decrypt(wrapped.wrapped))
    except CryptoError as error:
        raise UnsealError("private key") from error


def _derive_key(password: str, salt: bytes, cost: HashCost) -> bytes:
    return _ARGON.kdf(KEY_BYTES, password.encode(), salt, opslimit=cost.passes, memlimit=cost.memory)


def new_code() -> str:
    """Make a recovery code: "ABCDE-FGHIJ-…"."""
    seed = nacl.utils.random(SEED_BYTES)
    letters = b32encode(seed + _checksum(seed)).decode()
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def pair_of_code(code: str) -> KeyPair:
    """Return the pair of the recovery code, typed in small letters or capitals, with or without blanks.

    Raises:
        UserError: letters are missing or wrong.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum()).translate(_DIGITS_AS_LETTERS)
    if len(letters) != LETTERS:
        raise UserError(
            _("Kode pemulihan itu {n} huruf.").format(n=len(letters)),
            _("Tidak ada yang berubah."),
            _("Kode pemulihan terdiri dari {n} huruf: 8 kelompok berisi 5.").format(n=LETTERS),
        )
    try:
        decoded = b32decode(letters)
    except ValueError:
        raise _mistyped_code_error() from None
    seed, check = decoded[:SEED_BYTES], decoded[SEED_BYTES:]
    if check != _checksum(seed):
        raise _mistyped_code_error()
    return pair_of(blake2b(seed, KEY_BYTES, person=b"ult-recovery"))


def _checksum(seed: bytes) -> bytes:
    return sha256(seed)[:CHECK_BYTES]


def _mistyped_code_error() -> UserError:
    return UserError(
        _("Ada huruf yang salah pada kode pemulihan itu."),
        _("Tidak ada yang berubah."),
        _("Bandingkan lagi dengan kertasnya, huruf demi huruf."),
    )
