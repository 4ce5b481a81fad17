"""The facts that a server states about itself, about the account that this PC uses and about the others."""

import time
from itertools import groupby
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres.engine import server_link
from ult_desktop.db.store.postgres.rights import MODES, roles_there

_IS_IN = "SELECT pg_has_role(?, 'USAGE')"
_MAY = """
SELECT has_table_privilege('event', 'UPDATE, DELETE'),
    has_column_privilege('officer', 'password_hash', 'SELECT')
    OR has_column_privilege('officer_key', 'wrapped', 'SELECT')
"""
# The rights of the modes' roles are held against the migrations (`rights.wrong`).
_SECRETS = f"""
SELECT DISTINCT 'REVOKE SELECT' || g.part || ' ON ' || c.relname || ' FROM '
    || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END || ';'
FROM pg_class c CROSS JOIN LATERAL (
    SELECT grantee, privilege_type AS right, '' AS part FROM aclexplode(c.relacl)
    UNION ALL
    SELECT a.grantee, a.privilege_type, ' (' || f.attname || ')'
    FROM pg_attribute f CROSS JOIN LATERAL aclexplode(f.attacl) a
    WHERE f.attrelid = c.oid AND f.attname IN ('password_hash', 'wrapped')
) g WHERE c.oid IN (CAST('officer' AS regclass), CAST('officer_key' AS regclass)) AND g.right = 'SELECT'
    AND g.grantee <> c.relowner AND (g.grantee = 0 OR pg_has_role(g.grantee, 'USAGE'))
    AND pg_get_userbyid(g.grantee) NOT IN ({MODES})
ORDER BY 1
"""
# Which rights a database of the server gives to whom stands in a catalogue that all databases share: an
# office is where a mode's role has some. An account reaches it that may connect, and has rights there.
_REACHED = f"""
WITH granted AS (
    SELECT DISTINCT dbid, refobjid AS role FROM pg_shdepend
    WHERE deptype = 'a' AND classid = CAST('pg_class' AS regclass)
        AND refclassid = CAST('pg_authid' AS regclass)
), office AS (
    SELECT oid, datname, datdba, COALESCE(datacl, acldefault('d', datdba)) AS rights FROM pg_database
    WHERE datallowconn AND oid IN (
        SELECT g.dbid FROM granted g JOIN pg_roles r ON r.oid = g.role WHERE r.rolname IN ({MODES})
    )
)
SELECT a.rolname, quote_ident(o.datname),
    CASE c.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(c.grantee)) END,
    c.grantee = a.oid, a.rolname = session_user AND o.datname = current_database()
FROM office o CROSS JOIN pg_roles a CROSS JOIN LATERAL aclexplode(o.rights) c
WHERE a.rolcanlogin AND NOT a.rolsuper AND NOT pg_has_role(a.oid, o.datdba, 'MEMBER')
    AND c.privilege_type = 'CONNECT' AND (c.grantee = 0 OR pg_has_role(a.oid, c.grantee, 'USAGE'))
    AND EXISTS (SELECT 1 FROM granted g WHERE g.dbid = o.oid AND pg_has_role(a.oid, g.role, 'MEMBER'))
ORDER BY a.rolname <> session_user, 1, 2, 3
"""
# https://www.postgresql.org/docs/current/lo-funcs.html; the `prosrc` is what PostgreSQL itself calls.
_MAKERS = """
SELECT 'REVOKE EXECUTE ON FUNCTION '
    || string_agg(proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', ', ' ORDER BY proname)
    || ' FROM ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END || ';'
FROM pg_proc p CROSS JOIN LATERAL aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) a
WHERE a.grantee <> p.proowner AND p.prosrc IN
    ('be_lo_creat', 'be_lo_create', 'be_lo_from_bytea', 'be_lo_import', 'be_lo_import_with_oid')
GROUP BY a.grantee ORDER BY 1
"""
_LARGE_OBJECTS = """
SELECT pg_get_userbyid(lomowner), count(*) FROM pg_largeobject_metadata GROUP BY lomowner ORDER BY 1
"""


class Reach(NamedTuple):
    """Several offices that an account reaches.

    `closing` has a statement for each office that is not the account's own, or for each of them where nothing
    shows which one is (`home` is ""). `is_shared`: they take others' way in, too.
    """

    offices: tuple[str, ...]
    home: str
    closing: tuple[str, ...]
    is_shared: bool


class ServerFacts(NamedTuple):
    """The facts of a server and of its accounts.

    `alters_log`: this PC's account may change or delete what is in the log, which a station's account may
    not. `reads_passwords`: it may read officers' passwords or keys, as a counter's may; `unreading` are the
    statements that take this from it, but for what a mode's role gives. `roles` are the modes' roles in which
    it is. `reaches` has the accounts that reach several offices; superusers and an office's owner are left
    out. `large_objects` are the accounts that made some in this database, with their number; `unmaking` are
    the statements after which no account makes any.
    """

    version: str
    is_encrypted: bool
    alters_log: bool
    reads_passwords: bool
    unreading: tuple[str, ...]
    roles: tuple[str, ...]
    reaches: dict[Reach, list[str]]
    large_objects: tuple[tuple[str, int], ...]
    unmaking: tuple[str, ...]


def round_trip_ms(link: Link) -> float:
    """Return how long the server takes to answer the smallest question, the median of five."""
    found = []
    for _question in range(5):
        began = time.perf_counter()
        link.execute("SELECT 1").fetchone()
        found.append((time.perf_counter() - began) * 1000)
    return median(found)


def facts_of(link: Link) -> ServerFacts:
    """Return the facts of a server; raises TypeError for a connection to a file."""
    server = server_link(link)
    alters, reads = server.execute(_MAY).fetchone()
    own = tuple(role for role in roles_there(server) if server.execute(_IS_IN, (role,)).fetchone()[0])
    reaches: dict[Reach, list[str]] = {}
    for account, ways in groupby(server.execute(_REACHED).fetchall(), itemgetter(0)):
        reach = _reach([way[1:] for way in ways])
        if len(reach.offices) > 1:
            reaches.setdefault(reach, []).append(account)
    made = tuple((account, count) for account, count in server.execute(_LARGE_OBJECTS).fetchall())
    unreading, unmaking = (
        tuple(statement for (statement,) in server.execute(sql).fetchall()) for sql in (_SECRETS, _MAKERS)
    )
    return ServerFacts(
        version=server.version,
        is_encrypted=server.is_encrypted,
        alters_log=alters,
        reads_passwords=reads,
        unreading=unreading,
        roles=own,
        reaches=reaches,
        large_objects=made,
        unmaking=unmaking,
    )


def _reach(ways: list[tuple[str, str, bool, bool]]) -> Reach:
    """Return what an account reaches by these ways in.

    Of each way: the office, to whom it was given, whether that is the account itself, and whether these are
    the account and the office of this connection.
    """
    homes = {way[0] for way in ways if way[3]} or {way[0] for way in ways if way[2]}
    home = homes.pop() if len(homes) == 1 else ""
    given = {office: [*some] for office, some in groupby(ways, itemgetter(0))}
    others = {office: some for office, some in given.items() if office != home}
    closing = tuple(
        f"REVOKE CONNECT ON DATABASE {office} FROM {', '.join(way[1] for way in some)};"
        for office, some in others.items()
    )
    is_shared = any(not way[2] for some in others.values() for way in some)
    return Reach(tuple(given), home, closing, is_shared)
