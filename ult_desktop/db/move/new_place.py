"""The new place of an office: free, laid whole or not at all, and nobody's until the old one is left."""

import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.db.backup.backup import sync_folder
from ult_desktop.db.move.rows import APART, every_table, not_whole
from ult_desktop.db.store import moved
from ult_desktop.db.store.connection import clear_away, file_link
from ult_desktop.db.store.engine import Engine, Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.moved import Stage

_DOCUMENTS = "document_content"
Fill = Callable[[Link], None]
_REFERENCES = (
    "SELECT CAST(CAST(conrelid AS regclass) AS text), conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) ORDER BY oid"
)


class NewPlace(ABC):
    """A file or a database that the office of `uid` moves to."""

    def __init__(self, engine: Engine, path: Path, uid: str) -> None:
        self.engine, self.path, self._uid = engine, path, uid

    def has_leavings(self) -> bool:
        """Return whether a move of this office was broken off here; False where nothing is.

        Raises:
            sqlite3.Error: it does not answer.
            UserError: something is there that must stay, or nobody may look.
        """
        if self.engine.is_free(self.path):
            return False
        with closing(self.engine.open(self.path)) as link:
            self._require_leavings(link)
        return True

    def _require_leavings(self, link: Link) -> None:
        uid = link.execute("SELECT uid FROM office").fetchone()
        if uid != (self._uid,):
            raise _taken(_("Di {path} sudah ada kantor lain.").format(path=self.path))
        mark = None
        with contextlib.suppress(sqlite3.OperationalError):  # a file of an older program
            mark = moved.mark_in(link)
        if mark is None:
            raise _taken(_("Di {path} sudah ada salinan kantor ini.").format(path=self.path))
        if mark.state is Stage.GONE:
            raise _taken(_("{path} adalah tempat lama kantor ini.").format(path=self.path))

    @abstractmethod
    def keep(self, link: Link, sha256: str, content: bytes) -> None:
        """Lay a document, within what `lay` fills.

        Raises:
            sqlite3.Error, UserError: there is no room.
        """

    @abstractmethod
    def lay(self, fill: Fill) -> None:
        """Lay an office without rows, and then what `fill` writes, durable at once; or nothing.

        Raises:
            FileExistsError: something has come there meanwhile.
            OSError, sqlite3.Error, UserError: it cannot be.
        """


class NewFile(NewPlace):
    """A file that is not there yet, or the draft of a move that was killed."""

    @override
    def keep(self, link: Link, sha256: str, content: bytes) -> None:
        with closing(self.engine.documents(self.path)) as files:
            files.put(sha256, content)

    @override
    def lay(self, fill: Fill) -> None:
        for half in self.path.parent.glob(f".{self.path.name}.*.new"):  # of a move that was killed
            clear_away(half)
        if self.has_leavings():
            clear_away(self.path)
        self.engine.make(self.path, self._uid, lambda link: _fill_file(file_link(link), fill))
        sync_folder(self.path.parent)


def _fill_file(link: sqlite3.Connection, fill: Fill) -> None:
    """Write the rows as they are, without triggers.

    What follows from a row is in other rows already.
    """
    link.execute("PRAGMA cache_spill = ON")  # a draft keeps nobody waiting
    link.execute("PRAGMA defer_foreign_keys = ON")
    triggers = link.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in triggers:
        link.execute(f"DROP TRIGGER {name}")
    for table in every_table():
        link.execute(f"DELETE FROM {table.name}")  # the lists that a new office begins with
    fill(link)
    for _name, sql in triggers:
        link.execute(sql)
    broken = link.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise not_whole(broken[0])


class NewDatabase(NewPlace):
    """An empty database, or one that a killed move filled."""

    @override
    def keep(self, link: Link, sha256: str, content: bytes) -> None:
        self.engine.pour(link, _DOCUMENTS, ("sha256", "content"), [(sha256, content)])

    @override
    def lay(self, fill: Fill) -> None:
        if not self.has_leavings():
            self.engine.make(self.path, self._uid, lambda link: _fill_database(link, fill))
            return
        with closing(self.engine.open(self.path)) as link:
            link.execute("BEGIN IMMEDIATE")
            self._require_leavings(link)
            self.engine.migrate(link)
            self.engine.set_away(link, away=False)
            _fill_database(link, fill)
            link.execute("COMMIT")


def _fill_database(link: Link, fill: Fill) -> None:
    references = link.execute(_REFERENCES).fetchall()
    for table, name, _sql in references:
        link.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    names = [table.name for table in every_table()]
    link.execute(f"TRUNCATE {', '.join((APART, _DOCUMENTS, *names))}")
    for name in names:
        link.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    fill(link)
    for name in names:
        link.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
    for table, name, sql in references:  # each is proved at once, for all rows
        try:
            link.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql}")
        except sqlite3.IntegrityError as error:
            raise not_whole(table) from error
    link.execute("ANALYZE")


def new_place(path: Path, uid: str) -> NewPlace:
    engine = engine_at(path)
    return (NewFile if engine.has_file else NewDatabase)(engine, path, uid)


def _taken(what: str) -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), _("Pilih berkas baru atau basis data yang kosong."))
