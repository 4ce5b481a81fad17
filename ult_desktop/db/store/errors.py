"""The meaning of SQLite's errors on a share, and the words in which people read them."""

import glob
import os
import sqlite3
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.migrations import BASELINE
from ult_desktop.db.store.server_address import describe_repair, is_server

SAFE = "Semua yang sudah tersimpan tetap aman."
# The errors of a file's content: JSON that no program wrote or that nests too deep, text that is no UTF-8.
UNREADABLE = (UnicodeDecodeError, msgspec.MsgspecError, RecursionError)


class ShareUnreachable(UserError):
    """The error that the share does not answer.

    Until it is back, nobody knows whether the last write happened.
    """


class OfficeGone(ShareUnreachable):
    """The error that the office file is gone, while files that belong to it are there: it can be restored."""


class FileExchanged(ShareUnreachable):
    """The error that another file was renamed over the open one: only a new connection reads the other."""


class WritesBlocked(UserError):
    """The refusal of all writes from here until a person has acted; reading may go on."""


class DamagedFile(WritesBlocked):
    """The file is not what it should be after reopening (docs/store.md, rule 7), or is flagged as such."""


class Unwritable(WritesBlocked):
    """The disk is full, or closed to writing: a kiosk goes on alone until there is room again."""


class UntrustedLocks(WritesBlocked):
    """The error that another computer and this one do not see each other's locks (docs/store.md, rule 3)."""


UNSTORABLE = (OverflowError, UnicodeEncodeError)
"""The errors of a value that cannot be stored: a number beyond 64 bits, half a character."""


def value_unstorable() -> UserError:
    return UserError(
        _("Ada angka yang terlalu besar atau huruf yang rusak dalam isian itu."),
        _("Tidak ada yang berubah."),
        _("Periksa nomor atau teks yang diisi, lalu ulangi."),
    )


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, without the extended bits; 0 when the driver gave none."""
    # The low byte of an extended code is its primary code: https://www.sqlite.org/rescode.html. The attribute
    # is missing where the driver itself raised the error.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_interrupted(error: sqlite3.Error) -> bool:
    """Return whether a statement was interrupted.

    SQLite reports one that comes while it opens a virtual table (a pragma that is read as a table; a full
    text index, which a check of the pages opens since 3.44) as an ordinary error of that table. A damaged
    index has a code of damage, or words of its own.
    """
    # WORKAROUND seen with SQLite 3.40 and later: `sqlite3_declare_vtab` turns SQLITE_INTERRUPT into
    # SQLITE_ERROR "interrupted", and an index that is not opened into "vtable constructor failed". No report
    # is known. It can go when every SQLite that is shipped reports the interruption.
    if primary_code(error) == sqlite3.SQLITE_ERROR:
        return str(error).startswith(("interrupted", "vtable constructor failed"))
    return primary_code(error) == sqlite3.SQLITE_INTERRUPT


def is_busy(error: sqlite3.Error) -> bool:
    return primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_bug(error: sqlite3.Error) -> bool:
    """Return whether a rule was broken or SQL is wrong: neither waiting nor reopening helps."""
    return isinstance(error, sqlite3.ProgrammingError) or primary_code(error) in (
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_CONSTRAINT,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_MISUSE,
        sqlite3.SQLITE_RANGE,
    )


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether pages are bad, or text is no UTF-8, which the driver reports without a code."""
    # CPython raises "Could not decode to UTF-8 column" by itself, so that error has no code of SQLite:
    # https://docs.python.org/3/library/sqlite3.html#sqlite3.Connection.text_factory
    is_bad_text = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    return is_bad_text or primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def may_be_old_size(error: sqlite3.Error) -> bool:
    """Return whether the damage may be none: a PC that believes an old size of the file meets this error.

    SQLite reports SQLITE_CORRUPT, without a closer code, for a file that is shorter than its header says.
    """
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT


def is_unreadable(error: Exception) -> bool:
    """Return whether the pages are whole, but their content cannot be read."""
    return isinstance(error, UNREADABLE) or (
        # SQLite's JSON functions raise a plain SQLITE_ERROR for what is no JSON: only the words tell it from
        # wrong SQL. https://www.sqlite.org/json1.html
        isinstance(error, sqlite3.OperationalError) and str(error) == "malformed JSON"
    )


def is_final(error: sqlite3.Error) -> bool:
    """Return whether only a person can help: there is no use in keeping the visitor waiting.

    A file that was replaced (a restored backup) is read-only to the old connection alone: reopening helps.
    """
    # https://www.sqlite.org/rescode.html#readonly_dbmoved
    is_replaced = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED
    return not is_replaced and primary_code(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)


def describe_failure(error: sqlite3.Error, path: str, holder: str = "") -> UserError:
    """Return the failure of `path` in words; `holder` names the stations that keep the file busy."""
    code = primary_code(error)
    if is_busy(error):
        return ShareUnreachable(
            _("Berkas kantor sedang dipakai {holder} terlalu lama.").format(
                holder=holder or _("stasiun lain")
            ),
            _(SAFE),
            _("Tunggu sebentar lalu ulangi; jika terus terjadi, mulai ulang komputer itu."),
        )
    if code == sqlite3.SQLITE_FULL:
        return Unwritable(
            _("Penyimpanan penuh; {path} tidak dapat ditulisi.").format(path=path),
            _(SAFE),
            _("Kosongkan ruang di komputer yang menyimpan berkas itu."),
        )
    if code == sqlite3.SQLITE_READONLY or (code == sqlite3.SQLITE_IOERR and _is_journal_read_only(path)):
        return Unwritable(
            _("{path} hanya dapat dibaca.").format(path=path),
            _(SAFE),
            _("Minta petugas TI memberi hak tulis pada folder itu dan isinya."),
        )
    if is_damage(error):
        return file_damaged(path, error)
    if is_server(Path(path)):
        name = Path(path).stem
        return ShareUnreachable(
            _("Server tidak menjawab: {path} ({error}).").format(path=name, error=error),
            _(SAFE),
            _("Program menyambung kembali sendiri; periksa kabel jaringan dan server."),
            public=_("Server tidak menjawab: {path}.").format(path=name),
        )
    return ShareUnreachable(
        _("Folder bersama tidak menjawab: {path} ({error}).").format(path=path, error=error),
        _(SAFE),
        _("Program menyambung kembali sendiri; periksa kabel jaringan dan komputer penyimpan."),
    )


def file_damaged(path: str, error: object) -> DamagedFile:
    return DamagedFile(
        _("{path} bukan berkas kantor yang utuh ({error}).").format(path=path, error=error),
        _("Berkas itu tidak disentuh lagi."),
        describe_repair(
            Path(path), _("Hubungi petugas TI: `ult-desktop repair`; jangan menghapus berkas itu.")
        ),
    )


def _is_journal_read_only(path: str) -> bool:
    """Return whether SQLite's journal is there and this user may not write it.

    SQLite reports that as an I/O error.
    """
    journal = f"{path}-journal"
    # Of the effective account, which is the one that writes. Windows has no such account, and `os.access`
    # raises there where it is asked for one.
    by_effective = os.access in os.supports_effective_ids
    return os.access(journal, os.F_OK) and not os.access(journal, os.W_OK, effective_ids=by_effective)


def doubtful_date(now: int, *newest: int) -> UserError:
    """Return the refusal to delete anything old, because the `newest` entries contradict the time `now`.

    All are UTC ms; a 0 among `newest` is no entry (docs/store.md, rule 17).
    """
    return UserError(
        _(
            "Yang lama tidak dihapus: menurut jam sekarang {now}, catatan atau cadangan terakhir {newest}."
        ).format(now=on_this_pc(now), newest=", ".join(on_this_pc(at) for at in newest if at)),
        _("Cadangan dan catatan yang ada tetap utuh."),
        _(
            "Periksa tanggal dan jam komputer penyimpan. Bila benar, pastikan dengan"
            " `ult-desktop office confirm-time`."
        ),
    )


def too_slow(path: str) -> UserError:
    return ShareUnreachable(
        _("{path} menjawab terlalu lambat.").format(path=path),
        _("Yang terakhir belum tersimpan; semua yang sudah tersimpan tetap aman."),
        _("Ulangi sebentar lagi; periksa jaringan dan komputer penyimpan."),
    )


def not_an_office(path: str) -> WritesBlocked:
    return WritesBlocked(
        _("{path} bukan berkas kantor ult-desktop.").format(path=path),
        _("Berkas itu tidak diubah."),
        _("Periksa alamatnya, atau siapkan PC ini lagi: `ult-desktop setup`."),
    )


def needs_a_file() -> UserError:
    return UserError(
        _("Kantor ini di server PostgreSQL; itu hanya untuk berkas kantor."),
        _("Tidak ada yang berubah."),
        _("Cadangkan dan pulihkan dengan alat server itu (pg_dump, pg_restore)."),
    )


def file_missing(path: str) -> UserError:
    return _kind_of_absence(path)(
        _("Berkas kantor {path} tidak ditemukan.").format(path=path),
        _(SAFE),
        _("Periksa alamatnya dan apakah folder bersama tersambung."),
    )


def file_exchanged(path: str) -> UserError:
    return FileExchanged(
        _("Berkas lain diletakkan di {path} saat program memakainya.").format(path=path),
        _("Nomor yang sudah diberikan tetap berlaku dan tercatat di komputer ini."),
        _("Program membuka berkas itu lagi sendiri; ulangi sebentar lagi."),
    )


def no_file_yet(path: str) -> UserError:
    """Return the error for a missing office file at a program's start; it names the command to make one."""
    return _kind_of_absence(path)(
        _("Berkas kantor {path} tidak ditemukan.").format(path=path),
        _(SAFE),
        _("Periksa alamatnya dan apakah folder bersama tersambung; `ult-desktop init DB` membuat yang baru."),
    )


def _kind_of_absence(path: str) -> type[ShareUnreachable]:
    """Return the class of error for an office file that is not there.

    Where other files of the office lie beside it, the file is gone. Otherwise the folder may be the empty
    mount point of a share that is away.
    """
    pattern = f"{glob.escape(str(Path(path).with_suffix('')))}[-.]*"
    # WORKAROUND `Path.glob` raises on a share that is away, and only since Python 3.13 no more
    # (https://github.com/python/cpython/issues/90208). It can go when 3.13 is the oldest Python.
    others = glob.iglob(pattern)  # noqa: PTH207  (Path's own raises on a dead share)
    return OfficeGone if any(others) else ShareUnreachable


def from_newer_program(path: str) -> WritesBlocked:
    return WritesBlocked(
        _("{path} dibuat oleh ult-desktop yang lebih baru.").format(path=path),
        _("Berkas itu tidak diubah."),
        _("Perbarui program di komputer ini."),
    )


def require_release(path: str, applied: set[str]) -> None:
    """Refuse an office that a build before version 0.1.0 wrote; `applied` are the migrations that it had.

    Raises:
        WritesBlocked: such a build wrote it; the last migration names the build.
    """
    if applied and BASELINE not in applied:
        raise WritesBlocked(
            _("{path} dibuat oleh versi uji ult-desktop ({build}), sebelum versi 0.1.0.").format(
                path=path, build=max(applied)
            ),
            _("Isinya tidak diubah."),
            _("Buat kantor baru dengan versi ini; hanya versi uji itu yang dapat membuka yang lama."),
        )


def from_older_program(path: str) -> UserError:
    return UserError(
        _("{path} dari versi lama dan masih dipakai stasiun lain.").format(path=path),
        _("Berkas itu tidak diubah."),
        _("Tutup ult-desktop di semua komputer lain, lalu buka lagi di sini agar berkas diperbarui."),
    )
