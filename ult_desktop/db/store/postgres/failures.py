"""The meaning of the server's errors: as SQLite's, whose codes the store knows, or in words for a person.

The store waits, reopens or refuses by the code. What only a person can correct (a wrong password, a server
without TLS) is a `UserError` at once.
"""

import re
import sqlite3
from pathlib import Path

import psycopg

from ult_desktop.base import UserError, _
from ult_desktop.db.store.errors import WritesBlocked

_CODES = {
    **dict.fromkeys(("55P03", "40001", "40P01"), sqlite3.SQLITE_BUSY),
    **dict.fromkeys(("XX001", "XX002"), sqlite3.SQLITE_CORRUPT),
    "57014": sqlite3.SQLITE_INTERRUPT,
    "53100": sqlite3.SQLITE_FULL,
    "25006": sqlite3.SQLITE_READONLY,
    "25P03": sqlite3.SQLITE_IOERR,  # the PC slept within its transaction, and the server ended it
}
_BY_CLASS = {
    **dict.fromkeys(("08", "53", "57", "58", ""), sqlite3.SQLITE_IOERR),
    **dict.fromkeys(("23", "P0"), sqlite3.SQLITE_CONSTRAINT),
}
_TOO_LARGE = "22003"
_NO_RIGHT = "42501"
# For a failed connection libpq gives words alone, no code.
_UNPROVED = re.compile(r"certificate|does not support SSL|SSL error(?!: unexpected eof)")
_NO_ENTRY = re.compile(r" does not exist|authentication failed|no pg_hba\.conf entry|no password supplied")


def described(error: psycopg.Error, path: Path, *, connecting: bool = False) -> Exception:
    """Return the exception for a failure at the office of `path`.

    A server that crashes breaks TLS off too: only while `connecting` does that say something of its proof.
    """
    state, words = error.sqlstate or "", str(error).strip()
    if isinstance(error, psycopg.DataError) and state in ("", _TOO_LARGE):
        return OverflowError(words)  # a NUL in a text, a number beyond 64 bits: never sent, or refused
    if refused := _no_right(state, words, path.stem) or (connecting and _not_let_in(words, path.stem)):
        return refused
    code = _CODES.get(state, _BY_CLASS.get(state[:2], sqlite3.SQLITE_ERROR))
    broken = code == sqlite3.SQLITE_CONSTRAINT
    told = (sqlite3.IntegrityError if broken else sqlite3.OperationalError)(words)
    told.sqlite_errorcode = code
    return told


def _no_right(state: str, words: str, name: str) -> UserError | None:
    if state != _NO_RIGHT:
        return None
    return _blocked(
        _("Akun pada alamat server {name} tidak berhak melakukan itu ({error}).").format(
            name=name, error=words
        ),
        _("Yang membuat dan memperbarui kantor adalah akun pemilik basis datanya; minta petugas TI."),
    )


def _not_let_in(words: str, name: str) -> UserError | None:
    if _UNPROVED.search(words):
        return _blocked(
            _("Sambungan ke {name} tidak terbukti aman ({error}).").format(name=name, error=words),
            _("Sebut berkas sertifikat kantor pada alamat server (sslrootcert=…), dan namanya yang tepat."),
        )
    if _NO_ENTRY.search(words):
        return _blocked(
            _("Server tidak mengizinkan masuk: {name} ({error}).").format(name=name, error=words),
            _("Periksa akun, kata sandi, dan nama basis data pada alamat server."),
        )
    return None


def _blocked(what: str, todo: str) -> WritesBlocked:
    return WritesBlocked(what, _("Tidak ada yang berubah."), todo)
