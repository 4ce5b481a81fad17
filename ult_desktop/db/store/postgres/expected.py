"""The schema that an office on a server must have, compared with what is there.

The migrations make the same tables in a file in memory, which shows what each has to have.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from itertools import chain, groupby

from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store.postgres import catalogue, document_table, rights, schema
from ult_desktop.db.store.postgres.catalogue import Schema, SchemaPart, ServerColumn
from ult_desktop.db.store.postgres.connection import ServerLink
from ult_desktop.db.store.postgres.functions import FUNCTIONS

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
    ServerColumn(_SEARCH, "words", "tsvector", required=False, default=schema.SEARCH_WORDS),
)
_PARTS_OF_A_SERVER = (
    *chain.from_iterable(map(catalogue.of_table, ("applied_migration", _OLDER_COPY, _DOCUMENTS, _SEARCH))),
    SchemaPart("applied_migration PRIMARY KEY (name)", "applied_migration"),
    SchemaPart(f"{_OLDER_COPY} PRIMARY KEY (noticed_by)", _OLDER_COPY),
    SchemaPart(f"{_DOCUMENTS} PRIMARY KEY (sha256)", _DOCUMENTS),
    catalogue.check(_DOCUMENTS, "length(sha256) = 64", told=f"{_DOCUMENTS} CHECK (length(sha256) = 64)"),
    SchemaPart(f"{_SEARCH} PRIMARY KEY (rowid)", _SEARCH),
    catalogue.index(_SEARCH, f"{_SEARCH}_words", "gin", [("words", False)], None, unique=False),
)
_FUNCTION = re.compile(
    r"CREATE FUNCTION (\w+)\(([^)]*)\) RETURNS (.+?)\s+LANGUAGE (\w+) (\w+)( STRICT)? AS \$\$(.*?)\$\$",
    re.DOTALL,
)
_AGGREGATE = re.compile(r"CREATE AGGREGATE (\w+\(.*?\)) \((.*?)\)")
_CHECK = re.compile(r"\bCHECK\s*\(")
_INDEX = re.compile(r"CREATE (UNIQUE )?INDEX (\w+) ON (\w+) \(")
_NEXT_KEY = re.compile(r",\s*(?![^()]*\))")


def missing(link: ServerLink, applied: frozenset[str]) -> tuple[str, ...]:
    """List what is missing from the schema that these migrations make, or differs from it.

    Where something is too much, the statement that undoes it is listed. If a table or a function is missing,
    only it is listed, not all that went with it.
    """
    there, wanted = catalogue.there(link), _wanted(applied)
    names = {part.name for part in there.parts}
    lost = {part.name for part in wanted.parts if not part.table and part.name not in names}
    wanted = wanted.without(lost)
    # Both sides are put in this server's words: each version prints an expression in its own way.
    left, found = wanted.worded(link), there.about(wanted.tables).worded(link)
    lacking = [part for said, part in left.items() if said not in found]
    known = lost | {part.name for part in lacking if not part.told}
    strange = [
        part for said, part in found.items() if part.told and said not in left and part.name not in known
    ]
    told = {part.told or part.name for part in (*lacking, *strange)}
    return tuple(sorted({*lost, *told, *rights.wrong(link, wanted.tables - {""})}))


@lru_cache(maxsize=4)
def _wanted(applied: frozenset[str]) -> Schema:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as file:
        MIGRATIONS.repeat(applied, file)
        tables = file.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND substr(name, 1, length(?1)) <> ?1",
            (_SEARCH,),
        ).fetchall()
        columns, parts = list(_COLUMNS_OF_A_SERVER), [*_PARTS_OF_A_SERVER, *_functions()]
        for table, sql in tables:
            columns.extend(_columns(file, table, sql))
            parts.extend(_of_table(file, table, sql))
        for (sql,) in file.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            parts.extend(_of_trigger(sql))
        return Schema(columns, chain(parts, *map(catalogue.of_column, columns)))


def _functions() -> Iterator[SchemaPart]:
    for name, values, result, language, changes, strict, body in _FUNCTION.findall(FUNCTIONS):
        traits = f"{changes}{strict}".removeprefix("VOLATILE").strip()
        yield _function(f"{name}({values})", result.replace(" (", "("), language, traits, body)
    for name, words in _AGGREGATE.findall(FUNCTIONS):
        yield SchemaPart(name, words=words)


def _function(name: str, result: str, language: str, traits: str, body: str) -> SchemaPart:
    """Return the part for a function, in the form in which the server prints it."""
    lines = [f"CREATE OR REPLACE FUNCTION public.{name}", f" RETURNS {result}", f" LANGUAGE {language}"]
    if traits:
        lines.append(f" {traits}")
    return SchemaPart(name, words="\n".join([*lines, f"AS $function${body}$function$\n"]))


def _of_trigger(sql: str) -> Iterator[SchemaPart]:
    name, table, statement, body = schema.trigger_parts(sql)
    yield SchemaPart(name, table, statement)
    yield _function(f"{name}()", "trigger", "plpgsql", "", body)


def _columns(file: sqlite3.Connection, table: str, sql: str) -> Iterator[ServerColumn]:
    has_number = re.search(r"^\s+id INTEGER PRIMARY KEY(?! CHECK)", sql, re.MULTILINE) is not None
    rows = file.execute('SELECT name, type, "notnull" OR pk, dflt_value FROM pragma_table_info(?)', (table,))
    for name, kind, required, default in rows.fetchall():
        server_default = default if default is None else schema.typed(default)
        if has_number and name == "id":
            server_default = f"next_id('{table}')"
        yield ServerColumn(table, name, schema.TYPES[kind], bool(required), server_default)


def _of_table(file: sqlite3.Connection, table: str, sql: str) -> Iterator[SchemaPart]:
    yield from catalogue.of_table(table)
    for found in _CHECK.finditer(sql):
        rule = schema.typed(_inside(sql, found.end()))
        yield catalogue.check(table, rule, told=f"{table} CHECK ({' '.join(rule.split())})")
    keys = "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk"
    yield _rule(table, "PRIMARY KEY", _names(file, keys, table))
    for (name,) in file.execute(
        "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", (table,)
    ).fetchall():
        yield _rule(
            table, "UNIQUE", _names(file, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", name)
        )
    references = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
    rows = file.execute(references, (table,)).fetchall()
    for (_id, other), pairs in groupby(rows, key=lambda row: row[:2]):
        named = [row[2:] for row in pairs]
        theirs = ", ".join(to for _own, to in named)
        yield _rule(table, "FOREIGN KEY", [own for own, _to in named], f" REFERENCES {other}({theirs})")
    made = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    for (index,) in file.execute(made, (table,)).fetchall():
        yield _index(index, schema.folded_columns(sql))


def _names(file: sqlite3.Connection, sql: str, of: str) -> list[str]:
    return [name for (name,) in file.execute(sql, (of,)).fetchall()]


def _rule(table: str, kind: str, own: list[str], more: str = "") -> SchemaPart:
    return SchemaPart(f"{table} {kind} ({', '.join(own)}){more}", table)


def _index(sql: str, folded: list[str]) -> SchemaPart:
    _before, unique, name, table, behind = _INDEX.split(sql)
    inside = _inside(behind, 0)
    keys = [schema.index_key(each, folded) for each in _NEXT_KEY.split(inside)]
    only = behind[len(inside) + 1 :].strip().removeprefix("WHERE ")
    return catalogue.index(table, name, "btree", keys, schema.typed(only), unique=bool(unique))


def _inside(sql: str, begins: int) -> str:
    """Return the text between the bracket just before `begins` and the one that closes it."""
    depth, is_text = 1, False
    for at in range(begins, len(sql)):
        if sql[at] == "'":
            is_text = not is_text
        elif sql[at] == "(" and not is_text:
            depth += 1
        elif sql[at] == ")" and not is_text:
            depth -= 1
        if not depth:
            return sql[begins:at]
    raise ValueError(sql)
