"""The meaning of SQLite's errors on a share, in words for people, and the flag next to a damaged file.

Damage spreads with every write of a station that does not know of it yet. The flag is a small text file,
because a mark in the damaged office file might not be readable. Every station looks for the flag within each
write, when it holds the lock already. That costs one round trip.
"""

import contextlib
import glob
import logging
import os
import platform
import re
import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.process_lock import ProcessLock
from ult_desktop.core.event import Anchor
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.migrations import APPLICATION_ID, BASELINE
from ult_desktop.db.store.server_address import describe_repair, is_server
from ult_desktop.db.store.share_files import database_uri, read_small, replace_file

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
    unreadable = isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode")
    return unreadable or primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


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
    moved = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY_DBMOVED
    return not moved and primary_code(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY)


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
    if code == sqlite3.SQLITE_READONLY or (code == sqlite3.SQLITE_IOERR and _journal_is_closed(path)):
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


def _journal_is_closed(path: str) -> bool:
    """Return whether SQLite's journal is there and this user may not write it.

    SQLite reports that as an I/O error.
    """
    # The effective account is the one that writes. Windows knows no other, and `os.access` raises there when
    # it is asked for one.
    journal, effective = f"{path}-journal", os.access in os.supports_effective_ids
    return os.access(journal, os.F_OK) and not os.access(journal, os.W_OK, effective_ids=effective)


def doubtful_date(now: int, *newest: int) -> UserError:
    """Return the refusal to delete anything old at `now` (docs/store.md, rule 17).

    The newest entry or backup contradicts that time.
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

    If no other file of the office is there, the folder may be the empty mount point of a share that is away.
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
    """Refuse an office of which these migrations say that a build before version 0.1.0 wrote it.

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


log = logging.getLogger(__name__)
CHECKED_LINES = 10
_PAGE_NOT_READ = re.compile(r"unable to get the page\. error code=(\d+)")
_ENDING = ".damaged"


class DamageFlag(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the flag: when (local time of the station), who met the damage, as what error.

    `check` holds the first lines of SQLite's quick_check; a server has none. The flag of a restore
    (`restoring`) counts as long as its maker holds the `restore_lock`. `missing` is an event that the station
    knows of and an older copy of the office lacks; that flag counts as long as the file lacks the event.
    """

    at: str = ""
    station: str = ""
    error: str = ""
    check: tuple[str, ...] = ()
    restoring: bool = False
    missing: Anchor | None = None

    @property
    def is_of_damage(self) -> bool:
        return not self.restoring and self.missing is None


def flag_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{_ENDING}")


def is_flagged(path: Path) -> bool:
    """Return whether the flag is there, without raising an error.

    If the share does not answer, the write itself reports that.
    """
    return os.access(f"{path}{_ENDING}", os.F_OK)


def read_flag(path: Path) -> DamageFlag | None:
    """Return the content of the flag; None if there is none.

    The flag of a restore whose process is gone is deleted. An unreadable flag counts, and looks empty.
    """
    if not is_flagged(path):
        return None
    found = _decode_flag(path)
    return None if found.restoring and _delete_if_abandoned(path) else found


def _decode_flag(path: Path) -> DamageFlag:
    try:
        return msgspec.json.decode(read_small(flag_of(path)), type=DamageFlag)
    except (OSError, *UNREADABLE):
        return DamageFlag()


def raise_flag(
    path: Path, station: str, error: object, *, known: bool, missing: Anchor | None = None
) -> None:
    """Lay the flag, which stops every station, then add the check of the pages to one of damage.

    A flag that is there already stays as it is. A file gets a flag only if it is `known` to be an office or
    its header says so: a command may be given any file.
    """
    if is_flagged(path) or not (known or _is_office(path)):
        return
    found = DamageFlag(
        at=on_this_pc(time.time_ns() // 1_000_000),
        station=station or platform.node(),
        error=str(error),
        missing=missing,
    )
    try:
        # The flag comes first: reading all pages of a large file takes seconds, in which others would write
        # on.
        write_flag(path, found)
        if missing is None and not is_server(path):
            write_flag(path, msgspec.structs.replace(found, check=_quick_check(path)))
    except OSError as failure:
        log.warning("no flag beside %s: %s", path, failure)


def restore_lock(path: Path) -> ProcessLock:
    """Return the lock of the one process that may restore the office at `path`, from whatever PC."""
    return ProcessLock(path.with_name(f"{path.name}.restoring"), mode=0o666)


def _delete_if_abandoned(path: Path) -> bool:
    """Delete the flag of a restore whose process is gone; return whether it is."""
    lock = restore_lock(path)
    try:
        if lock.try_lock() and _decode_flag(path).restoring:  # nobody laid one of damage meanwhile
            flag_of(path).unlink(missing_ok=True)
    except OSError:  # closed to this account: another one may hold it
        return False
    finally:
        lock.remove()
    return not is_flagged(path)


def restore_runs(path: Path) -> UserError:
    """Return the refusal of a second restore."""
    other = _decode_flag(path) if is_flagged(path) else DamageFlag()
    return UserError(
        _("{path} sedang dipulihkan oleh {station}, sejak {at}.").format(
            path=path, station=other.station or "?", at=other.at or "?"
        ),
        _("Pemulihan itu tidak terganggu, dan berkas kantor tidak diubah."),
        _("Tunggu sampai selesai. Bila programnya sudah ditutup, cukup ulangi."),
    )


def lay_restore_flag(path: Path, station: str) -> DamageFlag | None:
    """Stop every station while `path` is exchanged; return the flag, None where one of damage lies there.

    A program that reports no presence (a command) would otherwise go on writing into the old file, after its
    journal was read. Raises OSError: the folder cannot be written.
    """
    if is_flagged(path) and _decode_flag(path).is_of_damage:
        return None
    at = on_this_pc(time.time_ns() // 1_000_000)
    laid = DamageFlag(at=at, station=station, error=_("sedang dipulihkan"), restoring=True)
    write_flag(path, laid)
    return laid


def has_sound_pages(link: sqlite3.Connection) -> bool:
    """Return whether SQLite's quick_check on an open connection finds nothing.

    It takes seconds on a large file, for it reads every page. Raises sqlite3.Error when it is interrupted, or
    the file cannot be read.
    """
    try:
        return _check_lines(link) == ("ok",)
    except (sqlite3.Error, *UNREADABLE) as error:
        if isinstance(error, sqlite3.Error) and (
            is_interrupted(error) or not (is_damage(error) or is_bug(error))
        ):
            raise
        return False


def require_pages_read(lines: Iterable[str]) -> None:
    """Require that SQLite's check could read every page that it names.

    Where a page cannot be read, the check does not fail: it goes on, and tells the error in a line. A share
    that went away meanwhile says nothing of the file.

    Raises:
        sqlite3.OperationalError: the error by which a page could not be read, unless it is one of damage.
    """
    for line in lines:
        found = _PAGE_NOT_READ.search(line)
        if found is not None:
            error = sqlite3.OperationalError(line)
            error.sqlite_errorcode = int(found[1])
            if not is_damage(error):
                raise error


def clear_flag(path: Path) -> bool:
    """Delete the flag after the file was proved or restored; return False when there was none.

    That of a restore that runs stays.
    """
    found = read_flag(path)
    if found is None or found.restoring:
        return False
    flag_of(path).unlink(missing_ok=True)
    return True


def describe_damage(path: Path, damage: DamageFlag) -> DamagedFile:
    if damage.restoring:
        return DamagedFile(
            _("{path} sedang dipulihkan oleh {station}, sejak {at}.").format(
                path=path, station=damage.station, at=damage.at
            ),
            _("Semua stasiun berhenti menulis sampai itu selesai; nomor yang sudah dicetak berlaku."),
            _("Tunggu sampai selesai. Bila programnya ditutup, semua boleh menulis lagi dengan sendirinya."),
        )
    if damage.missing is not None:
        return DamagedFile(
            _("{station} mengenal catatan yang tidak ada dalam {path}, sejak {at}: salinan lama.").format(
                station=damage.station or "?", path=path, at=damage.at or "?"
            ),
            _("Tidak ada yang ditulis ke berkas itu; nomor yang sudah diberikan tetap berlaku."),
            _("Kembalikan berkas yang benar, atau pulihkan dengan `ult-desktop restore --force`."),
        )
    return DamagedFile(
        _("Data kantor {path} ditandai rusak oleh {station}, {at} ({error}).").format(
            path=path, station=damage.station or "?", at=damage.at or "?", error=damage.error or "?"
        ),
        _("Semua stasiun berhenti menulis agar kerusakan tidak bertambah; nomor yang sudah dicetak berlaku."),
        describe_repair(
            path,
            _("Hubungi petugas TI: `ult-desktop repair`; bila utuh: `ult-desktop verify --clear-damage`."),
        ),
    )


def require_no_flag(path: Path) -> None:
    """Raise DamagedFile while a flag of damage, a restore or a missing event lies next to the file."""
    damage = read_flag(path)
    if damage is not None:
        raise describe_damage(path, damage)


def write_flag(path: Path, damage: DamageFlag) -> None:
    """Write the flag whole at once: another station may read it at this moment."""
    flag = flag_of(path)
    half = flag.with_name(f"{flag.name}.part")
    # Indented: the person who finds this file opens it in a text editor.
    half.write_bytes(msgspec.json.format(msgspec.json.encode(damage)) + b"\n")
    replace_file(half, flag)


def _is_office(path: Path) -> bool:
    """Return whether the file's head still says that it is an office, whatever became of the rest."""
    with contextlib.suppress(sqlite3.Error, *UNREADABLE), contextlib.closing(_open_read_only(path)) as link:
        return bool(link.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    return False


def _quick_check(path: Path) -> tuple[str, ...]:
    try:
        with contextlib.closing(_open_read_only(path)) as link:
            return _check_lines(link)
    except (sqlite3.Error, *UNREADABLE) as error:
        return (str(error),)


def _check_lines(link: sqlite3.Connection) -> tuple[str, ...]:
    rows = link.execute(f"PRAGMA quick_check({CHECKED_LINES})").fetchall()
    lines = tuple(str(line) for (line,) in rows)
    require_pages_read(lines)
    return lines


def _open_read_only(path: Path) -> sqlite3.Connection:
    # Read only, so that looking at a damaged file cannot roll back a journal that a repair may need.
    return sqlite3.connect(database_uri(path, "ro"), uri=True, timeout=1)
