"""The snapshots of cases: a list, one card with everything, an officer's inbox."""

from collections.abc import Sequence

from ult_desktop.core import searching
from ult_desktop.core.cases import case_views, escalation
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.cases import appointments, cases, deliveries, escalations, ppid
from ult_desktop.db.office import services
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction, Value
from ult_desktop.db.visits import guests, visits

LATEST = 2000  # cases that a search by words looks through: years of an office's work
_DUE = "CASE WHEN c.state <> 'delivered' THEN c.due_at END"  # an answer that was delivered is due no more
_OPEN_HOP = "('sent', 'received', 'referred')"

_ROWS = Rows(
    case_views.CaseRow,
    "casefile c LEFT JOIN visit v ON v.id = c.visit_id LEFT JOIN service s ON s.id = c.service_id"
    " LEFT JOIN officer o ON o.id = c.owner_id LEFT JOIN visit f ON f.id = v.beside"
    " LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id)"
    " LEFT JOIN ticket t ON t.id = coalesce(v.ticket_id, f.ticket_id)",
    f"{CASE_NUMBER} AS number, c.number AS book_number,"
    " v.channel AS channel, coalesce(s.name, '') AS service, coalesce(o.name, '') AS owner,"
    " coalesce(g.name, '') AS name, coalesce(g.institution, '') AS institution, t.label AS label,"
    f" (SELECT e.to_desk FROM escalation e WHERE e.case_id = c.id AND e.state IN {_OPEN_HOP}"
    " ORDER BY e.sent_at DESC, e.id DESC LIMIT 1) AS at_desk",
)


def case_list(tx: Transaction, wanted: case_views.CaseFilter) -> tuple[case_views.CaseRow, ...]:
    """List the cases that a filter asks for, at most `wanted.limit`.

    A text that is a telephone number finds the cases of its guests; any other text, or a number without
    cases, is looked for in the texts of each case.
    """
    where, values = _conditions(tx, wanted)
    # Open cases are listed by their due time, those without one last; all others from the newest on.
    due = f"{_DUE} IS NULL, {_DUE}, " if wanted.open_only else ""
    order = f"ORDER BY {due}c.opened_at DESC, c.id DESC"
    words, most = searching.search_forms(wanted.text), max(wanted.limit, 0)
    if not words:
        # The cases are chosen first, so that names are read only of those that the list shows.
        chosen = "SELECT c.id FROM casefile c LEFT JOIN visit v ON v.id = c.visit_id"
        return _ROWS.all(tx, f"WHERE c.id IN ({chosen} WHERE {where} {order} LIMIT ?) {order}", *values, most)
    phone = guests.phone_condition(wanted.text, wanted.phone_index)
    if phone is not None:
        of_phone, phone_values = phone
        rows = _ROWS.all(tx, f"WHERE {where} AND {of_phone} {order} LIMIT ?", *values, *phone_values, most)
        if rows:
            return rows
    matching = list[case_views.CaseRow]()
    for row in _ROWS.all(tx, f"WHERE {where} {order}", *values):
        texts = filter(None, (row.number, row.book_number, row.name, row.institution, row.detail))
        if len(matching) < most and searching.is_found(searching.searchable(" ".join(texts)), words):
            matching.append(row)
    return tuple(matching)


def _conditions(tx: Transaction, wanted: case_views.CaseFilter) -> tuple[str, list[Value]]:
    """Return what a filter asks of a case `c` and its visit `v`, whatever its text, and the values for it."""
    if wanted.open_only:
        conditions, values = ["c.closed_at IS NULL"], list[Value]()
    else:
        newest = tx.number("SELECT max(id) FROM casefile")
        conditions, values = ["c.id > ?"], [newest - LATEST]
    if wanted.state:
        conditions.append("c.state = ?")
        values.append(wanted.state)
    if wanted.channel:
        # `coalesce` bars the index over channels, by which all visits of years would be read.
        conditions.append("coalesce(v.channel, '') = ?")
        values.append(wanted.channel)
    if wanted.owner_ids:
        conditions.append(f"c.owner_id IN ({_placeholders(wanted.owner_ids)})")
        values.extend(wanted.owner_ids)
    if wanted.overdue_at is not None:
        conditions.append(f"{_DUE} < ?")
        values.append(wanted.overdue_at)
    return " AND ".join(conditions), values


def _placeholders(values: Sequence[object]) -> str:
    # `IN ()` is an error in PostgreSQL; `IN (NULL)` is never true.
    return ", ".join("?" * len(values)) or "NULL"


def case_card(tx: Transaction, case_id: int) -> case_views.CaseCard | None:
    """Return a case with everything about it; None when there is none."""
    case = cases.find(tx, case_id)
    if case is None:
        return None
    information = ppid.of_case(tx, case_id)
    service = None if case.service_id is None else services.find(tx, case.service_id)
    return case_views.CaseCard(
        case=case,
        archive_code=service.definition.archive_code if service else "",
        guest=visits.guest_of(tx, case.visit_id),
        label=visits.get(tx, case.visit_id).label,
        escalations=escalations.of_case(tx, case_id),
        deliveries=deliveries.of_case(tx, case_id),
        appointments=appointments.of_case(tx, case_id),
        documents=deliveries.documents_of(tx, case_id),
        information=information,
        objections=() if information is None else ppid.objections_of(tx, information.id),
        timeline=cases.timeline(tx, case_id),
    )


_REMINDED_MS = 2 * DAY_MS  # an officer is reminded of an appointment this long before it


def inbox(
    tx: Transaction, officer_ids: Sequence[int], desks: Sequence[escalation.CaseDesk], now: int
) -> case_views.CaseInbox:
    """Return what waits for an officer, or for those they act for (`officer_ids`), at the officer's `desks`.

    The inbox has work that is nobody's yet or theirs, answers to what they asked, and appointments. It also
    has visitors who are on their way to them, or with them already and without a request that was written
    down. `now` (UTC ms) decides what the counts call overdue.
    """
    items = (
        *_to_do(tx, officer_ids, desks),
        *_returned(tx, officer_ids),
        *_handovers(tx, officer_ids),
        *_appointments(tx, officer_ids, now + _REMINDED_MS),
    )
    in_order = sorted(items, key=lambda item: (item.at, item.kind, item.subject_id))
    return case_views.CaseInbox(items=tuple(in_order), counts=_inbox_counts(tx, now))


_ITEM = (
    f"c.id AS case_id, c.about_id, {CASE_NUMBER} AS number,"
    " coalesce(g.name, '') AS name, coalesce(g.phone, '') AS phone, e.instruction AS text, e.to_desk AS desk,"
    " e.to_officer_id AS officer_id, coalesce(t.name, '') AS officer, coalesce(s.name, '') AS sender"
)
_JOINS = (
    " FROM escalation e JOIN casefile c ON c.id = e.case_id JOIN visit v ON v.id = c.visit_id"
    " LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id)"
    " LEFT JOIN officer t ON t.id = e.to_officer_id LEFT JOIN officer s ON s.id = e.from_officer_id"
)


def _to_do(
    tx: Transaction, ids: Sequence[int], desks: Sequence[escalation.CaseDesk]
) -> tuple[case_views.InboxItem, ...]:
    """List the open hops at these desks, one of a case.

    A hop that was sent on is not listed if these officers have the next hop, or its answer (`_returned`).
    """

    def is_theirs(hop: str) -> str:
        return (
            f"({hop}.to_officer_id IN ({_placeholders(ids)})"
            f" OR {hop}.to_officer_id IS NULL AND {hop}.to_desk IN ({_placeholders(desks)}))"
        )

    goes_on = (
        "SELECT 1 FROM escalation b WHERE b.case_id = e.case_id AND b.parent_id = e.id"
        f" AND (b.state = 'answered' AND b.from_officer_id IN ({_placeholders(ids)})"
        f" OR b.state IN {_OPEN_HOP} AND {is_theirs('b')})"
    )
    return tx.all(
        case_views.InboxItem,
        f"SELECT 'to_do' AS kind, e.id AS subject_id, {_ITEM}, e.sent_at AS at, e.due_at,"
        f" e.state = 'sent' AS unread, e.state = 'referred' AS referred{_JOINS} WHERE e.state IN {_OPEN_HOP}"
        f" AND {is_theirs('e')} AND NOT EXISTS ({goes_on})",
        # In the order of the statement: two for `is_theirs`, then three for `goes_on`.
        *ids,
        *desks,
        *ids,
        *ids,
        *desks,
    )


def _returned(tx: Transaction, ids: Sequence[int]) -> tuple[case_views.InboxItem, ...]:
    return tx.all(
        case_views.InboxItem,
        f"SELECT 'returned' AS kind, e.id AS subject_id, {_ITEM}, e.answered_at AS at, c.due_at,"
        f" 1 AS unread{_JOINS} WHERE e.state = 'answered' AND e.from_officer_id IN ({_placeholders(ids)})",
        *ids,
    )


def _handovers(tx: Transaction, ids: Sequence[int]) -> tuple[case_views.InboxItem, ...]:
    """List the visitors on their way to these officers, or with them until the request is written.

    Without the latter, no list would have a visitor who was received and then overlooked.
    """
    on_the_way = "h.acknowledged_at IS NULL"
    at_the_desk = (
        "h.visit_id IN (SELECT id FROM visit WHERE ended_at IS NULL) AND h.acknowledged_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM casefile c WHERE c.visit_id = v.id)"
    )
    sql = (
        "SELECT 'handover' AS kind, h.visit_id AS subject_id, NULL AS case_id,"
        " coalesce(k.label, '') AS number, coalesce(g.name, '') AS name, coalesce(g.phone, '') AS phone,"
        " h.remark AS text, 'helpdesk' AS desk, h.officer_id,"
        " o.name AS officer, coalesce(b.name, '') AS sender, h.at, NULL AS due_at,"
        " h.acknowledged_at IS NULL AS unread"
        " FROM handover h JOIN visit v ON v.id = h.visit_id JOIN officer o ON o.id = h.officer_id"
        " LEFT JOIN officer b ON b.id = h.by_id LEFT JOIN ticket k ON k.id = v.ticket_id"
        f" LEFT JOIN guest g ON g.visit_id = h.visit_id WHERE h.officer_id IN ({_placeholders(ids)})"
    )
    # Two statements, each with its own index: an OR of the two conditions would read every handover.
    return (
        *tx.all(case_views.InboxItem, f"{sql} AND {on_the_way}", *ids),
        *tx.all(case_views.InboxItem, f"{sql} AND {at_the_desk}", *ids),
    )


def _appointments(tx: Transaction, ids: Sequence[int], until: int) -> tuple[case_views.InboxItem, ...]:
    """List the appointments of these officers' cases before `until` (UTC ms), and those that were missed."""
    columns = (
        f"a.id AS subject_id, c.id AS case_id, c.about_id, {CASE_NUMBER} AS number,"
        " coalesce(g.name, '') AS name, coalesce(g.phone, '') AS phone, a.reason AS text,"
        " 'front_office' AS desk, a.officer_id,"
        " coalesce(o.name, '') AS officer, '' AS sender, a.at"
    )
    people = (
        " JOIN visit v ON v.id = c.visit_id LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id)"
        " LEFT JOIN officer o ON o.id = a.officer_id"
    )
    expected = tx.all(
        case_views.InboxItem,
        f"SELECT 'expected' AS kind, {columns}, a.at AS due_at, 0 AS unread"
        f" FROM appointment a JOIN casefile c ON c.id = a.case_id{people}"
        f" WHERE a.state = 'booked' AND a.at < ? AND a.officer_id IN ({_placeholders(ids)})",
        *(until, *ids),
    )
    missed = tx.all(
        case_views.InboxItem,
        f"SELECT 'missed' AS kind, {columns}, c.due_at, 1 AS unread"
        f" FROM casefile c JOIN appointment a ON a.case_id = c.id{people}"
        " WHERE c.closed_at IS NULL AND c.state = 'open' AND a.state = 'missed'"
        " AND NOT EXISTS (SELECT 1 FROM appointment n WHERE n.case_id = c.id AND n.id > a.id)"
        f" AND a.officer_id IN ({_placeholders(ids)})",
        *ids,
    )
    return (*expected, *missed)


def _inbox_counts(tx: Transaction, now: int) -> tuple[case_views.InboxCount, ...]:
    """Count open, unread and overdue work at every desk, per officer."""
    return tx.all(
        case_views.InboxCount,
        "SELECT e.to_desk AS desk, e.to_officer_id AS officer_id, coalesce(o.name, '') AS officer,"
        " count(*) AS open, count(*) FILTER (WHERE e.state = 'sent') AS unread,"
        " count(*) FILTER (WHERE e.due_at < ?) AS overdue"
        f" FROM escalation e LEFT JOIN officer o ON o.id = e.to_officer_id WHERE e.state IN {_OPEN_HOP}"
        " GROUP BY e.to_desk, e.to_officer_id, o.name ORDER BY e.to_desk, officer, officer_id",
        now,
    )
