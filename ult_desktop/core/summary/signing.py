"""The signed file of a summary: JSON with the office's key and its ed25519 signature over the summary."""

from base64 import b64decode, b64encode

import msgspec
from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from ult_desktop.base import UserError, _
from ult_desktop.core.summary.summary import FORMAT, Summary

_MAGIC = b"ULT-REKAP-1\n"  # signed together with a summary: no signature over something else fits one
MAX_BYTES = 1_000_000  # of a file


class BadSummary(UserError):
    """The error for a file that does not count as a summary; `why` is the reason in words."""

    def __init__(self, why: str) -> None:
        super().__init__(
            why, _("Berkas itu tidak dihitung."), _("Mintalah berkas itu sekali lagi dari kantornya.")
        )


class _FormatVersion(msgspec.Struct, frozen=True):
    """The version of a file's format, which is read before the rest."""

    format: int


class _SignedFile(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a file; `key` and `signature` are base64."""

    format: int
    key: str
    signature: str
    summary: msgspec.Raw


class SignedSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A summary with the public key (base64) whose signature it bears."""

    key: str
    summary: Summary


def sign(summary: Summary, seed: bytes) -> bytes:
    """Return the file of a summary; `seed` (32 bytes) makes the office's key."""
    key, content = SigningKey(seed), msgspec.json.encode(summary)
    file = _SignedFile(
        format=FORMAT,
        key=b64encode(key.verify_key.encode()).decode(),
        signature=b64encode(key.sign(_MAGIC + content).signature).decode(),
        summary=msgspec.Raw(content),
    )
    return msgspec.json.encode(file)


def read_signed(content: bytes) -> SignedSummary:
    """Read the file of a summary, and check that its signature is by the key in it.

    Raises BadSummary if the file was made by a newer program, was altered, or is no summary.
    """
    try:
        if len(content) > MAX_BYTES:
            raise BadSummary(_("Berkasnya terlalu besar untuk sebuah rekap."))
        if msgspec.json.decode(content, type=_FormatVersion).format > FORMAT:
            raise BadSummary(_("Rekap ini dibuat oleh program yang lebih baru; perbarui program di sini."))
        file = msgspec.json.decode(content, type=_SignedFile)
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
    return " ".join(key[begin : begin + 4] for begin in range(0, len(key), 4))
