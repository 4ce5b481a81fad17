"""The mark in an office that lives elsewhere: where it went, or from where it is being copied.

A move copies the office to the new place, where it is marked *arriving*. Then one commit at the old place
marks that one *gone*, and the office lives at the new place. So exactly one place is written to at every
moment, wherever a move is broken off (docs/store.md, rule 21).

A marked office is not written to: the mark raises the level of its schema, which every write reads anyway
(docs/store.md, rule 18).
"""

from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import _
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import errors

if TYPE_CHECKING:
    from ult_desktop.db.store.engine import Engine, Link

AWAY = 1_000_000
"""The number by which the level of a moved office is raised: no history of migrations is as long."""
_COLUMNS = "move, state, place"


class Stage(StrEnum):
    """The stage of a move, as this place sees it."""

    ARRIVING = "arriving"
    GONE = "gone"


class MoveMark(msgspec.Struct, frozen=True):
    """The one row of `office_move`; there is none where the office lives.

    `move` is the request of the event by which it moves, the same at both places. `place` is where it went,
    or where it comes from: a path, or the address of a server without its password.
    """

    move: str
    state: Stage
    place: str


class OfficeMoved(errors.WritesBlocked):
    """The error that the office lives at the place that `mark` names."""

    def __init__(self, path: Path, mark: MoveMark) -> None:
        super().__init__(
            _("Kantor ini sudah pindah dari {path} ke {place}.").format(path=path, place=mark.place),
            _("Tidak ada yang ditulis di tempat lama; semua yang tersimpan ikut pindah."),
            _("Stasiun mengikuti sendiri. Perintah lain memakai --database dengan alamat baru itu."),
        )
        self.mark = mark


class NotArrived(errors.WritesBlocked):
    """The error that an office is being copied here, and still lives where it was."""

    def __init__(self, path: Path, mark: MoveMark) -> None:
        super().__init__(
            _("Pemindahan kantor ke {path} belum selesai.").format(path=path),
            _("Kantor masih di {place}; tidak ada yang hilang.").format(place=mark.place),
            _("Tunggu sebentar; bila tetap begini, minta petugas TI mengulangi pemindahannya."),
        )
        self.mark = mark


def open_here(engine: "Engine", path: Path) -> "Link":
    """Open a connection to an office that lives there.

    Raises:
        sqlite3.Error: it does not answer.
        UserError: it is no office, one of a newer program, or lives elsewhere.
    """
    link = engine.open(path)
    try:
        require_here(engine, link, path)
    except BaseException:
        link.close()
        raise
    return link


def require_here(engine: "Engine", link: "Link", path: Path) -> None:
    """Require that the office lives here, in a schema that this program knows; the level tells both.

    Raises:
        OfficeMoved, NotArrived: it lives elsewhere.
        WritesBlocked: a newer program changed the schema.
    """
    require_level(engine.level(link), link, path)


def require_level(level: int, link: "Link", path: Path) -> None:
    """Do as `require_here`, where the schema's `level` was read already."""
    if level > MIGRATIONS.level:
        mark = read_mark(link)
        if mark is None:
            raise errors.from_newer_program(str(path))
        raise OfficeMoved(path, mark) if mark.state is Stage.GONE else NotArrived(path, mark)


def read_mark(link: "Link") -> MoveMark | None:
    row = link.execute(f"SELECT {_COLUMNS} FROM office_move").fetchone()
    return row and MoveMark(row[0], Stage(row[1]), row[2])


def write_mark(engine: "Engine", link: "Link", mark: MoveMark) -> None:
    """Write the mark: from the commit of the open transaction on, nobody writes here."""
    sql = f"INSERT INTO office_move (id, {_COLUMNS}) VALUES (1, ?, ?, ?)"
    link.execute(sql, (mark.move, mark.state.value, mark.place))
    engine.set_away(link, away=True)


def arrive(engine: "Engine", path: Path, move: str) -> bool:
    """Let the office live at `path` from now on, because the old place says that it is gone.

    `move` is the move by which it was copied there. A second call changes nothing. Returns False where the
    office is not there, or came by another move.

    Raises:
        sqlite3.Error, UserError: the place does not answer, or may not be written.
    """
    with closing(engine.open(path)) as link:
        mark = read_mark(link)
        if mark is None or mark.state is Stage.GONE:  # it arrived before, and may have moved on since
            return link.execute("SELECT 1 FROM event WHERE request = ?", (move,)).fetchone() is not None
        if mark.move != move:
            return False
        link.execute("BEGIN IMMEDIATE")
        # Several stations may arrive at once; the one that deletes the row puts the level right, once.
        if link.execute("DELETE FROM office_move WHERE state = 'arriving'").rowcount:
            engine.set_away(link, away=False)
        link.execute("COMMIT")
        return True
