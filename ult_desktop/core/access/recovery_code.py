"""The recovery code (kode pemulihan): a key on paper, for when nobody's password opens anything any more.

Forty letters of RFC 4648 base32 in groups of five: 160 random bits, then 40 that find a slip of the pen.
"""

import hashlib
from base64 import b32decode, b32encode

import nacl.utils

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.keys import KEY_BYTES, KeyPair, pair_of

SEED_BYTES, CHECK_BYTES, GROUP = 20, 5, 5
LETTERS = (SEED_BYTES + CHECK_BYTES) * 8 // 5
# What people write for a letter of the alphabet that has no such digits.
_MEANT = str.maketrans({"0": "O", "1": "I", "8": "B"})


def new_code() -> str:
    seed = nacl.utils.random(SEED_BYTES)
    letters = b32encode(seed + _check(seed)).decode()
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def pair_of_code(code: str) -> KeyPair:
    """The pair that the code stands for, however it was typed.

    Raises:
        UserError: letters are missing or wrong.
    """
    letters = "".join(letter for letter in code.upper() if letter.isalnum()).translate(_MEANT)
    if len(letters) != LETTERS:
        raise UserError(
            _("Kode pemulihan itu {n} huruf.").format(n=len(letters)),
            _("Tidak ada yang berubah."),
            _("Kode pemulihan terdiri dari {n} huruf: 8 kelompok berisi 5.").format(n=LETTERS),
        )
    try:
        found = b32decode(letters)
    except ValueError:
        raise _mistyped() from None
    seed, check = found[:SEED_BYTES], found[SEED_BYTES:]
    if check != _check(seed):
        raise _mistyped()
    return pair_of(hashlib.blake2b(seed, digest_size=KEY_BYTES, person=b"ult-recovery").digest())


def _check(seed: bytes) -> bytes:
    return hashlib.sha256(seed).digest()[:CHECK_BYTES]


def _mistyped() -> UserError:
    return UserError(
        _("Ada huruf yang salah pada kode pemulihan itu."),
        _("Tidak ada yang berubah."),
        _("Bandingkan lagi dengan kertasnya, huruf demi huruf."),
    )
