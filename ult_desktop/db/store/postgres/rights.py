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
_ADDED_TO = ("event", "older_copy")  # rows are inserted, and never changed or deleted
_OWNERS = ("applied_migration", "office_move")  # only the owner says where the office lives
# What a counter may delete from.
_DELETED_FROM = (
    *("alert", "clear_text", "counter_service", "day_figure", "document_content", "doomed_file", "faq_index"),
    *("figured_day", "figured_span", "key_grant", "mark", "name_key", "officer_key", "priority_seat"),
    *("recovery_key", "representation", "reset_notice", "span_figure", "span_origin", "subject_visit"),
    *("survey_answer", "survey_response", "vulnerability", "wanted_report", "wrong_password"),
)
_READ = "SELECT"
_ADDED = "SELECT, INSERT"
_REPORTED = (
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
    "older_copy": _ADDED,
    "service": _READ,
    "station": _REPORTED,
    "ticket": _READ,
    "turn": _READ,
    "visit": "SELECT (id, ticket_id)",
    "vulnerability": "SELECT (visit_id, grounds, help)",
}
# A kiosk gives the day's first number, and with it ends what an earlier day left open.
_OF_KIOSKS = {
    **_OF_DISPLAYS,
    "absence": _READ,
    "alert": f"{_ADDED}, UPDATE (acknowledged_at)",
    "appointment": (
        "SELECT (id, code, nth, case_id, service_id, day, at, state),"
        " UPDATE (ended_at, ended_by, remark, state, visit_id)"
    ),
    "badge_loan": "SELECT (visit_id)",
    "card_loan": _READ,
    "case_entry": _ADDED,
    "casefile": "SELECT (id, number, visit_id, state, visitor, closed_at)",
    "clock_pause": f"{_ADDED}, UPDATE (to_at)",
    "delegation": _READ,
    "deviation": (
        "SELECT (id, visit_id, kind, cause, cause_key, day, state, steps, spent, officer_id, for_officer_id,"
        " false_at, taken_back), INSERT, UPDATE (cause, cause_key, day, false_at, false_reason,"
        " for_officer_id, item, officer_id, spent, step, steps, taken_back)"
    ),
    "duty": _READ,
    "escalation": "SELECT (id, case_id, sent_at, to_desk, answered_at, withdrawn_at)",
    "escort": _READ,
    "event": _ADDED,
    "figured_day": "SELECT (day), DELETE",
    "figured_span": "SELECT (span), DELETE",
    "guest": "SELECT (visit_id, finished, letter_number), INSERT",
    "letter": "SELECT (visit_id)",
    "list_import": "SELECT (id)",
    "mark": _ADDED,
    "name_key": "SELECT (place, holder), INSERT, DELETE",
    "officer": "SELECT (id, name, roles, active)",
    "online_request": _READ,
    "procedure": _READ,
    "representation": "SELECT (visit_id)",
    "span_origin": "SELECT (span), DELETE",
    "survey_answer": "INSERT",
    "survey_response": "SELECT (id), INSERT",
    "survey_suggestion": "INSERT",
    "survey_token": f"{_ADDED}, UPDATE (at, day, state)",
    "ticket": (
        f"{_ADDED}, UPDATE (model_ms, paper, place, queued_at, remark, series, state, stood, told_ahead,"
        " turn_id, wait_high, wait_low)"
    ),
    "turn": f"{_READ}, UPDATE (ended_at, outcome)",
    "visit": (
        f"{_ADDED}, UPDATE (ended_at, ending, procedure_id, procedure_version, purpose, remark, steps_done,"
        " ticket_id, vulnerable)"
    ),
    "vulnerability": f"{_ADDED}, DELETE, UPDATE (grounds, help, officer_id)",
}
_NEEDED = {DISPLAYS: _OF_DISPLAYS, KIOSKS: _OF_KIOSKS}
_RIGHT = re.compile(r"(\w+)(?: \(([^)]*)\))?")
MODES = ", ".join(f"'{role}'" for role in ROLES.values())
_ROLES_THERE = f"SELECT rolname FROM pg_roles WHERE rolname IN ({MODES}) ORDER BY rolname"
# The owner's own rights are nobody's harm.
_GIVEN = """
SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END, c.relname, g.right, g.part
FROM pg_class c CROSS JOIN LATERAL (
    SELECT grantee, privilege_type AS right, '' AS part FROM aclexplode(c.relacl)
    UNION ALL
    SELECT a.grantee, a.privilege_type, f.attname
    FROM pg_attribute f CROSS JOIN LATERAL aclexplode(f.attacl) a WHERE f.attrelid = c.oid
) g WHERE c.relnamespace = CAST('public' AS regnamespace) AND g.grantee <> c.relowner
"""
_MAKERS = """
SELECT 'REVOKE CREATE ON SCHEMA public FROM '
    || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END
FROM pg_namespace n CROSS JOIN LATERAL aclexplode(n.nspacl) a
WHERE n.nspname = 'public' AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner
"""


class TableRight(NamedTuple):
    """A right of an account on a table, or on one of its columns ("" is all of them)."""

    who: str
    table: str
    right: str
    column: str = ""


def roles_there(link: Link) -> tuple[str, ...]:
    """Return the modes' roles that the server has."""
    return tuple(name for (name,) in link.execute(_ROLES_THERE).fetchall())


def statements(role: str) -> Iterator[str]:
    """Yield what gives a mode's role its rights on an office, and takes every other right from it."""
    every = "ALL TABLES IN SCHEMA public"
    yield f"REVOKE ALL ON {every} FROM {role}"
    if role == COUNTERS:
        yield f"GRANT SELECT, INSERT, UPDATE ON {every} TO {role}"
        yield f"GRANT DELETE ON {', '.join(_DELETED_FROM)} TO {role}"
        yield f"REVOKE UPDATE ON {', '.join(_ADDED_TO)} FROM {role}"
        yield f"REVOKE INSERT, UPDATE ON {', '.join(_OWNERS)} FROM {role}"
    else:
        yield from (f"GRANT {rights} ON {table} TO {role}" for table, rights in _NEEDED[role].items())


def wrong(link: Link, tables: Collection[str]) -> Iterator[str]:
    """Yield the statements that mend the rights on an office's `tables`.

    Whom else the owner lets read is the owner's business, unless it is everybody.
    """
    roles = roles_there(link)
    should = {grant for role in roles for grant in _wanted(role, tables)}
    there = {TableRight(*row) for row in link.execute(_GIVEN).fetchall()}
    yield from _in_words("REVOKE", "FROM", (each for each in there - should if _harms(each, roles, tables)))
    yield from _in_words("GRANT", "TO", should - there)
    yield from (said for (said,) in link.execute(_MAKERS).fetchall())


def _harms(grant: TableRight, roles: Collection[str], tables: Collection[str]) -> bool:
    if grant.who in roles:
        return grant.table in tables
    return grant.right != "SELECT" or grant.who == "PUBLIC"


def _wanted(role: str, tables: Collection[str]) -> Iterator[TableRight]:
    for table in tables:
        for right, columns in _RIGHT.findall(_NEEDED.get(role, {}).get(table, "")):
            yield from (TableRight(role, table, right, column) for column in columns.split(", "))
        if role != COUNTERS:
            continue
        rights = {"SELECT", "INSERT", "UPDATE"}
        if table in _ADDED_TO:
            rights -= {"UPDATE"}
        elif table in _OWNERS:
            rights -= {"INSERT", "UPDATE"}
        if table in _DELETED_FROM:
            rights |= {"DELETE"}
        yield from (TableRight(role, table, right) for right in rights)


def _in_words(verb: str, way: str, grants: Iterable[TableRight]) -> Iterator[str]:
    for (who, table), some in groupby(sorted(grants), itemgetter(0, 1)):
        rights = []
        for right, same in groupby(some, itemgetter(2)):
            columns = [each.column for each in same]
            rights.append(right if "" in columns else f"{right} ({', '.join(columns)})")
        yield f"{verb} {', '.join(rights)} ON {table} {way} {who}"
