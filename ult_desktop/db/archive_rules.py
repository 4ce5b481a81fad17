"""What becomes of each table when a closed year moves into its archive. A table without a rule fails a test.

What moves hangs on a visit or a ticket: everything about somebody's coming goes together or not at all. A
few tables lie alone, by their day. `open` is the SQL of what must never move, however old it is.
"""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from ult_desktop.i18n import _


class Way(StrEnum):
    """Stays in the office file; is copied there so that what refers to it can be read; or moves."""

    STAYS = "stays"
    COPIED = "copied"
    MOVES = "moves"
    LOG = "log"


class Rule(NamedTuple):
    """`by` refers to a row of `parent`; `alone` is the condition of rows without a parent, by their day."""

    way: Way
    parent: str = ""
    by: str = ""
    open: str = ""
    alone: str = ""


ROOTS = ("visit", "ticket")
_FOREVER = Rule(Way.STAYS)
_SHOWN = Rule(Way.COPIED)


def _of(parent: str, by: str, still_open: str = "") -> Rule:
    return Rule(Way.MOVES, parent, by, still_open)


def _alone(still_open: str = "") -> Rule:
    return Rule(Way.MOVES, open=still_open, alone="1")


RULES: dict[str, Rule] = {
    # What the office is; passwords are left out of the copy.
    **dict.fromkeys(("office", "service", "officer", "counter", "procedure"), _SHOWN),
    **dict.fromkeys(("excluded_information", "complaint_class", "device", "online_batch"), _SHOWN),
    # What works on: stations, leases, locks, the answer bank, letters of delegation (a few rows a year, and
    # asked for across years).
    **dict.fromkeys(("counter_service", "station", "lease", "upkeep", "wrong_password"), _FOREVER),
    **dict.fromkeys(("reset_notice", "faq", "faq_index", "delegation", "online_mapping"), _FOREVER),
    # Anonymous, small, and compared from year to year.
    **dict.fromkeys(("survey_response", "survey_answer", "survey_suggestion", "survey_import"), _FOREVER),
    # A data subject's request, and each coming that it names, stay together.
    **dict.fromkeys(("subject_request", "subject_visit", "subject_act", "breach"), _FOREVER),
    **dict.fromkeys(("retention_run", "doomed_file"), _FOREVER),
    # Keys open archives too.
    **dict.fromkeys(("officer_key", "office_key", "key_grant", "recovery_key", "clear_text"), _FOREVER),
    **dict.fromkeys(("archive", "log_start", "archived_month", "archived_request"), _FOREVER),
    **dict.fromkeys(("archive_change", "subject_archived"), _FOREVER),
    "event": Rule(Way.LOG),
    "ticket": _of("", "id", "state IN ('waiting', 'called', 'serving', 'held')"),
    "turn": _of("ticket", "ticket_id", "ended_at IS NULL"),
    "visit": _of("", "id", "ended_at IS NULL"),
    "mark": _of("visit", "visit_id"),
    "clock_pause": _of("visit", "visit_id", "to_at IS NULL"),
    "guest": _of("visit", "visit_id"),
    "identity_check": _of("visit", "visit_id"),
    "document": _of("visit", "visit_id"),
    "representation": _of("visit", "visit_id"),
    "letter": _of("visit", "visit_id"),
    "requirement_check": _of("visit", "visit_id"),
    "spd_signing": _of("visit", "visit_id"),
    "card_loan": _of("visit", "visit_id", "returned_at IS NULL"),
    "badge_loan": _of("visit", "visit_id", "returned_at IS NULL AND lost = 0"),
    "vulnerability": _of("visit", "visit_id"),
    "alert": _of("visit", "visit_id", "acknowledged_at IS NULL"),
    "device_loan": _of("visit", "visit_id", "returned_at IS NULL"),
    "priority_seat": _of("visit", "visit_id"),
    "erasure": _of("visit", "visit_id"),
    "personal_opening": _of("visit", "visit_id"),
    "escort": _of("visit", "visit_id", "ended_at IS NULL AND declined = 0"),
    "handover": _of("visit", "visit_id", "acknowledged_at IS NULL"),
    "phone_call": _of("visit", "visit_id", "state IN ('talking', 'transferred', 'promised')"),
    "call_attempt": _of("visit", "visit_id", "ended_at IS NULL"),
    "survey_token": _of("visit", "visit_id"),
    "online_request": _of("visit", "visit_id", "state <> 'ditutup'"),
    "deviation": Rule(
        Way.MOVES, "visit", "visit_id", "state IN ('terbuka', 'dijelaskan')", "visit_id IS NULL"
    ),
    "casefile": _of("visit", "visit_id", "closed_at IS NULL"),
    "case_entry": _of("casefile", "case_id"),
    "case_document": _of("casefile", "case_id"),
    "escalation": _of("casefile", "case_id", "state IN ('sent', 'received', 'referred', 'answered')"),
    "delivery": _of("casefile", "case_id"),
    "appointment": _of("casefile", "case_id", "state = 'booked'"),
    # The law's clocks: to decide, to object, to dispute (UU 14/2008 Pasal 22, 35 to 37).
    "information_request": _of("casefile", "case_id", "decided_at IS NULL OR decided_at > :law"),
    "objection": _of(
        "information_request", "request_id", "answered_at IS NULL OR coalesce(dispute_until, 0) > :now"
    ),
    "desk_entry": _alone(),
    "equipment_check": _alone(),
}

# References that join two comings: both go, or none.
LINKS: tuple[tuple[str, str, str], ...] = (
    ("visit", "follows", "visit"),
    ("casefile", "original_id", "casefile"),
    ("appointment", "visit_id", "visit"),
    ("case_document", "document_id", "document"),
    ("case_entry", "document_id", "document"),
    ("delivery", "document_id", "document"),
    ("letter", "document_id", "document"),
    ("representation", "document_id", "document"),
)
_BY_VISIT = frozenset(
    {
        *("guest", "representation", "vulnerability", "handover", "phone_call", "survey_token"),
        *("priority_seat", "erasure"),
    }
)
# Times of what is still to come, or was promised; every other `…_at` tells of an act.
_NO_ACTS = frozenset({"due_at", "promised_at"})
_SECRETS = {("officer", "password_hash"): "''"}


def moving() -> dict[str, Rule]:
    """The tables that move, parents before what hangs on them."""
    return {table: rule for table, rule in RULES.items() if rule.way is Way.MOVES}


def copied() -> tuple[str, ...]:
    return tuple(table for table, rule in RULES.items() if rule.way is Way.COPIED)


def key_of(table: str) -> str:
    """The column that tells a row from the others, and that others refer to."""
    return "visit_id" if table in _BY_VISIT else "id"


def root_of(table: str) -> str:
    """Whether the rows of `table` go with a visit or a ticket; "" for what lies alone."""
    rule = RULES[table]
    if not rule.parent:
        return table if table in ROOTS else ""
    return root_of(rule.parent)


def belongs(table: str, among: str, schema: str = "main") -> str:
    """The SQL condition of the rows of `table` that go with the roots `among` (an SQL list or a SELECT)."""
    rule = RULES[table]
    if table in ROOTS:
        return f"id IN ({among})"
    known = f"{rule.by} IS NOT NULL AND " if rule.alone else ""  # so that a partial index serves
    if rule.parent in ROOTS:
        return f"{known}{rule.by} IN ({among})"
    parent = belongs(rule.parent, among, schema)
    return f"{rule.by} IN (SELECT id FROM {schema}.{rule.parent} WHERE {parent})"


def owner(table: str, row: str, schema: str) -> str:
    """The SQL of the root of a row; `row` is the alias under which the statement knows it."""
    rule = RULES[table]
    if table in ROOTS:
        return f"{row}.id"
    if rule.parent in ROOTS:
        return f"{row}.{rule.by}"
    above = f"{row}_{rule.parent}"
    return (
        f"(SELECT {owner(rule.parent, above, schema)} FROM {schema}.{rule.parent} {above}"
        f" WHERE {above}.id = {row}.{rule.by})"
    )


def columns(link: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(row[1] for row in link.execute(f'PRAGMA main.table_info("{table}")').fetchall())


def acts(table: str, names: tuple[str, ...]) -> Iterator[str]:
    """Of a table's columns those that tell when something was done; that words were erased is no act."""
    if table == "erasure":  # by the schedule it comes after the year, and must come before its archive
        return iter(())
    return (name for name in names if (name == "at" or name.endswith("_at")) and name not in _NO_ACTS)


def shown(table: str, column: str) -> str:
    """The SQL of a column in the copy: what opens something is left out."""
    return _SECRETS.get((table, column), column)


def open_word(table: str) -> str:
    """Why something stays, in the words of the office."""
    return {
        "ticket": _("nomor belum selesai"),
        "turn": _("panggilan belum selesai"),
        "visit": _("kunjungan belum ditutup"),
        "clock_pause": _("jeda waktu masih berjalan"),
        "card_loan": _("kartu identitas belum dikembalikan"),
        "badge_loan": _("kartu tamu belum dikembalikan"),
        "alert": _("panggilan belum ditanggapi"),
        "device_loan": _("alat bantu belum dikembalikan"),
        "escort": _("pendampingan belum selesai"),
        "handover": _("belum diterima helpdesk"),
        "phone_call": _("telepon balik belum dilakukan"),
        "call_attempt": _("panggilan telepon belum selesai"),
        "online_request": _("permohonan daring belum ditutup"),
        "deviation": _("penyimpangan belum dipertanggungjawabkan"),
        "casefile": _("permohonan belum ditutup"),
        "escalation": _("disposisi belum selesai"),
        "appointment": _("janji temu masih akan datang"),
        "information_request": _("tenggat PPID masih berjalan"),
        "objection": _("tenggat keberatan masih berjalan"),
    }[table]
