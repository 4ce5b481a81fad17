"""The mark in an office that lives elsewhere: where it went, or where it is about to come to.

One commit decides where an office lives: that of the old place, by which it is *gone*. What was laid at the
new place before is *arriving*, and nobody's office until the old place says so. So there is one living office
at every moment, wherever a move is broken off (docs/store.md, rule 21).

Neither of the two is written to. The level of its schema says so, which every write reads already
(docs/store.md, rule 18). A program that knows no moves takes it for an office of a newer program.
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
    """The error that an office was being laid here, and lives where it was."""

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
    """Require that the office lives here, in a schema that this program knows. One number is enough for both.

    Raises:
        OfficeMoved, NotArrived: it lives elsewhere.
        WritesBlocked: a newer program changed the schema.
    """
    require_level(engine.level(link), link, path)


def require_level(level: int, link: "Link", path: Path) -> None:
    """Require the same as `require_here`, of a level that was just read."""
    if level > MIGRATIONS.level:
        raise _why_not(link, path)


def _why_not(link: "Link", path: Path) -> errors.WritesBlocked:
    mark = mark_in(link)
    if mark is None:
        return errors.from_newer_program(str(path))
    return OfficeMoved(path, mark) if mark.state is Stage.GONE else NotArrived(path, mark)


def mark_in(link: "Link") -> MoveMark | None:
    row = link.execute(f"SELECT {_COLUMNS} FROM office_move").fetchone()
    return row and MoveMark(row[0], Stage(row[1]), row[2])


def write_mark(engine: "Engine", link: "Link", mark: MoveMark) -> None:
    """Write the mark: from the commit of the open transaction on, nobody writes here."""
    sql = f"INSERT INTO office_move (id, {_COLUMNS}) VALUES (1, ?, ?, ?)"
    link.execute(sql, (mark.move, mark.state.value, mark.place))
    engine.set_away(link, away=True)


def arrive(engine: "Engine", path: Path, move: str) -> bool:
    """Let the office live here from now on, because the old place says that it is gone.

    A second call changes nothing. Returns False where the office is not here, or came by another move.

    Raises:
        sqlite3.Error, UserError: the place does not answer, or may not be written.
    """
    with closing(engine.open(path)) as link:
        mark = mark_in(link)
        if mark is None or mark.state is Stage.GONE:  # it came, and may have gone on since
            return link.execute("SELECT 1 FROM event WHERE request = ?", (move,)).fetchone() is not None
        if mark.move != move:
            return False
        link.execute("BEGIN IMMEDIATE")
        # Several stations may arrive at once; the one that deletes the row puts the level right, once.
        if link.execute("DELETE FROM office_move WHERE state = 'arriving'").rowcount:
            engine.set_away(link, away=False)
        link.execute("COMMIT")
        return True
