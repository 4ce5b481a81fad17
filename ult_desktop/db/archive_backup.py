"""Archives in the second place: each finished one is copied there once, proved, and stays while it is known.

One whose rows are on their way is copied with each backup: what has left the office file stands nowhere else.
They lie in `arsip/` beside an office's backups, under their year and the beginning of their token.
"""

import re
import shutil
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from ult_desktop.core.archive import Archive, ArchiveState
from ult_desktop.db import archive_file, archives, backup, events, moving
from ult_desktop.db.transaction import Transaction

_HALF = ".part"
_NAME = re.compile(r"\d{4}-[0-9a-f]{8}\.db")


def folder_of(home: Path) -> Path:
    return home / "arsip"


def place_of(home: Path, archive: Archive) -> Path:
    return folder_of(home) / f"{archive.year}-{archive.facts.token[:8]}.db"


def known_in(copy: Path) -> tuple[Archive, ...]:
    """The archives that a proved copy of an office knows; a copy of an older program knows none."""
    with closing(backup.open_to_read(copy)) as link:
        return _known(Transaction(link))


def _known(tx: Transaction) -> tuple[Archive, ...]:
    if not tx.value("SELECT count(*) FROM sqlite_schema WHERE name = 'archive'"):
        return ()
    return archives.every(tx)


def carry(home: Path, office_file: Path, copy: Path) -> int:
    """Copy what is finished and not there yet, and what is on its way; how many that were.

    Raises:
        BadArchive: one of them is not whole. The others, and the backup itself, are as they were.
        OSError: the disk does not do.
    """
    new = [each for each in known_in(copy) if not _is_copied(home, each) and not has_all(copy, each)]
    for each in new:
        bring(archives.path_of(office_file, each.year), place_of(home, each), each)
    return len(new)


def let_go(home: Path) -> None:
    """Take away the copies that no backup kept here knows any more: their year was archived anew.

    A backup that cannot be read may know any: then all stay.
    """
    gone = {path for path in backup.kept_in(folder_of(home)) if _NAME.fullmatch(path.name)}
    for path in reversed(backup.kept_in(home)):
        if not gone:  # mostly so at once: the newest backup knows every archive
            return
        known = backup.look_into(path, _known)
        if known is None:
            return
        gone -= {place_of(home, each) for each in known}
    for path in gone:
        with suppress(OSError):  # one that a scanner holds goes after the next backup
            path.unlink()


def still_needed(home: Path, copy: Path, backups: Iterable[Path]) -> frozenset[Path]:
    """Of `backups`, the newest first, those that must stay: the last one that has all of a year itself.

    It is needed until the archive of that year is finished, and its copy lies here.
    """
    unsafe = [each for each in known_in(copy) if not _is_copied(home, each)]
    paths = tuple(backups) if unsafe else ()
    found = (next((path for path in paths if has_all(path, each)), None) for each in unsafe)
    return frozenset(path for path in found if path is not None)


def _is_copied(home: Path, archive: Archive) -> bool:
    """Whether its copy is that of the finished archive; what stayed in the office leaves it at its end."""
    if archive.state is not ArchiveState.DONE:
        return False
    digest = backup.look_into(place_of(home, archive), lambda tx: archives.facts_in(tx).digest)
    return digest == archive.facts.digest


def has_all(copy: Path, archive: Archive) -> bool:
    """Whether nothing of the archive's year had left the office when this backup was made."""

    def look(tx: Transaction) -> bool:
        known = next((each for each in _known(tx) if each.facts.token == archive.facts.token), None)
        if known is not None:
            return archives.is_untouched(tx, known)
        return events.start(tx).seq < archive.facts.first_seq

    return bool(backup.look_into(copy, look))


def bring_back(home: Path, office_file: Path, copy: Path) -> int:
    """Copy the archives that the office of this backup knows and the share has lost; none is overwritten.

    One without a whole copy stays away: `verify` tells of it, and the office is back without it.
    """
    lost = [each for each in known_in(copy) if not archives.path_of(office_file, each.year).exists()]
    brought = 0
    for each in lost:
        with suppress(archive_file.BadArchive, OSError):
            bring(place_of(home, each), archives.path_of(office_file, each.year), each)
            brought += 1
    return brought


def bring(source: Path, target: Path, archive: Archive) -> None:
    """Copy one archive and prove the copy before it gets its name.

    Raises:
        BadArchive: it is not whole, or not the archive that the office knows.
        OSError: it cannot be copied.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}{_HALF}")
    try:
        if not source.exists():
            raise archive_file.not_there(source)
        shutil.copyfile(source, half)
        backup.sync_file(half)
        if archive_file.prove(half).token != archive.facts.token:
            raise archive_file.not_there(source)
        moving.put(half, target)
    finally:
        half.unlink(missing_ok=True)
    backup.sync_folder(target.parent)
