"""Archives in the second place: each finished one is copied there once, proved, and never leaves it.

They lie in `arsip/` beside an office's backups, under their year and the beginning of their token.
"""

import shutil
from contextlib import closing, suppress
from pathlib import Path

from ult_desktop.core.archive import Archive, ArchiveState
from ult_desktop.db import archive_file, archives, backup
from ult_desktop.db.transaction import Transaction

_HALF = ".part"


def place_of(home: Path, archive: Archive) -> Path:
    return home / "arsip" / f"{archive.year}-{archive.facts.token[:8]}.db"


def known_in(copy: Path) -> tuple[Archive, ...]:
    """The archives that a proved copy of an office knows; a copy of an older program knows none."""
    with closing(backup.open_to_read(copy)) as link:
        tx = Transaction(link)
        if not tx.value("SELECT count(*) FROM sqlite_schema WHERE name = 'archive'"):
            return ()
        return archives.every(tx)


def carry(home: Path, office_file: Path, copy: Path) -> int:
    """Copy what is finished and not there yet; how many that were.

    Raises:
        BadArchive: one of them is not whole. The others, and the backup itself, are as they were.
        OSError: the disk does not do.
    """
    done = [each for each in known_in(copy) if each.state is ArchiveState.DONE]
    new = [each for each in done if not place_of(home, each).exists()]
    for each in new:
        bring(archives.path_of(office_file, each.year), place_of(home, each), each)
    return len(new)


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
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
    backup.sync_folder(target.parent)
