"""The flag beside a damaged office file: whoever sees it writes no more (docs/store.md, rule 7).

Damage spreads with every write of a station that has not met it yet. The flag is a small text file, because
the office file itself can no longer be trusted to carry the news. Every station looks for it within each
write, when it holds the lock already: one round trip more to the eleven of a commit.
"""

import contextlib
import logging
import os
import platform
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.stamps import on_this_pc
from ult_desktop.db.migrations import APPLICATION_ID
from ult_desktop.db.store.errors import UNREADABLE, DamagedFile

log = logging.getLogger(__name__)
CHECKED_LINES = 10
_ENDING = ".damaged"


class DamageFlag(msgspec.Struct, frozen=True, kw_only=True):
    """What the flag says: when (local time of the station), who met the damage, as what error.

    `check` holds the first lines of SQLite's quick_check.
    """

    at: str = ""
    station: str = ""
    error: str = ""
    check: tuple[str, ...] = ()


def flag_of(path: Path) -> Path:
    return path.with_name(f"{path.name}{_ENDING}")


def is_flagged(path: Path) -> bool:
    """One look, and no error: a share that does not answer is told by the write itself."""
    return os.access(f"{path}{_ENDING}", os.F_OK)


def read_flag(path: Path) -> DamageFlag | None:
    """What the flag says; an unreadable flag is a flag."""
    if not is_flagged(path):
        return None
    try:
        return msgspec.json.decode(flag_of(path).read_bytes(), type=DamageFlag)
    except (OSError, *UNREADABLE):
        return DamageFlag()


def raise_flag(path: Path, station: str, error: object, *, known: bool) -> None:
    """Stop every station, then look at the pages; a flag that stands already is left as it is.

    Only an office file gets one, `known` as such or by its head: junk given to a command harms nobody.
    """
    if is_flagged(path) or not (known or _is_office(path)):
        return
    found = DamageFlag(
        at=on_this_pc(time.time_ns() // 1_000_000), station=station or platform.node(), error=str(error)
    )
    try:
        _write(path, found)
        _write(path, msgspec.structs.replace(found, check=_quick_check(path)))
    except OSError as failure:
        log.warning("no flag beside %s: %s", path, failure)


@contextlib.contextmanager
def nobody_writes(path: Path, station: str) -> Iterator[None]:
    """The flag stands while `path` is exchanged for another file, and a flag from before outlives that.

    Whoever reports no presence (a command) would write on into the old file, after its journal was read.
    """
    stood = is_flagged(path)
    if not stood:
        at = on_this_pc(time.time_ns() // 1_000_000)
        with contextlib.suppress(OSError):  # then the exchange fails too, with its own words
            _write(path, DamageFlag(at=at, station=station, error=_("sedang dipulihkan")))
    try:
        yield
    finally:
        if not stood:
            with contextlib.suppress(OSError):  # the share is gone: `repair` takes it away
                clear_flag(path)


def has_sound_pages(link: sqlite3.Connection) -> bool:
    """SQLite's quick_check on an open connection: seconds on a large file, for it reads every page."""
    try:
        return _check_lines(link) == ("ok",)
    except (sqlite3.Error, *UNREADABLE):
        return False


def clear_flag(path: Path) -> bool:
    """After the file was proved or restored; False when there was none."""
    try:
        flag_of(path).unlink()
    except FileNotFoundError:
        return False
    return True


def describe_damage(path: Path, damage: DamageFlag) -> DamagedFile:
    return DamagedFile(
        _("Berkas kantor {path} ditandai rusak oleh {station}, {at} ({error}).").format(
            path=path, station=damage.station or "?", at=damage.at or "?", error=damage.error or "?"
        ),
        _("Semua stasiun berhenti menulis agar kerusakan tidak bertambah; nomor yang sudah dicetak berlaku."),
        _(
            "Hubungi petugas TI. Jalankan `ult-desktop repair`: berkas yang utuh dibuka lagi (seperti dengan"
            " `ult-desktop verify --clear-damage`), yang rusak dipulihkan dari cadangan."
        ),
    )


def require_none(path: Path) -> None:
    """Raises DamagedFile while the flag stands."""
    damage = read_flag(path)
    if damage is not None:
        raise describe_damage(path, damage)


def _write(path: Path, damage: DamageFlag) -> None:
    flag_of(path).write_bytes(msgspec.json.format(msgspec.json.encode(damage)) + b"\n")


def _is_office(path: Path) -> bool:
    """Its head still says so, whatever became of the rest."""
    with contextlib.suppress(sqlite3.Error, *UNREADABLE), contextlib.closing(_only_read(path)) as link:
        return bool(link.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    return False


def _quick_check(path: Path) -> tuple[str, ...]:
    try:
        with contextlib.closing(_only_read(path)) as link:
            return _check_lines(link)
    except (sqlite3.Error, *UNREADABLE) as error:
        return (str(error),)


def _check_lines(link: sqlite3.Connection) -> tuple[str, ...]:
    rows = link.execute(f"PRAGMA quick_check({CHECKED_LINES})").fetchall()
    return tuple(str(line) for (line,) in rows)


def _only_read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True, timeout=1)
