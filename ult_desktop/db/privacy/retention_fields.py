"""The columns with personal data, and how each is blanked: a line for each, as the schedule runs it.

`holds` is word for word the condition of the column's partial index; `x` is the column's table. In `clear`,
?1 is the text that replaces words that must not be empty.
"""

import msgspec

from ult_desktop.core.office.retention_schedule import RetentionKind
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.store.key_ranges import row_number_of
from ult_desktop.db.visits.documents import NO_FILE

_VISIT = "JOIN visit v ON v.id = x.visit_id LEFT JOIN casefile c ON c.visit_id = v.id"
_CASE = "JOIN casefile c ON c.id = x.case_id JOIN visit v ON v.id = c.visit_id"
_OF_CASE = (
    "(EXISTS (SELECT 1 FROM case_document b WHERE b.document_id = x.id)"
    " OR EXISTS (SELECT 1 FROM delivery b WHERE b.document_id = x.id))"
)
_IN_A_LATER_CASE = (
    "EXISTS (SELECT 1 FROM casefile o WHERE coalesce(o.closed_at, ?1) >= ?1 AND o.id IN ("
    "SELECT b.case_id FROM case_document b WHERE b.document_id = x.id"
    " UNION SELECT b.case_id FROM delivery b WHERE b.document_id = x.id))"
)
_SETTLED = (
    "NOT EXISTS (SELECT 1 FROM objection o WHERE o.request_id = {request}"
    " AND (o.answered_at IS NULL OR o.dispute_until > ?2))"
)


def _named(column: str) -> str:
    return f"x.{column} <> '{BY_SCHEDULE}' AND x.{column} <> '{BY_REQUEST}'"


class RetentionField(msgspec.Struct, frozen=True):
    """A column with personal data, `name`d by table and column: its kind, and the index of rows that hold it.

    `time` is the column by which its rows age, unless the visit they belong to (`joins`) gives a better time.
    `unless` keeps a row at its time, ?1. The rest is SQL.
    """

    kind: RetentionKind
    name: str
    index: str
    time: str
    holds: str
    clear: str
    joins: str = _VISIT
    only: str = "TRUE"
    unless: str = "FALSE"

    @property
    def table(self) -> str:
        return self.name.split(".")[0]

    @property
    def key(self) -> str:
        return row_number_of(self.table)


def _emptied(
    kind: RetentionKind, name: str, index: str, time: str = "at", joins: str = _VISIT
) -> RetentionField:
    """Return the field for a column that may be empty."""
    column = name.split(".")[1]
    return RetentionField(kind, name, index, time, f"x.{column} <> ''", f"{column} = ''", joins)


def _marked(
    kind: RetentionKind,
    name: str,
    aged: tuple[str, str],
    also: str = "",
    *,
    joins: str = _VISIT,
    only: str = "TRUE",
) -> RetentionField:
    """Return the field for a column that says why it is blank.

    `aged` is index and time, `also` is cleared with it.
    """
    column = name.split(".")[1]
    clear = ", ".join(filter(None, (f"{column} = ?1", also)))
    return RetentionField(kind, name, *aged, _named(column), clear, joins, only)


def _contact(kind: RetentionKind, only: str) -> RetentionField:
    holds, clear = "(x.phone <> '' OR x.email <> '')", "phone = '', phone_index = '', email = ''"
    return RetentionField(kind, "guest.phone", "guest_contact_kept", "at", holds, clear, only=only)


def _name_of_guest(kind: RetentionKind, remember: int) -> RetentionField:
    also = "occupation = '', meets = '', remember = 0"
    return _marked(kind, "guest.name", ("guest_name_kept", "at"), also, only=f"x.remember = {remember}")


def _document(kind: RetentionKind, joins: str, only: str, unless: str = "FALSE") -> RetentionField:
    holds, clear = f"x.sha256 <> '{NO_FILE}'", f"name = ?1, sha256 = '{NO_FILE}'"
    return RetentionField(kind, "document.sha256", "document_kept", "at", holds, clear, joins, only, unless)


_ANSWER = "answer = CASE answer WHEN '' THEN '' ELSE ?1 END"
FIELDS: tuple[RetentionField, ...] = (
    _contact(RetentionKind.CONTACT, "v.channel = 'tatap_muka' AND x.remember = 0"),
    _contact(RetentionKind.CALLER, "v.channel = 'telepon' AND x.remember = 0"),
    _contact(RetentionKind.REQUESTER, "v.channel = 'daring' AND x.remember = 0"),
    _contact(RetentionKind.REMEMBERED, "x.remember = 1"),
    _name_of_guest(RetentionKind.NAME, 0),
    _name_of_guest(RetentionKind.REMEMBERED, 1),
    _emptied(RetentionKind.CALLER, "phone_call.supporting", "call_kept", "visit_id"),
    _emptied(RetentionKind.IDENTITY, "identity_check.number_tail", "identity_kept"),
    RetentionField(
        RetentionKind.LETTER,
        "guest.letter_number",
        "guest_letter_kept",
        "at",
        "(x.letter_number <> '' OR x.letter_date <> '')",
        "letter_number = '', letter_date = ''",
    ),
    _marked(
        RetentionKind.LETTER,
        "representation.principal",
        ("representation_kept", "at"),
        "relation = '', issuer = ?1, number = ?1, date = ''",
    ),
    _marked(
        RetentionKind.LETTER, "letter.number", ("letter_kept", "at"), "date = '', issuer = '', subject = ''"
    ),
    _marked(RetentionKind.LETTER, "spd_signing.traveller", ("spd_kept", "at"), "number = ?1, origin = ''"),
    _document(RetentionKind.LETTER, _VISIT, f"NOT {_OF_CASE}"),
    RetentionField(
        RetentionKind.DELIVERY,
        "delivery.recipient",
        "delivery_kept",
        "at",
        _named("proof"),
        "proof = ?1, recipient = ''",
        _CASE,
    ),
    _marked(
        RetentionKind.CASE,
        "casefile.detail",
        ("case_kept", "opened_at"),
        _ANSWER,
        joins="JOIN visit v ON v.id = x.visit_id JOIN casefile c ON c.id = x.id",
    ),
    _emptied(RetentionKind.CASE, "case_entry.text", "entry_kept", joins=_CASE),
    _marked(
        RetentionKind.CASE, "escalation.instruction", ("escalation_kept", "sent_at"), _ANSWER, joins=_CASE
    ),
    _marked(
        RetentionKind.CASE, "appointment.reason", ("appointment_kept", "made_at"), "remark = ''", joins=_CASE
    ),
    _emptied(RetentionKind.CONTACT, "appointment.phone", "appointment_phone_kept"),
    RetentionField(
        RetentionKind.NAME,
        "appointment.name",
        "appointment_name_kept",
        "at",
        f"x.name <> '' AND {_named('name')}",
        "name = ?1, reason = ?1, remark = ''",
    ),
    _emptied(RetentionKind.CASE, "online_request.topic", "online_kept", "received_at"),
    _emptied(
        RetentionKind.CASE,
        "visit.remark",
        "visit_kept",
        "began_at",
        "JOIN visit v ON v.id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    _emptied(
        RetentionKind.CASE,
        "ticket.remark",
        "ticket_kept",
        "issued_at",
        "JOIN visit v ON v.ticket_id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    _emptied(RetentionKind.CASE, "handover.remark", "handover_kept"),
    _document(
        RetentionKind.CASE,
        "JOIN casefile c ON c.id = coalesce("
        "(SELECT b.case_id FROM case_document b WHERE b.document_id = x.id ORDER BY b.id LIMIT 1),"
        " (SELECT b.case_id FROM delivery b WHERE b.document_id = x.id ORDER BY b.id LIMIT 1))"
        " JOIN visit v ON v.id = c.visit_id",
        _OF_CASE,
        unless=_IN_A_LATER_CASE,
    ),
    _marked(
        RetentionKind.PPID,
        "information_request.name",
        ("request_kept", "registered_at"),
        "address = '', contact = '', occupation = ''",
        joins=_CASE,
        only=_SETTLED.format(request="x.id"),
    ),
    _marked(
        RetentionKind.PPID,
        "objection.position",
        ("objection_kept", "filed_at"),
        "proxy = ''",
        joins="JOIN information_request i ON i.id = x.request_id JOIN casefile c ON c.id = i.case_id"
        " JOIN visit v ON v.id = c.visit_id",
        only=_SETTLED.format(request="x.request_id"),
    ),
)
