"""The flag next to an office file that no station may write to, and SQLite's check of the file's pages.

Damage spreads with every write of a station that does not know of it yet. The flag is a small text file,
because a mark in the damaged office file might not be readable. Every station looks for the flag within each
write, when it holds the lock already. That costs one round trip.

Besides damage, the flag reports a restore that runs, and an older copy of the office that lies at the path.
"""

import contextlib
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
from ult_desktop.db.migrations import APPLICATION_ID
from ult_desktop.db.store.errors import UNREADABLE, DamagedFile, is_bug, is_damage, is_interrupted
from ult_desktop.db.store.server_address import describe_repair, is_server
from ult_desktop.db.store.share_files import database_uri, read_small, replace_file

log = logging.getLogger(__name__)
_ENDING = ".damaged"
_CHECKED_LINES = 10
_NOTHING_FOUND = ("ok",)
_PAGE_NOT_READ = re.compile(r"unable to get the page\. error code=(\d+)")


class DamageFlag(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the flag: when (local time of the station), who laid it, because of what error.

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


def flag_path(office_file: Path) -> Path:
    return office_file.with_name(f"{office_file.name}{_ENDING}")


def is_flagged(office_file: Path) -> bool:
    """Return whether the flag is there, without raising an error.

    If the share does not answer, the write itself reports that.
    """
    return os.access(f"{office_file}{_ENDING}", os.F_OK)


def read_flag(office_file: Path) -> DamageFlag | None:
    """Return the content of the flag; None if there is none.

    The flag of a restore whose process is gone is deleted. An unreadable flag counts, and looks empty.
    """
    flag = _decode_flag(office_file)
    if flag is None or not flag.restoring:
        return flag
    with contextlib.suppress(OSError):  # this account may not delete it
        delete_flag(office_file, flag)
    return _decode_flag(office_file)  # another station may have deleted it, or met damage


def _decode_flag(office_file: Path) -> DamageFlag | None:
    """Return the flag as it lies there, also of a restore that is gone; None if there is none."""
    if not is_flagged(office_file):
        return None
    try:
        return msgspec.json.decode(read_small(flag_path(office_file)), type=DamageFlag)
    except FileNotFoundError:  # it was deleted just now
        return None
    except (OSError, *UNREADABLE):
        return DamageFlag()


def delete_flag(office_file: Path, flag: DamageFlag) -> bool:
    """Delete this flag; return False if another lies there by now, none does, or a restore runs."""
    return _replace_flag(office_file, flag, None)


def _replace_flag(office_file: Path, former: DamageFlag, new: DamageFlag | None) -> bool:
    """Write `new` over the flag, or delete it; return False where that is not done.

    Only `former` is replaced, and never while a restore runs: a restore that found a flag lays none of its
    own. No restore begins meanwhile, because its lock is held here.
    """
    lock = restore_lock(office_file)
    try:
        is_held = lock.try_lock()
    except OSError:  # this account may not open the lock's file: another one may hold it
        return False
    try:
        if not is_held or _decode_flag(office_file) != former:
            return False
        if new is None:
            flag_path(office_file).unlink(missing_ok=True)
        else:
            write_flag(office_file, new)
    finally:
        lock.remove()
    return True


def require_no_flag(office_file: Path) -> None:
    """Raise DamagedFile while a flag of damage, a restore or a missing event lies next to the file."""
    flag = read_flag(office_file)
    if flag is not None:
        raise describe_flag(office_file, flag)


def lay_flag(
    office_file: Path,
    station: str,
    error: object,
    *,
    known: bool,
    missing: Anchor | None = None,
    believes_check: bool = False,
) -> bool:
    """Lay the flag, which stops every station, then add the check of the pages to one of damage.

    A flag that is there already stays as it is. A file gets a flag only if it is `known` to be an office or
    its header says so: a command may be given any file. A flag that cannot be written is logged. With
    `believes_check` the flag is deleted again if the check finds nothing and no restore has begun meanwhile.
    Return whether that was so.
    """
    if is_flagged(office_file) or not (known or _is_office(office_file)):
        return False
    flag = DamageFlag(
        at=on_this_pc(time.time_ns() // 1_000_000),
        station=station or platform.node(),
        error=str(error),
        missing=missing,
    )
    try:
        # The flag comes before the check: reading all pages of a large file takes seconds, in which others
        # would write on.
        write_flag(office_file, flag)
        if missing is None and not is_server(office_file):
            lines = _quick_check(office_file)
            if believes_check and lines == _NOTHING_FOUND:
                log.warning("%s looked damaged (%s), and its pages are sound", office_file, error)
                return delete_flag(office_file, flag)
            _replace_flag(office_file, flag, msgspec.structs.replace(flag, check=lines))
    except OSError as failure:
        log.warning("no flag beside %s: %s", office_file, failure)
    return False


def lay_restore_flag(office_file: Path, station: str) -> DamageFlag | None:
    """Stop every station while the office file is exchanged.

    Return the flag; None where a flag of damage lies there, which stops the stations too. A program that
    reports no presence (a command) would otherwise go on writing into the old file, after its journal was
    read. Raises OSError: the folder cannot be written.
    """
    former = _decode_flag(office_file)
    if former is not None and not former.restoring and former.missing is None:
        return None
    at = on_this_pc(time.time_ns() // 1_000_000)
    flag = DamageFlag(at=at, station=station, error=_("sedang dipulihkan"), restoring=True)
    write_flag(office_file, flag)
    return flag


def write_flag(office_file: Path, flag: DamageFlag) -> None:
    """Write the flag whole at once: another station may read it at this moment."""
    path = flag_path(office_file)
    half = path.with_name(f"{path.name}.part")
    # Indented: the person who finds this file opens it in a text editor.
    half.write_bytes(msgspec.json.format(msgspec.json.encode(flag)) + b"\n")
    replace_file(half, path)


def clear_flag(office_file: Path) -> bool:
    """Delete the flag after the file was proved or restored; return False if there was none.

    While a restore runs the flag stays, whoever laid it.
    """
    flag = read_flag(office_file)
    return flag is not None and delete_flag(office_file, flag)


def restore_lock(office_file: Path) -> ProcessLock:
    """Return the lock of the one process that may restore the office, from whatever PC."""
    return ProcessLock(office_file.with_name(f"{office_file.name}.restoring"), permissions=0o666)


def already_restoring(office_file: Path) -> UserError:
    """Return the refusal of a second restore; it names the station that runs the first."""
    flag = _decode_flag(office_file) or DamageFlag()
    return UserError(
        _("{path} sedang dipulihkan oleh {station}, sejak {at}.").format(
            path=office_file, station=flag.station or "?", at=flag.at or "?"
        ),
        _("Pemulihan itu tidak terganggu, dan berkas kantor tidak diubah."),
        _("Tunggu sampai selesai. Bila programnya sudah ditutup, cukup ulangi."),
    )


def describe_flag(office_file: Path, flag: DamageFlag) -> DamagedFile:
    if flag.restoring:
        return DamagedFile(
            _("{path} sedang dipulihkan oleh {station}, sejak {at}.").format(
                path=office_file, station=flag.station, at=flag.at
            ),
            _("Semua stasiun berhenti menulis sampai itu selesai; nomor yang sudah dicetak berlaku."),
            _("Tunggu sampai selesai. Bila programnya ditutup, semua boleh menulis lagi dengan sendirinya."),
        )
    if flag.missing is not None:
        return DamagedFile(
            _("{station} mengenal catatan yang tidak ada dalam {path}, sejak {at}: salinan lama.").format(
                station=flag.station or "?", path=office_file, at=flag.at or "?"
            ),
            _("Tidak ada yang ditulis ke berkas itu; nomor yang sudah diberikan tetap berlaku."),
            _("Kembalikan berkas yang benar, atau pulihkan dengan `ult-desktop restore --force`."),
        )
    return DamagedFile(
        _("Data kantor {path} ditandai rusak oleh {station}, {at} ({error}).").format(
            path=office_file, station=flag.station or "?", at=flag.at or "?", error=flag.error or "?"
        ),
        _("Semua stasiun berhenti menulis agar kerusakan tidak bertambah; nomor yang sudah dicetak berlaku."),
        describe_repair(
            office_file,
            _("Hubungi petugas TI: `ult-desktop repair`; bila utuh: `ult-desktop verify --clear-damage`."),
        ),
    )


def _is_office(path: Path) -> bool:
    """Return whether the file's header still says that it is an office, whatever became of the rest."""
    with contextlib.suppress(sqlite3.Error, *UNREADABLE), contextlib.closing(_open_read_only(path)) as link:
        return bool(link.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    return False


def _quick_check(path: Path) -> tuple[str, ...]:
    """Return the first lines of SQLite's quick_check, or the error that ended it."""
    try:
        with contextlib.closing(_open_read_only(path)) as link:
            return _check_lines(link)
    except (sqlite3.Error, *UNREADABLE) as error:
        return (str(error),)


def _open_read_only(path: Path) -> sqlite3.Connection:
    # Read only, so that looking at a damaged file cannot roll back a journal that a repair may need.
    return sqlite3.connect(database_uri(path, "ro"), uri=True, timeout=1)


def has_sound_pages(link: sqlite3.Connection) -> bool:
    """Return whether SQLite's quick_check on an open connection finds nothing.

    It takes seconds on a large file, for it reads every page. Raises sqlite3.Error when it is interrupted, or
    the file cannot be read.
    """
    try:
        return _check_lines(link) == _NOTHING_FOUND
    except sqlite3.Error as error:
        if is_interrupted(error) or not (is_damage(error) or is_bug(error)):
            raise
        return False
    except UNREADABLE:
        return False


def _check_lines(link: sqlite3.Connection) -> tuple[str, ...]:
    rows = link.execute(f"PRAGMA quick_check({_CHECKED_LINES})").fetchall()
    lines = tuple(str(line) for (line,) in rows)
    require_pages_read(lines)
    return lines


def require_pages_read(lines: Iterable[str]) -> None:
    """Require that SQLite's check could read every page that its lines name.

    Where a page cannot be read, the check does not fail: it goes on, and says the error in a line. A share
    that went away meanwhile says nothing of the file.

    Raises:
        sqlite3.OperationalError: the error by which a page could not be read, unless it is one of damage.
    """
    for line in lines:
        unread = _PAGE_NOT_READ.search(line)
        if unread is not None:
            error = sqlite3.OperationalError(line)
            error.sqlite_errorcode = int(unread[1])
            if not is_damage(error):
                raise error
