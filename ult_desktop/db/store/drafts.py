"""This PC's file of drafts, and of choices that the next start begins with.

The choices are an officer's text size and colours, whether finishing calls the next number, who sat at which
counter last, and to which printer or file format a kind of paper went last.
"""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from ult_desktop.base import UserError, _
from ult_desktop.core.office_time import TimeWitnesses
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.store.errors import UNREADABLE
from ult_desktop.db.store.local_file import make_private, open_local

KEPT_MS = 7 * DAY_MS
_SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
    officer_id INTEGER NOT NULL,
    form TEXT NOT NULL,
    subject TEXT NOT NULL,
    fields TEXT NOT NULL CHECK (json_valid(fields)),
    at INTEGER NOT NULL,
    PRIMARY KEY (officer_id, form, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS look (
    officer_id INTEGER PRIMARY KEY,
    percent INTEGER NOT NULL,
    contrast TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS way (
    officer_id INTEGER PRIMARY KEY,
    calls_on INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS seat (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    login TEXT NOT NULL,
    counter INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS paper (
    kind TEXT PRIMARY KEY,
    way TEXT NOT NULL
) STRICT;
"""


class DraftKey(NamedTuple):
    """The key of a draft: the officer, the form, and its subject.

    The subject is a visit or a case; "" where the form has none.
    """

    officer_id: int
    form: str
    subject: str


class KeptLook(NamedTuple):
    """The text size (in percent) and the set of colours that an officer chose."""

    percent: int
    contrast: str


class KeptSeat(NamedTuple):
    """The officer who signed in last, and their counter; 0 for none."""

    login: str
    counter: int


class Drafts:
    """The drafts of one station. Belongs to one thread.

    A draft may name people: it is forgotten as soon as its form went through, and after a week at the
    latest.

    Raises:
        UserError: the folder cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = open_local(path, _SCHEMA, timeout_s=5)
        except (OSError, sqlite3.Error, *UNREADABLE) as error:
            raise self._not_writable(error) from error

    def load(self, key: DraftKey) -> str:
        """Return the draft as JSON; "" when there is none.

        Raises:
            UserError: this PC's file of drafts is broken.
        """
        sql = "SELECT fields FROM draft WHERE officer_id = ? AND form = ? AND subject = ?"
        row = self._run(sql, *key)
        return str(row[0]) if row else ""

    def keep(self, key: DraftKey, fields: str, at: int) -> None:
        """Keep a draft; an earlier one of the same key is replaced. `fields` is JSON, `at` UTC ms.

        Raises:
            UserError: this PC's disk is full or broken.
        """
        self._run("REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", *key, fields, at)

    def forget(self, key: DraftKey) -> None:
        """Delete a draft; raises UserError as `keep`."""
        self._run("DELETE FROM draft WHERE officer_id = ? AND form = ? AND subject = ?", *key)

    def forget_old(self, time: TimeWitnesses) -> None:
        """Delete the drafts, and the copy of `set_aside`, that are older than a week.

        Nothing is deleted where something contradicts this `time` (docs/store.md, rule 17).

        Raises:
            UserError: as `keep`.
        """
        copy, oldest = _copy_path(self.path), time.now - KEPT_MS
        try:
            (newest,) = self._connection.execute("SELECT coalesce(max(at), 0) FROM draft").fetchone()
            copied_at = copy.stat().st_mtime_ns // 1_000_000 if copy.exists() else 0
            if time.may_forget(max(newest, copied_at)):
                self._connection.execute("DELETE FROM draft WHERE at < ?", (oldest,))
                if copied_at < oldest:
                    copy.unlink(missing_ok=True)
        except (OSError, sqlite3.Error, *UNREADABLE) as error:
            raise self._not_writable(error) from error

    def load_look(self, officer_id: int) -> KeptLook | None:
        """Return the look that an officer chose on this PC; raises UserError as `load`."""
        row = self._run("SELECT percent, contrast FROM look WHERE officer_id = ?", officer_id)
        return KeptLook(int(str(row[0])), str(row[1])) if row else None

    def keep_look(self, officer_id: int, look: KeptLook) -> None:
        """Keep an officer's look; raises UserError as `keep`."""
        self._run("REPLACE INTO look VALUES (?, ?, ?)", officer_id, *look)

    def calls_on(self, officer_id: int) -> bool | None:
        """Return whether finishing a visit calls the next number; None where the officer never chose.

        Raises UserError as `load`.
        """
        row = self._run("SELECT calls_on FROM way WHERE officer_id = ?", officer_id)
        return bool(row[0]) if row else None

    def keep_calls_on(self, officer_id: int, calls_on: bool) -> None:
        """Keep whether finishing a visit calls the next number; raises UserError as `keep`."""
        self._run("REPLACE INTO way VALUES (?, ?)", officer_id, int(calls_on))

    def load_seat(self) -> KeptSeat | None:
        """Return the seat of the officer who signed in last; raises UserError as `load`."""
        row = self._run("SELECT login, counter FROM seat")
        return KeptSeat(str(row[0]), int(str(row[1]))) if row else None

    def keep_seat(self, seat: KeptSeat) -> None:
        """Keep the seat of the officer who just signed in; raises UserError as `keep`."""
        self._run("REPLACE INTO seat VALUES (1, ?, ?)", *seat)

    def load_paper_way(self, kind: str) -> str | None:
        """Return the printer or file format that a kind of paper went to last; raises UserError as `load`."""
        row = self._run("SELECT way FROM paper WHERE kind = ?", kind)
        return str(row[0]) if row else None

    def keep_paper_way(self, kind: str, way: str) -> None:
        """Keep the printer or file format that a kind of paper went to; raises UserError as `keep`."""
        self._run("REPLACE INTO paper VALUES (?, ?)", kind, way)

    def set_aside(self, key: DraftKey) -> Path:
        """Copy the file so that a person can examine it, and forget the draft; return the copy's path.

        Drafts name people: there is one copy at most, and it is deleted at the age at which drafts are.

        Raises:
            UserError: as `keep`.
        """
        copy = _copy_path(self.path)
        try:
            copy.unlink(missing_ok=True)
            make_private(copy)
            # A plain copy of the file could catch the middle of another connection's commit; VACUUM INTO
            # writes one read transaction. https://www.sqlite.org/lang_vacuum.html
            self._connection.execute("VACUUM INTO ?", (str(copy),))
        except (OSError, sqlite3.Error) as error:
            raise self._not_writable(error) from error
        self.forget(key)
        return copy

    def close(self) -> None:
        self._connection.close()

    def _run(self, sql: str, *values: str | int) -> tuple[object, ...] | None:
        """Run a statement, and return the first row, if any."""
        try:
            row: tuple[object, ...] | None = self._connection.execute(sql, values).fetchone()
        except (sqlite3.Error, *UNREADABLE) as error:
            raise self._not_writable(error) from error
        return row

    def _not_writable(self, error: Exception) -> UserError:
        return UserError(
            _("Draf tidak dapat disimpan di {path} ({error}).").format(path=self.path, error=error),
            _("Isian di layar dan data kantor tetap aman."),
            _("Periksa hak tulis dan ruang kosong di komputer ini."),
        )


def _copy_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.altered")
