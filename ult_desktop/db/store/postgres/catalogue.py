"""The schema of an office as a server's catalogue shows it, part by part.

Two schemas are compared by their parts. Each version of the server prints an expression in its own way. So
the server is asked to print the expressions of both: it plans a statement with them and prints the plan. That
needs only the right to connect.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.connection import ServerLink
from ult_desktop.db.store.postgres.schema import IndexKey

_HERE = "CAST('public' AS regnamespace)"
_TABLES = f"""
SELECT relname, relpersistence = 'p', NOT relrowsecurity FROM pg_class
WHERE relkind = 'r' AND relnamespace = {_HERE}
"""
_COLUMNS = f"""
SELECT c.relname, a.attname,
    format_type(a.atttypid, a.atttypmod) || coalesce(' COLLATE ' || quote_ident(l.collname), ''),
    a.attnotnull, pg_get_expr(d.adbin, d.adrelid)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
LEFT JOIN pg_collation l ON l.oid = a.attcollation AND l.collname <> 'default'
WHERE c.relkind = 'r' AND c.relnamespace = {_HERE} AND a.attnum > 0 AND NOT a.attisdropped
"""
_INDEXES = f"""
SELECT t.relname, o.relname, quote_ident(o.relname), i.indisunique, m.amname,
    ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, false) FROM generate_series(1, i.indnkeyatts) n ORDER BY n),
    ARRAY(SELECT i.indoption[n - 1] FROM generate_series(1, i.indnkeyatts) n ORDER BY n),
    pg_get_expr(i.indpred, i.indrelid)
FROM pg_index i JOIN pg_class o ON o.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_am m ON m.oid = o.relam
WHERE o.relnamespace = {_HERE} AND i.indisvalid AND NOT EXISTS (
    SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
"""
_TRIGGERS = f"""
SELECT c.relname, t.tgname, quote_ident(t.tgname), pg_get_triggerdef(t.oid, true)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND c.relnamespace = {_HERE}
"""
_RULES = f"""
SELECT c.relname, quote_ident(r.rulename) FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE c.relkind = 'r' AND c.relnamespace = {_HERE}
"""
_FUNCTIONS = f"""
SELECT format('%s(%s)', proname, pg_get_function_identity_arguments(oid)), pg_get_functiondef(oid)
FROM pg_proc WHERE pronamespace = {_HERE} AND prokind = 'f'
"""
_AGGREGATES = f"""
SELECT format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
    CAST(CAST(a.aggtransfn AS regproc) AS text), format_type(a.aggtranstype, NULL),
    CAST(CAST(nullif(CAST(a.aggfinalfn AS oid), 0) AS regproc) AS text)
FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid WHERE p.pronamespace = {_HERE}
"""
_CONSTRAINTS = f"""
SELECT t.relname, quote_ident(c.conname), CASE WHEN c.convalidated THEN pg_get_expr(c.conbin, c.conrelid) END,
    pg_get_constraintdef(c.oid)
FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
WHERE c.connamespace = {_HERE} AND c.contype IN ('c', 'f', 'p', 'u', 'x')
"""


class ServerColumn(NamedTuple):
    """A column; its default is as a migration wrote it or as a server prints it."""

    table: str
    name: str
    sql_type: str
    is_required: bool = True
    default: str | None = None


class SchemaPart(NamedTuple):
    """A part of the schema. Two parts are the same where everything but `report` is equal."""

    name: str
    """There may be several of one name: the checks of a table."""
    table: str = ""
    """The table to which the part belongs; "" for a table itself and for a function."""
    definition: str = ""
    """The definition of the part, compared to the letter."""
    expressions: tuple[str, ...] = ()
    """The expressions of the part, compared as the server prints them."""
    report: str = ""
    """The words for a person: of a missing part its description, of one too many the statement to remove it.

    Of a missing part "" means its `name`. A part that a server has is never too many where it is "".
    """


class Schema:
    """A schema: its columns and all of its parts."""

    def __init__(self, columns: Iterable[ServerColumn], parts: Iterable[SchemaPart]) -> None:
        self.columns, self.parts = tuple(columns), tuple(parts)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(part.table for part in self.parts)

    def limited_to(self, tables: Collection[str]) -> "Schema":
        """Return the columns and parts of these tables, and the parts that belong to no table."""
        columns = (column for column in self.columns if column.table in tables)
        return Schema(columns, (part for part in self.parts if not part.table or part.table in tables))

    def without(self, lost: Collection[str]) -> "Schema":
        """Return the schema without these tables and functions.

        The parts of these tables are left out too, and the parts whose expressions call these functions.
        """
        calls = tuple(f"{name.partition('(')[0]}(" for name in lost)
        remaining = []
        for part in self.parts:
            calls_lost = any(call in expression for call in calls for expression in part.expressions)
            if part.name not in lost and not calls_lost:
                remaining.append(part)
        return Schema(self.columns, remaining).limited_to(self.tables.difference(lost))

    def by_printed_form(self, link: ServerLink) -> dict[SchemaPart, SchemaPart]:
        """Return the parts by the form in which two of them are compared.

        In that form a part has its expressions as this server prints them, and no `report`.
        """
        parts_of_table = defaultdict[str, list[SchemaPart]](list)
        by_form = {}
        for part in self.parts:
            if part.expressions:
                parts_of_table[part.table].append(part)
            else:
                by_form[part._replace(report="")] = part
        for table, parts in parts_of_table.items():
            # One statement prints all expressions of a table.
            expressions = [expression for part in parts for expression in part.expressions]
            printed = iter(self._print_expressions(link, table, expressions))
            for part in parts:
                own = tuple([next(printed) for _expression in part.expressions])
                by_form[part._replace(expressions=own, report="")] = part
        return by_form

    def _print_expressions(self, link: ServerLink, table: str, expressions: Sequence[str]) -> list[str]:
        """Return these expressions about a row of the table as the server prints them."""
        columns = ", ".join(
            f"{_quote(column.name)} {column.sql_type}" for column in self.columns if column.table == table
        )
        selected = ", ".join(f"({expression})" for expression in expressions)
        # Not over the table itself: it may lack a column, or the right to read it.
        no_rows = f"json_to_record('{{}}') AS {table} ({columns}) WHERE false"
        sql = f"EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT {selected} FROM {no_rows}"
        # Not `execute`: a check may contain a ?, which `translate` would take for a parameter.
        ((plan,),) = link.ask(sql).fetchall()
        return list(plan[0]["Plan"]["Output"])


def _quote(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def column_parts(column: ServerColumn, *, exists: bool = False) -> Iterator[SchemaPart]:
    """Yield the parts of a column. Of one that exists on the server, a part says how to remove itself."""
    name = f"{column.table}.{column.name}"
    yield SchemaPart(f"{name} {column.sql_type}", column.table)
    if column.is_required:
        removal = f"ALTER TABLE {column.table} ALTER {_quote(column.name)} DROP NOT NULL" if exists else ""
        yield SchemaPart(f"{name} NOT NULL", column.table, report=removal)
    if column.default is not None:
        default = f"CAST({column.default} AS {column.sql_type.partition(' COLLATE ')[0]})"
        yield SchemaPart(f"{name} DEFAULT", column.table, expressions=(default,))


def table_parts(table: str, *, is_logged: bool = True, shows_all: bool = True) -> Iterator[SchemaPart]:
    """Yield the parts of a table.

    A crash empties a table that is not logged; row level security hides rows (not `shows_all`).
    """
    yield SchemaPart(table)
    if is_logged:
        yield SchemaPart(f"{table} SET LOGGED", table)
    if shows_all:
        yield SchemaPart(f"{table} DISABLE ROW LEVEL SECURITY", table)


def index_part(
    table: str, name: str, method: str, keys: Iterable[IndexKey], condition: str | None, *, is_unique: bool
) -> SchemaPart:
    """Return the part for an index; a partial one has the rows that meet the `condition`."""
    directions, expressions = "", []
    for key in keys:
        directions += "-" if key.is_descending else "+"
        expressions.append(key.expression)
    definition = f"{method} {directions}"
    if is_unique:
        definition += " unique"
    if condition:
        definition += " partial"
        expressions.append(condition)
    return SchemaPart(name, table, definition, tuple(expressions))


def check_part(table: str, rule: str, report: str) -> SchemaPart:
    return SchemaPart(f"{table} CHECK", table, expressions=(rule,), report=report)


def read_schema(link: Link) -> Schema:
    """Return the schema that the server has."""
    columns = [ServerColumn(*row) for row in link.execute(_COLUMNS).fetchall()]
    parts = chain(_read_parts(link), *(column_parts(column, exists=True) for column in columns))
    return Schema(columns, parts)


def _read_parts(link: Link) -> Iterator[SchemaPart]:
    for table, is_logged, shows_all in link.execute(_TABLES).fetchall():
        yield from table_parts(table, is_logged=is_logged, shows_all=shows_all)
    for table, name, quoted, is_unique, method, expressions, options, condition in link.execute(
        _INDEXES
    ).fetchall():
        # https://www.postgresql.org/docs/current/catalog-pg-index.html: bit 0 of `indoption` is DESC
        keys = [
            IndexKey(expression, bool(option & 1))
            for expression, option in zip(expressions, options, strict=True)
        ]
        part = index_part(table, name, method, keys, condition, is_unique=is_unique)
        yield part._replace(report=f"DROP INDEX {quoted}") if is_unique else part
    for table, name, rule, definition in link.execute(_CONSTRAINTS).fetchall():
        removal = f"ALTER TABLE {table} DROP CONSTRAINT {name}"
        if rule:
            yield check_part(table, rule, removal)
        else:
            yield SchemaPart(f"{table} {definition}", table, report=removal)
    for table, name, quoted, definition in link.execute(_TRIGGERS).fetchall():
        yield SchemaPart(name, table, definition, report=f"DROP TRIGGER {quoted} ON {table}")
    for table, name in link.execute(_RULES).fetchall():
        yield SchemaPart(f"{table} RULE {name}", table, report=f"DROP RULE {name} ON {table}")
    for name, definition in link.execute(_FUNCTIONS).fetchall():
        yield SchemaPart(name, definition=definition)
    for name, step, state_type, end in link.execute(_AGGREGATES).fetchall():
        final = f", FINALFUNC = {end}" if end else ""
        yield SchemaPart(name, definition=f"SFUNC = {step}, STYPE = {state_type}{final}")
