"""The schema that an office on a server must have, compared with the one that it has.

To learn what the migrations make, they are carried out in a SQLite database in memory.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import lru_cache
from itertools import chain

from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.connection import FILE
from ult_desktop.db.store.postgres import catalogue, document_table, rights, schema
from ult_desktop.db.store.postgres.catalogue import Schema, SchemaPart, ServerColumn
from ult_desktop.db.store.postgres.connection import ServerLink
from ult_desktop.db.store.postgres.functions import FUNCTIONS
from ult_desktop.db.store.postgres.schema import IndexKey

_SEARCH = schema.SEARCH_TABLE
_DOCUMENTS = document_table.TABLE
_OLDER_COPY = schema.OLDER_COPY_TABLE
_COLUMNS_OF_A_SERVER = (
    ServerColumn("applied_migration", "name", "text"),
    ServerColumn(_OLDER_COPY, "noticed_by", "text"),
    ServerColumn(_DOCUMENTS, "sha256", "text"),
    ServerColumn(_DOCUMENTS, "content", "bytea"),
    ServerColumn(_SEARCH, "rowid", "bigint"),
    *(ServerColumn(_SEARCH, name, "text") for name in ("question", "tags", "answer")),
    ServerColumn(_SEARCH, "words", "tsvector", is_required=False, default=schema.SEARCH_WORDS),
)
_PARTS_OF_A_SERVER = (
    *chain.from_iterable(map(catalogue.table_parts, ("applied_migration", _OLDER_COPY, _DOCUMENTS, _SEARCH))),
    SchemaPart("applied_migration PRIMARY KEY (name)", "applied_migration"),
    SchemaPart(f"{_OLDER_COPY} PRIMARY KEY (noticed_by)", _OLDER_COPY),
    SchemaPart(f"{_DOCUMENTS} PRIMARY KEY (sha256)", _DOCUMENTS),
    catalogue.check_part(
        _DOCUMENTS, "length(sha256) = 64", report=f"{_DOCUMENTS} CHECK (length(sha256) = 64)"
    ),
    SchemaPart(f"{_SEARCH} PRIMARY KEY (rowid)", _SEARCH),
    catalogue.index_part(
        _SEARCH, f"{_SEARCH}_words", "gin", [IndexKey("words", is_descending=False)], None, is_unique=False
    ),
)
_FUNCTION = re.compile(
    r"CREATE FUNCTION (\w+)\(([^)]*)\) RETURNS (.+?)\s+LANGUAGE (\w+) (\w+)( STRICT)? AS \$\$(.*?)\$\$",
    re.DOTALL,
)
_AGGREGATE = re.compile(r"CREATE AGGREGATE (\w+\(.*?\)) \((.*?)\)")
_CHECK = re.compile(r"\bCHECK\s*\(")
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX (\w+) ON (\w+) \(")
_KEY_SEPARATOR = re.compile(r",\s*(?![^()]*\))")  # a comma that is not within brackets


def missing(link: ServerLink, applied: frozenset[str]) -> tuple[str, ...]:
    """List what differs from the schema that these migrations make.

    Of what is missing the description is listed, of what is too much the statement that removes it. If a
    table or a function is missing, only it is listed, not all that went with it.
    """
    present, wanted = catalogue.read_schema(link), _wanted_schema(applied)
    present_names = {part.name for part in present.parts}
    lost = {part.name for part in wanted.parts if not part.table and part.name not in present_names}
    wanted = wanted.without(lost)
    # The server prints the expressions of both sides, because each version prints them in its own way.
    wanted_parts = wanted.by_printed_form(link)
    present_parts = present.limited_to(wanted.tables).by_printed_form(link)
    lacking = [part for form, part in wanted_parts.items() if form not in present_parts]
    # A part that was replaced by another one of its name is listed once, as missing.
    listed = lost | {part.name for part in lacking if not part.report}
    superfluous = [
        part
        for form, part in present_parts.items()
        if part.report and form not in wanted_parts and part.name not in listed
    ]
    reports = {part.report or part.name for part in (*lacking, *superfluous)}
    return tuple(sorted({*lost, *reports, *rights.repair_statements(link, wanted.tables - {""})}))


@lru_cache(maxsize=4)
def _wanted_schema(applied: frozenset[str]) -> Schema:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        MIGRATIONS.repeat(applied, file)
        tables = file.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND substr(name, 1, length(?1)) <> ?1",
            (_SEARCH,),
        ).fetchall()
        columns, parts = list(_COLUMNS_OF_A_SERVER), [*_PARTS_OF_A_SERVER, *_function_parts()]
        for table, sql in tables:
            columns.extend(_table_columns(file, table, sql))
            parts.extend(_table_parts(file, table, sql))
        for (sql,) in file.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            trigger = schema.translate_trigger(sql)
            parts.append(SchemaPart(trigger.name, trigger.table, trigger.statement))
            parts.append(_function_part(f"{trigger.name}()", "trigger", "plpgsql", "", trigger.body))
        return Schema(columns, chain(parts, *map(catalogue.column_parts, columns)))


def _function_parts() -> Iterator[SchemaPart]:
    for name, parameters, result, language, volatility, strict, body in _FUNCTION.findall(FUNCTIONS):
        traits = f"{volatility}{strict}".removeprefix("VOLATILE").strip()  # the server prints no default
        yield _function_part(f"{name}({parameters})", result.replace(" (", "("), language, traits, body)
    for name, definition in _AGGREGATE.findall(FUNCTIONS):
        yield SchemaPart(name, definition=definition)


def _function_part(name: str, result: str, language: str, traits: str, body: str) -> SchemaPart:
    """Return the part for a function, in the form in which the server prints it."""
    lines = [f"CREATE OR REPLACE FUNCTION public.{name}", f" RETURNS {result}", f" LANGUAGE {language}"]
    if traits:
        lines.append(f" {traits}")
    return SchemaPart(name, definition="\n".join([*lines, f"AS $function${body}$function$\n"]))


def _table_columns(file: sqlite3.Connection, table: str, sql: str) -> Iterator[ServerColumn]:
    has_number = re.search(r"^\s+id INTEGER PRIMARY KEY(?! CHECK)", sql, re.MULTILINE) is not None
    rows = file.execute('SELECT name, type, "notnull" OR pk, dflt_value FROM pragma_table_info(?)', (table,))
    for name, kind, is_required, default in rows.fetchall():
        server_default = default if default is None else schema.translate_types(default)
        if has_number and name == "id":
            server_default = f"next_id('{table}')"
        yield ServerColumn(table, name, schema.TYPES[kind], bool(is_required), server_default)


def _table_parts(file: sqlite3.Connection, table: str, sql: str) -> Iterator[SchemaPart]:
    yield from catalogue.table_parts(table)
    for match in _CHECK.finditer(sql):
        rule = schema.translate_types(_inside_brackets(sql, match.end()))
        yield catalogue.check_part(table, rule, report=f"{table} CHECK ({' '.join(rule.split())})")
    primary_key = "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk"
    yield _constraint_part(table, "PRIMARY KEY", _names(file, primary_key, table))
    unique_indexes = "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'"
    for name in _names(file, unique_indexes, table):
        columns = _names(file, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", name)
        yield _constraint_part(table, "UNIQUE", columns)
    for reference in FILE.references(file, table):
        clause = f" REFERENCES {reference.table}({', '.join(reference.referred_columns)})"
        yield _constraint_part(table, "FOREIGN KEY", reference.columns, clause)
    indexes = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    for index_sql in _names(file, indexes, table):
        yield _index_part(index_sql, schema.nocase_columns(sql))


def _names(file: sqlite3.Connection, sql: str, name: str) -> list[str]:
    """Return the first column of a statement about the table or index of that name."""
    return [value for (value,) in file.execute(sql, (name,)).fetchall()]


def _constraint_part(table: str, kind: str, columns: Iterable[str], clause: str = "") -> SchemaPart:
    return SchemaPart(f"{table} {kind} ({', '.join(columns)}){clause}", table)


def _index_part(sql: str, nocase: list[str]) -> SchemaPart:
    _before, unique, name, table, after_bracket = _INDEX.split(sql)
    inside = _inside_brackets(after_bracket, 0)
    keys = [schema.translate_index_key(key, nocase) for key in _KEY_SEPARATOR.split(inside)]
    condition = after_bracket[len(inside) + 1 :].strip().removeprefix("WHERE ")
    return catalogue.index_part(
        table, name, "btree", keys, schema.translate_types(condition), is_unique=bool(unique)
    )


def _inside_brackets(sql: str, start: int) -> str:
    """Return the text between the bracket just before `start` and the one that closes it."""
    depth, is_text = 1, False
    for place in range(start, len(sql)):
        if sql[place] == "'":
            is_text = not is_text
        elif sql[place] == "(" and not is_text:
            depth += 1
        elif sql[place] == ")" and not is_text:
            depth -= 1
        if not depth:
            return sql[start:place]
    raise ValueError(sql)
