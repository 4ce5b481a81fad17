"""Where personal data stands, and how it is blanked: one line for each place, as the schedule runs it.

`holds` is word for word what stands in the place's partial index; `x` is the place's table. In `clear`, ?1
is what stands in the place of words that must not be empty.
"""

import msgspec

from ult_desktop.core.office.retention_schedule import Kind
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.visits.documents import NO_FILE

_VISIT = "JOIN visit v ON v.id = x.visit_id LEFT JOIN casefile c ON c.visit_id = v.id"
_CASE = "JOIN casefile c ON c.id = x.case_id JOIN visit v ON v.id = c.visit_id"
_OF_CASE = (
    "(EXISTS (SELECT 1 FROM case_document b WHERE b.document_id = x.id)"
    " OR EXISTS (SELECT 1 FROM delivery b WHERE b.document_id = x.id))"
)
_SETTLED = (
    "NOT EXISTS (SELECT 1 FROM objection o WHERE o.request_id = {request}"
    " AND (o.answered_at IS NULL OR o.dispute_until > ?2))"
)


def _named(column: str) -> str:
    return f"x.{column} <> '{BY_SCHEDULE}' AND x.{column} <> '{BY_REQUEST}'"


class RetentionField(msgspec.Struct, frozen=True):
    """A place of personal data: its kind, the index of rows that still hold it, the SQL around it.

    `time` is by what its rows age until the visit they belong to (`joins`) says it better.
    """

    kind: Kind
    name: str
    table: str
    index: str
    time: str
    holds: str
    clear: str
    joins: str = _VISIT
    only: str = "1"


def _guests(kind: Kind, channel: str) -> RetentionField:
    return RetentionField(
        kind=kind,
        name="guest.phone",
        table="guest",
        index="guest_contact_kept",
        time="at",
        holds="(x.phone <> '' OR x.email <> '')",
        clear="phone = '', phone_index = '', email = ''",
        only=f"v.channel = '{channel}' AND x.remember = 0",
    )


def _names(kind: Kind, remember: int) -> RetentionField:
    return RetentionField(
        kind=kind,
        name="guest.name",
        table="guest",
        index="guest_name_kept",
        time="at",
        holds=_named("name"),
        clear="name = ?1, occupation = '', meets = '', remember = 0",
        only=f"x.remember = {remember}",
    )


FIELDS: tuple[RetentionField, ...] = (
    _guests(Kind.CONTACT, "tatap_muka"),
    _guests(Kind.CALLER, "telepon"),
    _guests(Kind.REQUESTER, "daring"),
    RetentionField(
        Kind.REMEMBERED,
        "guest.phone",
        "guest",
        "guest_contact_kept",
        "at",
        "(x.phone <> '' OR x.email <> '')",
        "phone = '', phone_index = '', email = ''",
        only="x.remember = 1",
    ),
    _names(Kind.NAME, 0),
    _names(Kind.REMEMBERED, 1),
    RetentionField(
        Kind.CALLER,
        "phone_call.supporting",
        "phone_call",
        "call_kept",
        "visit_id",
        "x.supporting <> ''",
        "supporting = ''",
    ),
    RetentionField(
        Kind.IDENTITY,
        "identity_check.number_tail",
        "identity_check",
        "identity_kept",
        "at",
        "x.number_tail <> ''",
        "number_tail = ''",
    ),
    RetentionField(
        Kind.LETTER,
        "guest.letter_number",
        "guest",
        "guest_letter_kept",
        "at",
        "(x.letter_number <> '' OR x.letter_date <> '')",
        "letter_number = '', letter_date = ''",
    ),
    RetentionField(
        Kind.LETTER,
        "representation.principal",
        "representation",
        "representation_kept",
        "at",
        _named("principal"),
        "principal = ?1, relation = '', issuer = ?1, number = ?1, date = ''",
    ),
    RetentionField(
        Kind.LETTER,
        "letter.number",
        "letter",
        "letter_kept",
        "at",
        _named("number"),
        "number = ?1, date = '', issuer = '', subject = ''",
    ),
    RetentionField(
        Kind.LETTER,
        "spd_signing.traveller",
        "spd_signing",
        "spd_kept",
        "at",
        _named("traveller"),
        "traveller = ?1, number = ?1, origin = ''",
    ),
    RetentionField(
        Kind.LETTER,
        "document.sha256",
        "document",
        "document_kept",
        "at",
        f"x.sha256 <> '{NO_FILE}'",
        f"name = ?1, sha256 = '{NO_FILE}'",
        only=f"NOT {_OF_CASE}",
    ),
    RetentionField(
        Kind.DELIVERY,
        "delivery.recipient",
        "delivery",
        "delivery_kept",
        "at",
        _named("proof"),
        "proof = ?1, recipient = ''",
        _CASE,
    ),
    RetentionField(
        Kind.CASE,
        "casefile.detail",
        "casefile",
        "case_kept",
        "opened_at",
        _named("detail"),
        "detail = ?1, answer = CASE answer WHEN '' THEN '' ELSE ?1 END",
        "JOIN visit v ON v.id = x.visit_id JOIN casefile c ON c.id = x.id",
    ),
    RetentionField(
        Kind.CASE, "case_entry.text", "case_entry", "entry_kept", "at", "x.text <> ''", "text = ''", _CASE
    ),
    RetentionField(
        Kind.CASE,
        "escalation.instruction",
        "escalation",
        "escalation_kept",
        "sent_at",
        _named("instruction"),
        "instruction = ?1, answer = CASE answer WHEN '' THEN '' ELSE ?1 END",
        _CASE,
    ),
    RetentionField(
        Kind.CASE,
        "appointment.reason",
        "appointment",
        "appointment_kept",
        "made_at",
        _named("reason"),
        "reason = ?1, remark = ''",
        _CASE,
    ),
    RetentionField(
        Kind.CASE,
        "online_request.topic",
        "online_request",
        "online_kept",
        "received_at",
        "x.topic <> ''",
        "topic = ''",
    ),
    RetentionField(
        Kind.CASE,
        "visit.remark",
        "visit",
        "visit_kept",
        "began_at",
        "x.remark <> ''",
        "remark = ''",
        "JOIN visit v ON v.id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    RetentionField(
        Kind.CASE,
        "ticket.remark",
        "ticket",
        "ticket_kept",
        "issued_at",
        "x.remark <> ''",
        "remark = ''",
        "JOIN visit v ON v.ticket_id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    RetentionField(
        Kind.CASE, "handover.remark", "handover", "handover_kept", "at", "x.remark <> ''", "remark = ''"
    ),
    RetentionField(
        Kind.CASE,
        "document.sha256",
        "document",
        "document_kept",
        "at",
        f"x.sha256 <> '{NO_FILE}'",
        f"name = ?1, sha256 = '{NO_FILE}'",
        "JOIN casefile c ON c.id = coalesce("
        "(SELECT b.case_id FROM case_document b WHERE b.document_id = x.id),"
        " (SELECT b.case_id FROM delivery b WHERE b.document_id = x.id)) JOIN visit v ON v.id = c.visit_id",
        _OF_CASE,
    ),
    RetentionField(
        Kind.PPID,
        "information_request.name",
        "information_request",
        "request_kept",
        "registered_at",
        _named("name"),
        "name = ?1, address = '', contact = '', occupation = ''",
        _CASE,
        _SETTLED.format(request="x.id"),
    ),
    RetentionField(
        Kind.PPID,
        "objection.position",
        "objection",
        "objection_kept",
        "filed_at",
        _named("position"),
        "position = ?1, proxy = ''",
        "JOIN information_request i ON i.id = x.request_id JOIN casefile c ON c.id = i.case_id"
        " JOIN visit v ON v.id = c.visit_id",
        _SETTLED.format(request="x.request_id"),
    ),
)
