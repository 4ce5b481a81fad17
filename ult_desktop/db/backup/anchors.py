"""The anchors: the newest event that each station's journal knows of an office's log.

Each PC keeps its own in its journal; copies lie on the share, next to the journals that were carried there.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from ult_desktop.base import _
from ult_desktop.core.event import Anchor
from ult_desktop.db.store import errors, share_files

log = logging.getLogger(__name__)
ENDING = ".anchor"


class JournalAnchor(Anchor, frozen=True, kw_only=True):
    """The newest event that a journal knows of an office."""

    office: str


class KnownAnchor(Anchor, frozen=True, kw_only=True):
    """An anchor, and in words who knows it."""

    source: str


def read_journal(path: Path, office: str = "") -> tuple[JournalAnchor, ...]:
    """List what a journal on this PC's own disk knows of an office, or of all offices.

    A journal whose program died at its first start knows nothing.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    fields = JournalAnchor.__struct_fields__
    query = f"SELECT {', '.join(fields)} FROM witness WHERE ? IN ('', office) ORDER BY office"
    with closing(sqlite3.connect(path, timeout=15)) as link:
        if not link.execute("SELECT 1 FROM sqlite_schema WHERE name = 'witness'").fetchone():
            return ()
        rows = link.execute(query, (office,)).fetchall()
    return tuple(JournalAnchor(**dict(zip(fields, row, strict=True))) for row in rows)


def read_on_share(folder: Path, office_uid: str) -> tuple[KnownAnchor, ...]:
    """List the anchors that the stations laid next to the office file; unreadable files are passed over."""
    try:
        paths = share_files.list_files(folder, f"*{ENDING}")
    except OSError as error:
        log.warning("%s: %s", folder, error)
        return ()
    known = []
    for path in paths:
        try:
            lines = share_files.read_whole(path).splitlines()
            anchors = [msgspec.json.decode(line, type=JournalAnchor) for line in lines]
        except (OSError, *errors.UNREADABLE) as error:
            log.warning("%s: %s", path, error)
            continue
        known += [from_source(anchor, path.stem) for anchor in anchors if anchor.office == office_uid]
    return tuple(known)


def read_on_this_pc(folder: Path, office_uid: str) -> tuple[KnownAnchor, ...]:
    """List the anchors that the stations of this PC keep in their journals."""
    known = []
    for path in sorted(folder.glob("journal-*.db")):
        try:
            anchors = read_journal(path, office_uid)
        except (OSError, sqlite3.Error, *errors.UNREADABLE) as error:
            log.warning("%s: %s", path, error)
            continue
        source = _("{station} di PC ini").format(station=path.stem.removeprefix("journal-"))
        known += [from_source(anchor, source) for anchor in anchors]
    return tuple(known)


def from_source(anchor: Anchor, source: str) -> KnownAnchor:
    return KnownAnchor(
        source=source, seq=anchor.seq, request=anchor.request, chain=anchor.chain, restores=anchor.restores
    )
