"""The office's schema on PostgreSQL: the one history of migrations, each statement translated."""

import re
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from ult_desktop.db.store.engine import Cursor, Link
from ult_desktop.db.store.postgres import document_table
from ult_desktop.db.store.postgres.functions import FUNCTIONS

SEARCH_TABLE = "faq_index"
SEARCH_WORDS = (
    "setweight(to_tsvector('simple', question), 'A') || setweight(to_tsvector('simple', tags), 'B')"
    " || setweight(to_tsvector('simple', answer), 'D')"
)
OLDER_COPY_TABLE = "older_copy"  # its one row names the station that first found an event missing
_OLDER_COPY = f"CREATE TABLE {OLDER_COPY_TABLE} (noticed_by text PRIMARY KEY)"
_SEARCH = f"""
CREATE TABLE {SEARCH_TABLE} (
    rowid bigint PRIMARY KEY, question text NOT NULL, tags text NOT NULL, answer text NOT NULL,
    words tsvector GENERATED ALWAYS AS ({SEARCH_WORDS}) STORED
)
"""
_SEARCH_INDEX = f"CREATE INDEX {SEARCH_TABLE}_words ON {SEARCH_TABLE} USING gin (words)"
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_QUOTED_TEXT = re.compile(r"('(?:[^']|'')*')")
TYPES = {"INTEGER": "bigint", "TEXT": "text", "BLOB": "bytea"}
_TYPE = re.compile(r"\b(INTEGER|TEXT|BLOB)\b")
_REFERENCE = re.compile(r"^\s+(\w+) [^\n]*?( REFERENCES (\w+) \((\w+)\))", re.MULTILINE)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (\w+)\s+(BEFORE|AFTER) (.*?) ON (\w+)\s*(?:WHEN (.*?))?\s*BEGIN\s+(.*?);?\s*END$",
    re.DOTALL,
)
_INDEX_KEY = re.compile(r"(.*?)( COLLATE NOCASE)?( DESC)?\Z", re.DOTALL)
_RAISE = re.compile(r"SELECT RAISE\(ABORT, '(.*)'\)")


class IndexKey(NamedTuple):
    """One of the expressions by which an index is sorted."""

    expression: str
    is_descending: bool


class ServerTrigger(NamedTuple):
    """A trigger of a file as PostgreSQL has it: a statement, and the body of the function that it calls."""

    name: str
    table: str
    statement: str
    body: str


class _LateReference(NamedTuple):
    """A statement that adds a reference, once the table to which it refers is made."""

    referred_table: str
    statement: str


class Database:
    """The object that a migration gets instead of a SQLite database: it translates each statement."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._nocase_columns: set[tuple[str, str]] = set()  # (table, column)
        self._late_references: list[_LateReference] = []

    def make_server_parts(self) -> None:
        """Make the functions and the tables that only a server has, in an empty database."""
        self._link.execute(f"{FUNCTIONS};{document_table.CREATE};{_OLDER_COPY}")

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor | None:
        cursor = None
        for statement in self._translate(sql):
            cursor = self._link.execute(statement, values)
        return cursor

    def _translate(self, sql: str) -> list[str]:
        verb, kind = sql.split(None, 2)[:2]
        if (verb, kind) == ("CREATE", "TABLE"):
            return self._translate_table(sql)
        if (verb, kind) == ("CREATE", "TRIGGER"):
            name, _table, statement, body = translate_trigger(sql)
            function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
            return [function, statement]
        if (verb, kind) == ("CREATE", "VIRTUAL"):
            return [_SEARCH, _SEARCH_INDEX]
        if verb == "CREATE":
            return self._translate_index(sql)
        if (verb, kind) == ("DROP", "TRIGGER"):
            # A trigger of PostgreSQL calls a function of its own; CASCADE deletes the trigger with it.
            return [f"DROP FUNCTION {sql.split()[2]}() CASCADE"]
        if verb == "ALTER":
            return [translate_types(sql)]
        return [sql] if verb != "PRAGMA" else []

    def _translate_table(self, sql: str) -> list[str]:
        """Return the statements that make a table.

        A reference to a table that is made later waits for that table.
        """
        name = sql.split()[2]
        sql = translate_types(re.sub(r"\) STRICT(, WITHOUT ROWID)?$", ")", sql))
        self._nocase_columns |= {(name, column) for column in nocase_columns(sql)}
        sql = sql.replace(" COLLATE NOCASE", "")
        tables = {name, *(row[0] for row in self._link.execute(_TABLES).fetchall())}
        for match in reversed(list(_REFERENCE.finditer(sql))):  # from the end: cutting moves what follows
            column, _clause, referred_table, referred_column = match.groups()
            if referred_table not in tables:
                # SQLite accepts a reference to a table that does not exist yet; PostgreSQL does not.
                # https://www.sqlite.org/foreignkeys.html
                sql = sql[: match.start(2)] + sql[match.end(2) :]
                statement = (
                    f"ALTER TABLE {name} ADD FOREIGN KEY ({column})"
                    f" REFERENCES {referred_table} ({referred_column})"
                )
                self._late_references.append(_LateReference(referred_table, statement))
        statements = [sql]
        if re.search(r"^\s+id bigint PRIMARY KEY(?! CHECK)", sql, re.MULTILINE):
            # No sequence: one leaves gaps after a rollback, and SQLite's numbers have none. Rows that move
            # from one engine to the other keep theirs, and both go on with the same next one.
            statements.append(f"ALTER TABLE {name} ALTER id SET DEFAULT next_id('{name}')")
        still_late = []
        for reference in self._late_references:
            if reference.referred_table == name:
                statements.append(reference.statement)
            else:
                still_late.append(reference)
        self._late_references = still_late
        return statements

    def _translate_index(self, sql: str) -> list[str]:
        head, table, columns, rest = re.findall(r"^(.*? ON (\w+) \()(.*?)(\).*)$", sql, re.DOTALL)[0]
        nocase = [column for other, column in self._nocase_columns if other == table]
        keys = []
        for column in columns.split(", "):
            key = translate_index_key(column, nocase)
            keys.append(f"{key.expression} DESC" if key.is_descending else key.expression)
        return [f"{head}{', '.join(keys)}{rest}"]


def translate_index_key(key: str, nocase: Collection[str]) -> IndexKey:
    """Translate the key of a file's index; `nocase` are the table's columns that ignore case."""
    plain, ignores_case, descends = _INDEX_KEY.findall(key)[0]
    expression = f"lower({plain})" if ignores_case or plain in nocase else plain
    return IndexKey(expression, bool(descends))


def nocase_columns(sql: str) -> list[str]:
    """Return the columns of a file's table that ignore case."""
    return re.findall(r"^\s+(\w+) [^\n]*COLLATE NOCASE", sql, re.MULTILINE)


def translate_types(sql: str) -> str:
    """Return a statement with PostgreSQL's types and literals of bytes."""
    parts = _QUOTED_TEXT.split(sql)  # every second one is a quoted text
    parts[::2] = [_TYPE.sub(lambda match: TYPES[match[0]], part) for part in parts[::2]]
    return re.sub(r"x'([0-9a-fA-F]*)'", r"'\\x\1'", "".join(parts))


def translate_trigger(sql: str) -> ServerTrigger:
    name, time, event, table, when, act = _TRIGGER.findall(sql)[0]
    raised = _RAISE.match(act)
    body = f"RAISE EXCEPTION '{raised[1]}'" if raised else act.strip()
    if when:
        body = f"IF {when} THEN {body}; END IF"
    statement = f"CREATE TRIGGER {name} {time} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    return ServerTrigger(name, table, statement, f" BEGIN {body}; RETURN coalesce(NEW, OLD); END ")
