"""The schema of an office as a server's catalogue shows it, part by part.

Each version of the server prints an expression in its own way. So one server prints both sides, its own
expressions and those of the migrations: it plans them and prints the plan. That needs only the right to
connect.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.connection import ServerLink

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
    kind: str
    required: bool = True
    default: str | None = None


class SchemaPart(NamedTuple):
    """A part of the schema. Two parts are the same where everything but `told` is equal."""

    name: str
    """There may be several of one name: the checks of a table."""
    table: str = ""
    """The table to which the part belongs; "" for a table itself and for a function."""
    words: str = ""
    """The definition of the part, compared to the letter."""
    expressions: tuple[str, ...] = ()
    """The expressions of the part, compared as the server prints them."""
    told: str = ""
    """The words for a person: of a missing part its description, of one too many the statement to undo it."""


class Schema:
    """A schema: its columns and all of its parts."""

    def __init__(self, columns: Iterable[ServerColumn], parts: Iterable[SchemaPart]) -> None:
        self.columns, self.parts = tuple(columns), tuple(parts)

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(part.table for part in self.parts)

    def about(self, tables: Collection[str]) -> "Schema":
        """Return the columns and parts of these tables, and the parts that belong to no table."""
        columns = (each for each in self.columns if each.table in tables)
        return Schema(columns, (part for part in self.parts if not part.table or part.table in tables))

    def without(self, lost: Collection[str]) -> "Schema":
        """Return the schema without these tables and functions.

        The parts of these tables are left out too, and the parts whose expressions call these functions.
        """
        called = tuple(f"{name.partition('(')[0]}(" for name in lost)
        left = [
            part
            for part in self.parts
            if part.name not in lost
            and not any(each in expression for each in called for expression in part.expressions)
        ]
        return Schema(self.columns, left).about(self.tables.difference(lost))

    def worded(self, link: ServerLink) -> dict[SchemaPart, SchemaPart]:
        """Return the parts, each under its form with the expressions as this server prints them."""
        asking = defaultdict[str, list[SchemaPart]](list)
        for part in self.parts:
            asking[part.table if part.expressions else ""].append(part)
        found = {part._replace(told=""): part for part in asking.pop("", ())}
        for table, some in asking.items():
            expressions = [each for part in some for each in part.expressions]
            words = iter(self._say_again(link, table, expressions))
            for part in some:
                said = tuple([next(words) for _each in part.expressions])
                found[part._replace(expressions=said, told="")] = part
        return found

    def _say_again(self, link: ServerLink, table: str, expressions: Sequence[str]) -> list[str]:
        """Return these expressions about a row as the server prints them once it has parsed them.

        They are planned over a table that does not exist: it has the columns for which they were written.
        """
        columns = ", ".join(
            f"{_quoted(each.name)} {each.kind}" for each in self.columns if each.table == table
        )
        asked = ", ".join(f"({each})" for each in expressions)
        # Not over the table itself: it may lack a column, or the right to read it.
        nowhere = f"json_to_record('{{}}') AS {table} ({columns}) WHERE false"
        sql = f"EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT {asked} FROM {nowhere}"
        # `ask`, because `translate` would take that ? for the place of a value.
        ((plan,),) = link.ask(sql).fetchall()  # a check may contain a ?
        return list(plan[0]["Plan"]["Output"])


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def of_column(column: ServerColumn, *, stands: bool = False) -> Iterator[SchemaPart]:
    """Yield the parts of a column.

    If the column exists (`stands`), a part says how to remove what must not be there.
    """
    named = f"{column.table}.{column.name}"
    yield SchemaPart(f"{named} {column.kind}", column.table)
    if column.required:
        undo = f"ALTER TABLE {column.table} ALTER {_quoted(column.name)} DROP NOT NULL" if stands else ""
        yield SchemaPart(f"{named} NOT NULL", column.table, told=undo)
    if column.default is not None:
        default = f"CAST({column.default} AS {column.kind.partition(' COLLATE ')[0]})"
        yield SchemaPart(f"{named} DEFAULT", column.table, expressions=(default,))


def of_table(table: str, *, is_logged: bool = True, shows_all: bool = True) -> Iterator[SchemaPart]:
    """Yield the parts of a table.

    A crash empties a table that is not logged; row level security hides rows.
    """
    yield SchemaPart(table)
    if is_logged:
        yield SchemaPart(f"{table} SET LOGGED", table)
    if shows_all:
        yield SchemaPart(f"{table} DISABLE ROW LEVEL SECURITY", table)


def index(
    table: str, name: str, kind: str, keys: Iterable[tuple[str, bool]], only: str | None, *, unique: bool
) -> SchemaPart:
    """Return the part for an index of these keys, each of which rises or falls, and of the rows `only`."""
    listed = [*keys]
    directions = "".join("-" if falls else "+" for _key, falls in listed)
    words, expressions = f"{kind} {directions}", [key for key, _falls in listed]
    if unique:
        words += " unique"
    if only:
        words += " partial"
        expressions.append(only)
    return SchemaPart(name, table, words, tuple(expressions))


def check(table: str, rule: str, told: str) -> SchemaPart:
    return SchemaPart(f"{table} CHECK", table, expressions=(rule,), told=told)


def there(link: Link) -> Schema:
    """Return the schema that the server has."""
    columns = [ServerColumn(*row) for row in link.execute(_COLUMNS).fetchall()]
    return Schema(columns, chain(_parts(link), *(of_column(each, stands=True) for each in columns)))


def _parts(link: Link) -> Iterator[SchemaPart]:
    for table, is_logged, shows_all in link.execute(_TABLES).fetchall():
        yield from of_table(table, is_logged=is_logged, shows_all=shows_all)
    for table, name, quoted, unique, kind, keys, options, only in link.execute(_INDEXES).fetchall():
        falling = [bool(option & 1) for option in options]
        made = index(table, name, kind, zip(keys, falling, strict=True), only, unique=unique)
        yield made._replace(told=f"DROP INDEX {quoted}") if unique else made
    for table, name, rule, definition in link.execute(_CONSTRAINTS).fetchall():
        undo = f"ALTER TABLE {table} DROP CONSTRAINT {name}"
        yield check(table, rule, undo) if rule else SchemaPart(f"{table} {definition}", table, told=undo)
    for table, name, quoted, definition in link.execute(_TRIGGERS).fetchall():
        yield SchemaPart(name, table, definition, told=f"DROP TRIGGER {quoted} ON {table}")
    for table, name in link.execute(_RULES).fetchall():
        yield SchemaPart(f"{table} RULE {name}", table, told=f"DROP RULE {name} ON {table}")
    for name, definition in link.execute(_FUNCTIONS).fetchall():
        yield SchemaPart(name, words=definition)
    for name, step, kind, end in link.execute(_AGGREGATES).fetchall():
        yield SchemaPart(name, words=f"SFUNC = {step}, STYPE = {kind}{f', FINALFUNC = {end}' if end else ''}")
