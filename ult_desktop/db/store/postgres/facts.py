"""The facts that a server states about itself, about the account that this PC uses and about the others."""

import time
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from ult_desktop.db.store.engine import Link
from ult_desktop.db.store.postgres import rights
from ult_desktop.db.store.postgres.engine import server_link

_OWN_ROLES = "SELECT quote_ident(rolname) FROM pg_roles WHERE pg_has_role(oid, 'USAGE')"
_SECRETS = {"officer": "password_hash", "officer_key": "wrapped"}  # the column of each table
_MAY = """
SELECT has_table_privilege('event', 'UPDATE, DELETE'),
    has_column_privilege('officer', 'password_hash', 'SELECT')
    OR has_column_privilege('officer_key', 'wrapped', 'SELECT')
"""
# A catalogue that all databases of a server share says which roles have rights in which database. An office
# is a database where a mode's role has some; an account reaches it that may connect and has rights there.
_CONNECT_RIGHTS = f"""
WITH granted AS (
    SELECT DISTINCT dbid, refobjid AS role FROM pg_shdepend
    WHERE deptype = 'a' AND classid = CAST('pg_class' AS regclass)
        AND refclassid = CAST('pg_authid' AS regclass)
), office AS (
    SELECT oid, datname, datdba, COALESCE(datacl, acldefault('d', datdba)) AS rights FROM pg_database
    WHERE datallowconn AND oid IN (
        SELECT g.dbid FROM granted g JOIN pg_roles r ON r.oid = g.role WHERE r.rolname IN ({rights.MODES})
    )
)
SELECT a.rolname, quote_ident(o.datname), {rights.grantee_name("c.grantee")},
    c.grantee = a.oid, a.rolname = session_user AND o.datname = current_database()
FROM office o CROSS JOIN pg_roles a CROSS JOIN LATERAL aclexplode(o.rights) c
WHERE a.rolcanlogin AND NOT a.rolsuper AND NOT pg_has_role(a.oid, o.datdba, 'MEMBER')
    AND c.privilege_type = 'CONNECT' AND (c.grantee = 0 OR pg_has_role(a.oid, c.grantee, 'USAGE'))
    AND EXISTS (SELECT 1 FROM granted g WHERE g.dbid = o.oid AND pg_has_role(a.oid, g.role, 'MEMBER'))
ORDER BY a.rolname <> session_user, 1, 2, 3
"""
# https://www.postgresql.org/docs/current/lo-funcs.html; the `prosrc` is what PostgreSQL itself calls.
_LARGE_OBJECT_REVOKES = f"""
SELECT 'REVOKE EXECUTE ON FUNCTION '
    || string_agg(proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', ', ' ORDER BY proname)
    || ' FROM ' || {rights.grantee_name("a.grantee")} || ';'
FROM pg_proc p CROSS JOIN LATERAL aclexplode(COALESCE(p.proacl, acldefault('f', p.proowner))) a
WHERE a.grantee <> p.proowner AND p.prosrc IN
    ('be_lo_creat', 'be_lo_create', 'be_lo_from_bytea', 'be_lo_import', 'be_lo_import_with_oid')
GROUP BY a.grantee ORDER BY 1
"""
_LARGE_OBJECTS = """
SELECT pg_get_userbyid(lomowner), count(*) FROM pg_largeobject_metadata GROUP BY lomowner ORDER BY 1
"""


class _ConnectRight(NamedTuple):
    """A right to connect to an office's database, by which an account reaches it.

    `is_own`: the right was granted to the account itself, not to a role or to everybody. `is_of_this_link`:
    account and database are those of this connection.
    """

    account: str
    office: str
    grantee: str
    is_own: bool
    is_of_this_link: bool


class Reach(NamedTuple):
    """Several offices that an account reaches.

    `home` is the one that is the account's own; "" where nothing shows which one is. `revokes` has a
    statement for each other office, after which the account does not reach it. `takes_from_others`: these
    statements close the offices to other accounts too.
    """

    offices: tuple[str, ...]
    home: str
    revokes: tuple[str, ...]
    takes_from_others: bool


class ServerFacts(NamedTuple):
    """The facts of a server and of its accounts.

    `alters_log`: this PC's account may change or delete what is in the log, which a station's account may
    not. `reads_passwords`: it may read officers' passwords or keys, as a counter's may; `password_revokes`
    are the statements that take this from it, but for what a mode's role gives. `roles` are the modes' roles
    whose member it is. `accounts_by_reach` has the accounts that reach several offices; superusers and an
    office's owner are left out. `large_objects` are the accounts that made some in this database, with their
    number; `large_object_revokes` are the statements after which no account makes any.
    """

    version: str
    is_encrypted: bool
    alters_log: bool
    reads_passwords: bool
    password_revokes: tuple[str, ...]
    roles: tuple[str, ...]
    accounts_by_reach: dict[Reach, list[str]]
    large_objects: tuple[tuple[str, int], ...]
    large_object_revokes: tuple[str, ...]


def round_trip_ms(link: Link) -> float:
    """Return how long the server takes to answer the smallest question, the median of five."""
    durations_ms = []
    for _question in range(5):
        began = time.perf_counter()
        link.execute("SELECT 1").fetchone()
        durations_ms.append((time.perf_counter() - began) * 1000)
    return median(durations_ms)


def facts_of(link: Link) -> ServerFacts:
    """Return the facts of a server; raises TypeError for a connection to a file."""
    server = server_link(link)
    alters_log, reads_passwords = server.execute(_MAY).fetchone()
    own_roles = {name for (name,) in server.execute(_OWN_ROLES).fetchall()}
    accounts_by_reach: dict[Reach, list[str]] = {}
    connect_rights = [_ConnectRight(*row) for row in server.execute(_CONNECT_RIGHTS).fetchall()]
    for account, of_account in groupby(connect_rights, attrgetter("account")):
        reach = _reach([*of_account])
        if len(reach.offices) > 1:
            accounts_by_reach.setdefault(reach, []).append(account)
    return ServerFacts(
        version=server.version,
        is_encrypted=server.is_encrypted,
        alters_log=alters_log,
        reads_passwords=reads_passwords,
        password_revokes=_password_revokes(server, own_roles),
        roles=tuple(role for role in rights.existing_roles(server) if role in own_roles),
        accounts_by_reach=accounts_by_reach,
        large_objects=tuple((account, count) for account, count in server.execute(_LARGE_OBJECTS).fetchall()),
        large_object_revokes=tuple(sql for (sql,) in server.execute(_LARGE_OBJECT_REVOKES).fetchall()),
    )


def _password_revokes(link: Link, own_roles: set[str]) -> tuple[str, ...]:
    """Return the statements that take the passwords and keys from this account and the roles it is in.

    The modes' roles are left out: `rights.repair_statements` holds them against what each mode needs.
    """
    grantees = own_roles - {*rights.ROLES.values()} | {rights.EVERYBODY}
    reading = [
        grant
        for grant in rights.existing_grants(link)
        if grant.right == "SELECT"
        and grant.table in _SECRETS
        and grant.column in ("", _SECRETS[grant.table])
        and grant.grantee in grantees
    ]
    return tuple(sorted(f"{statement};" for statement in rights.revoke_statements(reading)))


def _reach(connect_rights: Sequence[_ConnectRight]) -> Reach:
    """Return what an account reaches by its rights to connect, which are sorted by office."""
    homes = {right.office for right in connect_rights if right.is_of_this_link}
    if not homes:
        homes = {right.office for right in connect_rights if right.is_own}
    home = homes.pop() if len(homes) == 1 else ""
    offices, revokes, takes_from_others = list[str](), list[str](), False
    for office, of_office in groupby(connect_rights, attrgetter("office")):
        offices.append(office)
        if office == home:
            continue
        grantees = []
        for right in of_office:
            grantees.append(right.grantee)
            takes_from_others |= not right.is_own
        revokes.append(f"REVOKE CONNECT ON DATABASE {office} FROM {', '.join(grantees)};")
    return Reach(tuple(offices), home, tuple(revokes), takes_from_others)
