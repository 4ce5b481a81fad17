"""What an office on a server has to have, held against what is there.

The migrations make the same tables in a file in memory, which shows what each has to have; the bodies of
functions stand on a server to the letter. Of a check PostgreSQL keeps wording of its own: checks are counted.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import groupby, starmap

from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres import document_table
from ult_desktop.db.store.postgres.functions import FUNCTIONS
from ult_desktop.db.store.postgres.schema import SEARCH_TABLE, TYPES, trigger_function

STATIONS = "ult_station"  # the role of whom the owner of the database lets in to work there
_ONLY_ADDED_TO = ("event",)  # whoever the station is
_OWNERS = ("applied_migration", "office_move")  # where it lives is its owner's to say
RIGHTS = (
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {STATIONS}",
    *(f"REVOKE UPDATE, DELETE ON {table} FROM {STATIONS}" for table in _ONLY_ADDED_TO),
    *(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {STATIONS}" for table in _OWNERS),
)
HAS_STATIONS = "SELECT 1 FROM pg_roles WHERE rolname = ?"
Part = tuple[str, str]
"""What a person is told of it, and what else it has to be."""

_HERE = "CAST('public' AS regnamespace)"
_COLUMNS = f"""
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull,
    coalesce(pg_get_expr(d.adbin, d.adrelid) LIKE 'next_id(%', false)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relkind = 'r' AND c.relnamespace = {_HERE} AND a.attnum > 0 AND NOT a.attisdropped
"""
_INDEXES = f"""
SELECT o.relname, i.indisunique, i.indpred IS NOT NULL FROM pg_index i JOIN pg_class o ON o.oid = i.indexrelid
WHERE o.relnamespace = {_HERE} AND i.indisvalid
"""
_TRIGGERS = """
SELECT t.tgname, CAST(CAST(t.tgrelid AS regclass) AS text), p.prosrc FROM pg_trigger t
JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
"""
_FUNCTIONS = f"SELECT proname, prosrc FROM pg_proc WHERE pronamespace = {_HERE} AND prokind = 'f'"
_RULES = f"""
SELECT CAST(CAST(c.conrelid AS regclass) AS text), CAST(c.contype AS text), c.convalidated,
    CAST(CAST(nullif(c.confrelid, 0) AS regclass) AS text),
    ARRAY(SELECT a.attname FROM unnest(c.conkey) WITH ORDINALITY k (own, place)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.own ORDER BY k.place),
    ARRAY(SELECT a.attname FROM unnest(c.confkey) WITH ORDINALITY k (own, place)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.own ORDER BY k.place)
FROM pg_constraint c WHERE c.connamespace = {_HERE}
"""
_FUNCTION = re.compile(r"CREATE FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", re.DOTALL)
_CHECK = re.compile(r"\bCHECK\s*\(")
_OF_A_SERVER = frozenset(
    {
        ("applied_migration PRIMARY KEY (name)", ""),
        (f"{document_table.TABLE} PRIMARY KEY (sha256)", ""),
        (f"{SEARCH_TABLE}_words", ""),
    }
)
_RIGHT = f"""
SELECT has_table_privilege('{STATIONS}', c.oid, p.name) OR (p.name IN ('INSERT', 'UPDATE')
    AND has_any_column_privilege('{STATIONS}', c.oid, p.name)), c.relname, p.name
FROM pg_class c CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p (name)
WHERE c.relkind = 'r' AND c.relnamespace = {_HERE} ORDER BY c.relname, p.name
"""


def missing(link: Link, applied: frozenset[str]) -> tuple[str, ...]:
    """What of the schema after these migrations is not there, or not as they made it."""
    there = frozenset(_there(link))
    return tuple(sorted({words for words, _more in _wanted(applied) - there} | {*_wrong_rights(link)}))


def _there(link: Link) -> Iterator[Part]:
    for table, column, kind, required, numbered in link.execute(_COLUMNS).fetchall():
        yield from _column(table, column, kind, required=required, numbered=numbered)
    for name, unique, partial in link.execute(_INDEXES).fetchall():
        yield _index(name, unique=unique, partial=partial)
    for name, table, body in link.execute(_TRIGGERS).fetchall():
        yield name, f"{table} {body}"
    for name, body in link.execute(_FUNCTIONS).fetchall():
        yield f"{name}()", body
    checks: Counter[str] = Counter()
    for table, kind, valid, other, own, theirs in link.execute(_RULES).fetchall():
        if kind == "c":
            checks[table] += valid
        elif valid:
            yield _rule(table, kind, own, other, theirs)
    yield from starmap(_checks, checks.items())


def _column(table: str, column: str, kind: str, *, required: bool, numbered: bool) -> Iterator[Part]:
    yield f"{table}.{column}", ""
    yield f"{table}.{column} {kind}", ""
    if required:
        yield f"{table}.{column} NOT NULL", ""
    if numbered:
        yield f"{table}.{column} DEFAULT next_id", ""


def _index(name: str, *, unique: bool, partial: bool) -> Part:
    return name, f"{'unique ' * bool(unique)}{'partial' * bool(partial)}".strip()


def _checks(table: str, count: int) -> Part:
    return f"{table} CHECK", f"{count}"


def _rule(table: str, kind: str, own: Iterable[str], other: str | None, theirs: Iterable[str]) -> Part:
    said = {"p": "PRIMARY KEY", "u": "UNIQUE", "f": "FOREIGN KEY"}.get(kind, kind)
    refers = f" REFERENCES {other} ({', '.join(theirs)})" if kind == "f" else ""
    return f"{table} {said} ({', '.join(own)}){refers}", ""


@lru_cache(maxsize=4)
def _wanted(applied: frozenset[str]) -> frozenset[Part]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        MIGRATIONS.repeat(applied, file)
        tables = file.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND substr(name, 1, length(?1)) <> ?1",
            (SEARCH_TABLE,),
        ).fetchall()
        found = {*_OF_A_SERVER, *((f"{name}()", body) for name, body in _FUNCTION.findall(FUNCTIONS))}
        for table, sql in tables:
            found.update(_of_table(file, table, sql))
        for name, table, sql in file.execute(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            body = trigger_function(sql)
            found |= {(name, f"{table} {body}"), (f"{name}()", body)}
        return frozenset(found)


def _of_table(file: sqlite3.Connection, table: str, sql: str) -> Iterator[Part]:
    has_number = re.search(r"^\s+id INTEGER PRIMARY KEY(?! CHECK)", sql, re.MULTILINE) is not None
    columns = file.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)).fetchall()
    for name, kind, required, key in columns:
        numbered = has_number and name == "id"
        yield from _column(table, name, TYPES[kind], required=required or key, numbered=numbered)
    keys = sorted((key, name) for name, _kind, _required, key in columns if key)
    yield _rule(table, "p", [name for _key, name in keys], None, ())
    if count := len(_CHECK.findall(sql)):
        yield _checks(table, count)
    for name, unique, origin, partial in file.execute(
        'SELECT name, "unique", origin, partial FROM pragma_index_list(?)', (table,)
    ).fetchall():
        if origin == "c":
            yield _index(name, unique=unique, partial=partial)
        elif origin == "u":
            own = file.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (name,)).fetchall()
            yield _rule(table, "u", [column for (column,) in own], None, ())
    references = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
    rows = file.execute(references, (table,)).fetchall()
    for (_id, other), pairs in groupby(rows, key=lambda row: row[:2]):
        named = [row[2:] for row in pairs]
        yield _rule(table, "f", [own for own, _to in named], other, [to for _own, to in named])


def _wrong_rights(link: Link) -> Iterator[str]:
    """What the stations' role may and should not, or the other way round; nothing where there is none."""
    if not link.execute(HAS_STATIONS, (STATIONS,)).fetchone():
        return
    for may, table, right in link.execute(_RIGHT).fetchall():
        if bool(may) != _should(table, right):
            yield f"{'REVOKE' if may else 'GRANT'} {right} ON {table}"


def _should(table: str, right: str) -> bool:
    added_to = table in _ONLY_ADDED_TO and right in ("UPDATE", "DELETE")
    owners = table in _OWNERS and right != "SELECT"
    return not (right == "TRUNCATE" or added_to or owners)
