"""The office's schema on PostgreSQL: the one history of migrations, each statement translated."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from ult_desktop.db.store.engine import Cursor, Link
from ult_desktop.db.store.postgres import document_table
from ult_desktop.db.store.postgres.functions import FUNCTIONS

SEARCH_TABLE = "faq_index"
SEARCH_WORDS = (
    "setweight(to_tsvector('simple', question), 'A') || setweight(to_tsvector('simple', tags), 'B')"
    " || setweight(to_tsvector('simple', answer), 'D')"
)
OLDER_COPY_TABLE = "older_copy"  # its one row names the station that first knew a later event
_OLDER_COPY = f"CREATE TABLE {OLDER_COPY_TABLE} (noticed_by text PRIMARY KEY)"
_SEARCH = f"""
CREATE TABLE {SEARCH_TABLE} (
    rowid bigint PRIMARY KEY, question text NOT NULL, tags text NOT NULL, answer text NOT NULL,
    words tsvector GENERATED ALWAYS AS ({SEARCH_WORDS}) STORED
)
"""
_SEARCH_INDEX = f"CREATE INDEX {SEARCH_TABLE}_words ON {SEARCH_TABLE} USING gin (words)"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_TEXT = re.compile(r"('(?:[^']|'')*')")
TYPES = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
_TYPE = re.compile(r"\b(INTEGER|TEXT|BLOB)\b")
_REFERRING = re.compile(r"^\s+(\w+) [^\n]*?( REFERENCES (\w+) \((\w+)\))", re.MULTILINE)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+)\s+(BEFORE|AFTER) (.*?) ON (\w+)\s*(?:WHEN (.*?))?\s*BEGIN\s+(.*?);?\s*END$",
    re.DOTALL,
)
_KEY = re.compile(r"(.*?)( COLLATE NOCASE)?( DESC)?\Z", re.DOTALL)
_RAISE = re.compile(r"SELECT RAISE\(ABORT, '(.*)'\)")


class Database:
    """The object that a migration gets instead of a SQLite database."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._folded: set[tuple[str, str]] = set()
        self._waiting: list[tuple[str, str]] = []

    def begin(self) -> set[str]:
        """Make the functions and the tables that only a server has in an empty database.

        Returns the names of the migrations that were carried out there: none.
        """
        self._link.execute(f"{FUNCTIONS};{document_table.CREATE};{_OLDER_COPY}")
        return set()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor | None:
        found = None
        for each in self._translated(sql):
            found = self._link.execute(each, values)
        return found

    def _translated(self, sql: str) -> list[str]:
        verb, what = sql.split(None, 2)[:2]
        if (verb, what) == ("CREATE", "TABLE"):
            return self._table(sql)
        if (verb, what) == ("CREATE", "TRIGGER"):
            return _trigger(sql)
        if (verb, what) == ("CREATE", "VIRTUAL"):
            return [_SEARCH, _SEARCH_INDEX]
        if verb == "CREATE":
            return self._index(sql)
        if (verb, what) == ("DROP", "TRIGGER"):
            # A trigger of PostgreSQL calls a function of its own; CASCADE deletes the trigger with it.
            return [f"DROP FUNCTION {sql.split()[2]}() CASCADE"]
        if verb == "ALTER":
            return [typed(sql)]
        return [sql] if verb != "PRAGMA" else []

    def _table(self, sql: str) -> list[str]:
        """Return the statements that make a table.

        A table that it refers to may come later: then the reference waits for that table.
        """
        name = sql.split()[2]
        sql = typed(re.sub(r"\) STRICT(, WITHOUT ROWID)?$", ")", sql))
        self._folded |= {(name, column) for column in folded_columns(sql)}
        sql = sql.replace(" COLLATE NOCASE", "")
        there = {name, *(row[0] for row in self._link.execute(_TABLES).fetchall())}
        for found in reversed(list(_REFERRING.finditer(sql))):
            column, _clause, other, key = found.groups()
            if other not in there:
                sql = sql[: found.start(2)] + sql[found.end(2) :]
                # SQLite accepts a reference to a table that does not exist yet; PostgreSQL does not.
                # https://www.sqlite.org/foreignkeys.html
                late = f"ALTER TABLE {name} ADD FOREIGN KEY ({column}) REFERENCES {other} ({key})"
                self._waiting.append((other, late))
        due = [late for other, late in self._waiting if other == name]
        self._waiting = [each for each in self._waiting if each[0] != name]
        numbered = re.search(r"^\s+id bigint PRIMARY KEY(?! CHECK)", sql, re.MULTILINE)
        # No sequence: one leaves gaps after a rollback, and SQLite's numbers have none. Rows that move from
        # one engine to the other keep theirs, and both go on with the same next one.
        number = [f"ALTER TABLE {name} ALTER id SET DEFAULT next_id('{name}')"] if numbered else []
        return [sql, *number, *due]

    def _index(self, sql: str) -> list[str]:
        head, table, columns, rest = re.findall(r"^(.*? ON (\w+) \()(.*?)(\).*)$", sql, re.DOTALL)[0]
        of_table = [column for other, column in self._folded if other == table]
        keys = (index_key(each, of_table) for each in columns.split(", "))
        translated = ", ".join(f"{key} DESC" if falls else key for key, falls in keys)
        return [f"{head}{translated}{rest}"]


def index_key(key: str, folded: Collection[str]) -> tuple[str, bool]:
    """Return the expression by which an index is sorted, and whether its order is descending.

    `folded` are the table's columns that ignore case.
    """
    plain, folds, falls = _KEY.findall(key)[0]
    expression = f"lower({plain})" if folds or plain in folded else plain
    return expression, bool(falls)


def folded_columns(sql: str) -> list[str]:
    """Return the columns of a file's table that do not distinguish capitals from small letters."""
    return re.findall(r"^\s+(\w+) [^\n]*COLLATE NOCASE", sql, re.MULTILINE)


def typed(sql: str) -> str:
    """Return a statement with a server's types."""
    parts = _TEXT.split(sql)
    parts[::2] = [_TYPE.sub(lambda found: TYPES[found[0]], part) for part in parts[::2]]
    return re.sub(r"x'([0-9a-fA-F]*)'", r"'\\x\1'", "".join(parts))


def trigger_parts(sql: str) -> tuple[str, str, str, str]:
    """Return the name and table of a file's trigger, and the statement and function body that it becomes."""
    name, time, event, table, when, act = _TRIGGER.findall(sql)[0]
    raised = _RAISE.match(act)
    body = f"RAISE EXCEPTION '{raised[1]}'" if raised else act.strip()
    if when:
        body = f"IF {when} THEN {body}; END IF"
    statement = f"CREATE TRIGGER {name} {time} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    return name, table, statement, f" BEGIN {body}; RETURN coalesce(NEW, OLD); END "


def _trigger(sql: str) -> list[str]:
    name, _table, statement, body = trigger_parts(sql)
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
    return [function, statement]
