"""The signed file of a summary: JSON with the office's key and its ed25519 signature over the summary."""

from base64 import b64decode, b64encode

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from ult_desktop.base import UserError, _
from ult_desktop.core.summary.summary import FORMAT, Summary

_MAGIC = b"ULT-REKAP-1\n"  # signed before the summary, so that no other signature of the key fits one
MOST_BYTES = 1_000_000


class BadSummary(UserError):
    """The error for a file that does not count as a summary; `why` is the reason in words."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why, _("Berkas itu tidak dihitung."), _("Mintalah berkas itu sekali lagi dari kantornya.")
        )


class _Format(msgspec.Struct, frozen=True):
    """The version of a file's format, which is read before the rest."""

    format: int


class _Signed(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a file; `key` and `signature` are base64."""

    format: int
    key: str
    signature: str
    summary: msgspec.Raw


class SignedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A summary with the public key (base64) whose signature it bears."""

    key: str
    summary: Summary


def signed(summary: Summary, seed: bytes) -> bytes:
    """Return the file of a summary; `seed` (32 bytes) makes the office's key."""
    key, told = SigningKey(seed), msgspec.json.encode(summary)
    file = _Signed(
        format=FORMAT,
        key=b64encode(key.verify_key.encode()).decode(),
        signature=b64encode(key.sign(_MAGIC + told).signature).decode(),
        summary=msgspec.Raw(told),
    )
    return msgspec.json.encode(file)


def read_signed(content: bytes) -> SignedSummary:
    """Return the summary of a file whose signature is that of the key in it.

    Raises BadSummary for a file of a later program, one that was altered, and one that is none.
    """
    try:
        if len(content) > MOST_BYTES:
            raise BadSummary(_("Berkasnya terlalu besar untuk sebuah rekap."))
        if msgspec.json.decode(content, type=_Format).format > FORMAT:
            raise BadSummary(_("Rekap ini dibuat oleh program yang lebih baru; perbarui program di sini."))
        file = msgspec.json.decode(content, type=_Signed)
        VerifyKey(b64decode(file.key, validate=True)).verify(
            _MAGIC + bytes(file.summary), b64decode(file.signature, validate=True)
        )
    except (CryptoError, TypeError) as error:
        raise BadSummary(_("Tanda tangannya tidak cocok: berkas ini diubah sesudah dibuat.")) from error
    except ValueError as error:
        raise BadSummary(_("Ini bukan rekap kantor, atau berkasnya terpotong.")) from error
    try:
        return SignedSummary(key=file.key, summary=msgspec.json.decode(file.summary, type=Summary))
    except msgspec.ValidationError as error:
        raise BadSummary(_("Isi rekapnya tidak lengkap.")) from error


def fingerprint(key: str) -> str:
    """Return a key as people compare it by telephone: 44 letters in groups of four."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))
