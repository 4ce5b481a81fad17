"""The rights that the accounts of an office's stations have on a server, one role for each mode.

The owner of the database grants them with each migration, and `verify` holds the server against them. A right
stands here because the mode cannot work without it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ult_desktop.db.store.engine import Link

COUNTERS, KIOSKS, DISPLAYS = "ult_counter", "ult_kiosk", "ult_display"
ROLES = {"display": DISPLAYS, "kiosk": KIOSKS, "counter": COUNTERS}
"""The role of the accounts of PCs that run in a mode; each may more than the one before it."""
_APPEND_ONLY = ("event", "older_copy")  # rows are inserted, and never changed or deleted
_WRITTEN_BY_OWNER = ("applied_migration", "office_move")  # only the owner says where the office lives
# The tables from which a counter may delete.
_DELETED_FROM = (
    *("alert", "clear_text", "counter_service", "day_figure", "document_content", "doomed_file", "faq_index"),
    *("figured_day", "figured_span", "key_grant", "mark", "name_key", "officer_key", "priority_seat"),
    *("recovery_key", "representation", "reset_notice", "span_figure", "span_origin", "subject_visit"),
    *("survey_answer", "survey_response", "vulnerability", "wanted_report", "wrong_password"),
)
_READ = "SELECT"
_APPEND = "SELECT, INSERT"
_REPORT_STATION = (
    "SELECT, INSERT, UPDATE (boot, clock_offset_ms, health, identity, left_lists, letter, mode, name,"
    " printer, seen_at, unshown_media, version, voice)"
)
_OF_DISPLAYS = {
    "applied_migration": _READ,
    "counter": _READ,
    "counter_service": _READ,
    "event": _READ,
    "office": _READ,
    "office_key": _READ,
    "office_move": _READ,
    "officer": "SELECT (id, name)",
    "older_copy": _APPEND,
    "service": _READ,
    "station": _REPORT_STATION,
    "ticket": _READ,
    "turn": _READ,
    "visit": "SELECT (id, ticket_id)",
    "vulnerability": "SELECT (visit_id, grounds, help)",
}
# A kiosk gives the day's first number, and with it ends what an earlier day left open.
_OF_KIOSKS = {
    **_OF_DISPLAYS,
    "absence": _READ,
    "alert": f"{_APPEND}, UPDATE (acknowledged_at)",
    "appointment": (
        "SELECT (id, code, nth, case_id, service_id, day, at, state),"
        " UPDATE (ended_at, ended_by, remark, state, visit_id)"
    ),
    "badge_loan": "SELECT (visit_id)",
    "card_loan": _READ,
    "case_entry": _APPEND,
    "casefile": "SELECT (id, number, visit_id, state, visitor, closed_at)",
    "clock_pause": f"{_APPEND}, UPDATE (to_at)",
    "delegation": _READ,
    "deviation": (
        "SELECT (id, visit_id, kind, cause, cause_key, day, state, steps, spent, officer_id, for_officer_id,"
        " false_at, taken_back), INSERT, UPDATE (cause, cause_key, day, false_at, false_reason,"
        " for_officer_id, item, made_at, officer_id, spent, step, steps, taken_back)"
    ),
    "duty": _READ,
    "escalation": "SELECT (id, case_id, sent_at, to_desk, answered_at, withdrawn_at)",
    "escort": _READ,
    "event": _APPEND,
    "figured_day": "SELECT (day), DELETE",
    "figured_span": "SELECT (span), DELETE",
    "guest": "SELECT (visit_id, finished, letter_number), INSERT",
    "letter": "SELECT (visit_id)",
    "list_import": "SELECT (id)",
    "mark": _APPEND,
    "name_key": "SELECT (place, holder), INSERT, DELETE",
    "officer": "SELECT (id, name, roles, active)",
    "online_request": _READ,
    "procedure": _READ,
    "representation": "SELECT (visit_id)",
    "span_origin": "SELECT (span), DELETE",
    "survey_answer": "INSERT",
    "survey_response": "SELECT (id), INSERT",
    "survey_suggestion": "INSERT",
    "survey_token": f"{_APPEND}, UPDATE (at, day, state)",
    "ticket": (
        f"{_APPEND}, UPDATE (model_ms, paper, place, queued_at, remark, series, state, stood, told_ahead,"
        " turn_id, wait_high, wait_low)"
    ),
    "turn": f"{_READ}, UPDATE (ended_at, outcome)",
    "visit": (
        f"{_APPEND}, UPDATE (ended_at, ending, procedure_id, procedure_version, purpose, remark, steps_done,"
        " ticket_id, vulnerable)"
    ),
    "vulnerability": f"{_APPEND}, DELETE, UPDATE (grounds, help, officer_id)",
}
_RIGHTS_BY_ROLE = {DISPLAYS: _OF_DISPLAYS, KIOSKS: _OF_KIOSKS}
_RIGHT = re.compile(r"(\w+)(?: \(([^)]*)\))?")
MODES = ", ".join(f"'{role}'" for role in ROLES.values())
_EXISTING_ROLES = f"SELECT rolname FROM pg_roles WHERE rolname IN ({MODES}) ORDER BY rolname"


EVERYBODY = "PUBLIC"


def grantee_name(oid: str) -> str:
    """Return SQL for the grantee of that `oid` in an access list, as GRANT and REVOKE name it."""
    return f"CASE {oid} WHEN 0 THEN '{EVERYBODY}' ELSE quote_ident(pg_get_userbyid({oid})) END"


_GRANTS = f"""
SELECT {grantee_name("g.grantee")}, c.relname, g.right, g.part
FROM pg_class c CROSS JOIN LATERAL (
    SELECT grantee, privilege_type AS right, '' AS part FROM aclexplode(c.relacl)
    UNION ALL
    SELECT a.grantee, a.privilege_type, f.attname
    FROM pg_attribute f CROSS JOIN LATERAL aclexplode(f.attacl) a WHERE f.attrelid = c.oid
) g WHERE c.relnamespace = CAST('public' AS regnamespace) AND g.grantee <> c.relowner
"""
_REVOKE_CREATE = f"""
SELECT 'REVOKE CREATE ON SCHEMA public FROM ' || {grantee_name("a.grantee")}
FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
"""


class TableGrant(NamedTuple):
    """A right of an account on a table, or on one of its columns ("" is all of them)."""

    grantee: str
    table: str
    right: str
    column: str = ""


def existing_roles(link: Link) -> tuple[str, ...]:
    """Return the modes' roles that the server has."""
    return tuple(name for (name,) in link.execute(_EXISTING_ROLES).fetchall())


def existing_grants(link: Link) -> set[TableGrant]:
    """Return what the owner of the office's tables has granted to others."""
    return {TableGrant(*row) for row in link.execute(_GRANTS).fetchall()}


def grant_statements(role: str) -> Iterator[str]:
    """Yield what gives a mode's role its rights on an office, and takes every other right from it."""
    every = "ALL TABLES IN SCHEMA public"
    yield f"REVOKE ALL ON {every} FROM {role}"
    if role == COUNTERS:
        yield f"GRANT SELECT, INSERT, UPDATE ON {every} TO {role}"
        yield f"GRANT DELETE ON {', '.join(_DELETED_FROM)} TO {role}"
        yield f"REVOKE UPDATE ON {', '.join(_APPEND_ONLY)} FROM {role}"
        yield f"REVOKE INSERT, UPDATE ON {', '.join(_WRITTEN_BY_OWNER)} FROM {role}"
    else:
        yield from (f"GRANT {rights} ON {table} TO {role}" for table, rights in _RIGHTS_BY_ROLE[role].items())


def repair_statements(link: Link, tables: Collection[str]) -> Iterator[str]:
    """Yield the statements that repair the rights on an office's `tables`.

    Whom else the owner lets read is the owner's business, unless it is everybody.
    """
    roles = existing_roles(link)
    wanted = {grant for role in roles for grant in _wanted_grants(role, tables)}
    existing = existing_grants(link)
    harmful = []
    for grant in existing - wanted:
        if grant.grantee in roles:
            is_harmful = grant.table in tables
        else:
            is_harmful = grant.right != "SELECT" or grant.grantee == EVERYBODY
        if is_harmful:
            harmful.append(grant)
    yield from revoke_statements(harmful)
    yield from _statements("GRANT", "TO", wanted - existing)
    yield from (statement for (statement,) in link.execute(_REVOKE_CREATE).fetchall())


def _wanted_grants(role: str, tables: Collection[str]) -> Iterator[TableGrant]:
    for table in tables:
        for right, columns in _RIGHT.findall(_RIGHTS_BY_ROLE.get(role, {}).get(table, "")):
            yield from (TableGrant(role, table, right, column) for column in columns.split(", "))
        if role != COUNTERS:
            continue
        rights = {"SELECT", "INSERT", "UPDATE"}
        if table in _APPEND_ONLY:
            rights -= {"UPDATE"}
        elif table in _WRITTEN_BY_OWNER:
            rights -= {"INSERT", "UPDATE"}
        if table in _DELETED_FROM:
            rights |= {"DELETE"}
        yield from (TableGrant(role, table, right) for right in rights)


def revoke_statements(grants: Iterable[TableGrant]) -> Iterator[str]:
    return _statements("REVOKE", "FROM", grants)


def _statements(verb: str, preposition: str, grants: Iterable[TableGrant]) -> Iterator[str]:
    """Yield one statement for each grantee and table."""
    for (grantee, table), of_table in groupby(sorted(grants), itemgetter(0, 1)):
        rights = []
        for right, of_right in groupby(of_table, itemgetter(2)):
            columns = [grant.column for grant in of_right]
            # A right on the whole table includes its columns, and so does taking it.
            rights.append(right if "" in columns else f"{right} ({', '.join(columns)})")
        yield f"{verb} {', '.join(rights)} ON {table} {preposition} {grantee}"
