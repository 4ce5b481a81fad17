"""One schema, however an office came to it: in a file or on a server, made today or step by step."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import engines
from tests.cluster import name_in
from tests.db.schema.builds import next_program
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.connection import FILE
from ult_desktop.db.store.engine import Engine, Link
from ult_desktop.db.store.postgres.connection import ServerLink
from ult_desktop.db.store.postgres.engine import SERVER
from ult_desktop.db.store.postgres.schema import SEARCH_TABLE, Database

pytestmark = pytest.mark.posix_only("postgresql")

Rows = list[tuple[object, ...]]

_SERVER_PARTS = {
    "columns": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
            coalesce(pg_get_expr(d.adbin, d.adrelid), '')
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE c.relkind = 'r' AND c.relnamespace = CAST('public' AS regnamespace)
            AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.relname, a.attnum""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname",
    "constraints": """
        SELECT CAST(CAST(conrelid AS regclass) AS text), CAST(contype AS text), pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = CAST('public' AS regnamespace) ORDER BY 1, 2, 3""",
    "triggers": """
        SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t
        JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal ORDER BY t.tgname""",
    "functions": """
        SELECT proname, pg_get_function_arguments(oid), prosrc FROM pg_proc
        WHERE pronamespace = CAST('public' AS regnamespace) ORDER BY 1, 2""",
}


@contextmanager
def empty_server() -> Iterator[Link]:
    address = engines.server().create()
    try:
        with closing(ServerLink(address, Path(f"{name_in(address)}.postgresql"))) as link:
            yield link
    finally:
        engines.server().drop(address)


@contextmanager
def empty_file() -> Iterator[Link]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as link:
        yield link


def bring_up(engine: Engine, link: Link) -> None:
    link.execute("BEGIN IMMEDIATE")
    engine.migrate(link)
    link.execute("COMMIT")


def server_step_by_step(link: Link) -> None:
    """Make the schema as so many programs as there are steps would: none knows what an earlier one read."""
    link.execute("BEGIN IMMEDIATE")
    Database(link).make_server_parts()
    for step in MIGRATIONS.by_name.values():
        step(Database(link))
    link.execute("COMMIT")


def file_step_by_step(link: Link) -> None:
    every = dict(MIGRATIONS.by_name)
    MIGRATIONS.by_name.clear()
    try:
        for name, step in every.items():
            MIGRATIONS.by_name[name] = step
            bring_up(FILE, link)
    finally:
        MIGRATIONS.by_name.update(every)


def on_server(link: Link) -> dict[str, Rows]:
    return {part: link.execute(sql).fetchall() for part, sql in _SERVER_PARTS.items()}


def in_file(link: Link) -> dict[str, Rows]:
    sql = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
    return {"all": link.execute(sql).fetchall()}


def test_a_server_brought_up_step_by_step_is_as_one_made_today() -> None:
    with next_program(), empty_server() as fresh, empty_server() as grown:
        bring_up(SERVER, fresh)
        server_step_by_step(grown)
        assert on_server(grown) == on_server(fresh)


def test_a_file_brought_up_step_by_step_is_as_one_made_today() -> None:
    with next_program(), empty_file() as fresh, empty_file() as grown:
        bring_up(FILE, fresh)
        file_step_by_step(grown)
        assert in_file(grown) == in_file(fresh)


@pytest.mark.slow
def test_both_engines_have_the_same_tables_rules_and_triggers() -> None:
    with empty_server() as server, empty_file() as file:
        bring_up(SERVER, server)
        bring_up(FILE, file)
        ours = [each for each in FILE.tables(file) if not each.startswith((SEARCH_TABLE, "_sqlite"))]
        theirs = [each for each in SERVER.tables(server) if each not in _OF_A_SERVER]
        assert theirs == ours
        for engine_part in (_columns, _keys, _unique, _checks):
            told = engine_part(server, file, ours)
            assert told[0] == told[1]
        for table in ours:
            assert sorted(SERVER.references(server, table)) == sorted(FILE.references(file, table)), table
        for kind, sql in _NAMES_ON_SERVER.items():
            named = {name for (name,) in file.execute(_NAMES_IN_FILE, (kind,)).fetchall()}
            assert {name for (name,) in server.execute(sql).fetchall()} == named


_OF_A_SERVER = (SEARCH_TABLE, "applied_migration", "document_content", "older_copy")
_NAMES_IN_FILE = """
    SELECT name FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND substr(name, 1, 5) <> 'idx__'"""
_NAMES_ON_SERVER = {
    "index": """
        SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname <> 'faq_index_words'
        AND indexname NOT IN (SELECT conname FROM pg_constraint)""",
    "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
_TYPES = {"bigint": "INTEGER", "text": "TEXT", "bytea": "BLOB"}
Told = dict[str, object]


def _columns(server: Link, file: Link, tables: list[str]) -> tuple[Told, Told]:
    """Their names, types and whether they may be empty; no type is narrower than 64 bits."""
    there: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, name, kind, required, _default in on_server(server)["columns"]:
        there.setdefault(str(table), {})[str(name)] = (_TYPES.get(str(kind), str(kind)), bool(required))
    sql = 'SELECT name, type, "notnull" OR pk > 0 FROM pragma_table_info(?)'
    here = {
        table: {
            name: (kind, bool(required)) for name, kind, required in file.execute(sql, (table,)).fetchall()
        }
        for table in tables
    }
    return {table: there[table] for table in tables}, dict(here)


def _keys(server: Link, file: Link, tables: list[str]) -> tuple[Told, Told]:
    sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
    here = {each: ", ".join(name for (name,) in file.execute(sql, (each,)).fetchall()) for each in tables}
    return {each: SERVER.key_of(server, each) for each in tables}, dict(here)


def _unique(server: Link, file: Link, tables: list[str]) -> tuple[Told, Told]:
    """The columns that are unique by the table's own rule."""
    there: dict[str, list[list[str]]] = {each: [] for each in tables}
    for table, kind, rule in on_server(server)["constraints"]:
        if kind == "u":
            there[str(table)].append(str(rule).partition("(")[2].rstrip(")").split(", "))
    here: dict[str, list[list[str]]] = {each: [] for each in tables}
    for table in tables:
        sql = "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'"
        for (index,) in file.execute(sql, (table,)).fetchall():
            found = file.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (index,)).fetchall()
            here[table].append([name for (name,) in found])
    return {k: sorted(v) for k, v in there.items()}, {k: sorted(v) for k, v in here.items()}


def _checks(server: Link, file: Link, tables: list[str]) -> tuple[Told, Told]:
    """How many rules on its rows each table has."""
    rules = on_server(server)["constraints"]
    there = {each: sum(table == each and kind == "c" for table, kind, _rule in rules) for each in tables}
    written = dict(file.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall())
    return dict(there), {each: len(re.findall(r"\bCHECK\s*\(", written[each])) for each in tables}
