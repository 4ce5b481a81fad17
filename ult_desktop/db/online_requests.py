"""Requests that came from afar (daring): their rows, the inbox, and what an import may not do twice."""

from collections.abc import Iterable

import msgspec

from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online.clock import OnlineInbox, OnlineInboxRow, RequestCard, due_clock
from ult_desktop.core.online.mapping import ColumnMapping, ColumnMappings
from ult_desktop.core.online.online_request import (
    BatchResult,
    OnlineRequest,
    OnlineRequestRow,
    OnlineRow,
    OnlineSource,
    OnlineState,
    Recap,
    fingerprint,
    key_of,
)
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import cases
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction

MAX_ROWS = 100

_ANSWERED_AT = "(SELECT max(m.at) FROM mark m WHERE m.visit_id = r.visit_id AND m.event = 'answered')"
_ROWS = (
    " FROM online_request r JOIN casefile c ON c.id = r.case_id JOIN guest g ON g.visit_id = r.visit_id"
    " LEFT JOIN officer o ON o.id = c.owner_id"
)
_LINE = (
    "SELECT r.id, r.number, r.source, r.state, g.name, g.institution,"
    " CASE r.topic WHEN '' THEN substr(c.detail, 1, 120) ELSE r.topic END AS topic, r.sent_at, r.due_at,"
    f" {_ANSWERED_AT} AS answered_at, coalesce(o.name, '') AS owner,"
    f" c.state = 'escalated' AS with_other_desk{_ROWS}"
)
_REQUEST = (
    "SELECT r.id, r.number, r.source, r.external_id, r.state, r.visit_id, r.case_id,"
    " c.number AS case_number, r.sent_at, r.received_at, r.due_at,"
    f" {_ANSWERED_AT} AS answered_at, c.owner_id, coalesce(o.name, '') AS owner,"
    " c.state = 'escalated' AS with_other_desk, EXISTS (SELECT 1 FROM mark e"
    " WHERE e.visit_id = r.visit_id AND e.event = 'survey_filled') AS evaluated, g.name, g.institution,"
    " g.regency, g.phone, g.email, g.occupation, coalesce(s.name, r.service) AS service, r.topic, c.detail,"
    f" c.answer{_ROWS} LEFT JOIN service s ON s.id = c.service_id"
)


class NewOnlineRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a request is received. Times UTC ms."""

    year: int
    serial: int
    number: str
    visit_id: int
    case_id: int
    source: OnlineSource
    row: OnlineRow
    sent_at: int
    received_at: int
    due_at: int
    batch_id: int | None


class NewBatch(msgspec.Struct, frozen=True, kw_only=True):
    """A portion of a list. `at` UTC ms."""

    at: int
    source: OnlineSource
    file: str
    file_hash: str
    officer_id: int | None


def insert(tx: Transaction, new: NewOnlineRequest) -> int:
    return tx.insert(
        "INSERT INTO online_request (year, serial, number, visit_id, case_id, source, external_id,"
        " fingerprint, topic, service, sent_at, received_at, due_at, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(new.year, new.serial, new.number, new.visit_id, new.case_id, new.source),
        *(new.row.external_id, fingerprint(new.row), new.row.topic, new.row.service),
        *(new.sent_at, new.received_at, new.due_at, new.batch_id),
    )


def begin_batch(tx: Transaction, batch: NewBatch) -> int:
    return tx.insert(
        "INSERT INTO online_batch (at, source, file, file_hash, officer_id, added, known)"
        " VALUES (?, ?, ?, ?, ?, 0, 0)",
        *msgspec.structs.astuple(batch),
    )


def end_batch(tx: Transaction, batch_id: int, added: int, known: int) -> None:
    tx.run("UPDATE online_batch SET added = ?, known = ? WHERE id = ?", added, known, batch_id)


def batch(tx: Transaction, batch_id: int) -> BatchResult:
    return tx.one(BatchResult, "SELECT id, added, known FROM online_batch WHERE id = ?", batch_id)


def number_of_row(tx: Transaction, source: OnlineSource, row: OnlineRow) -> str:
    """The number under which the office has this row already; "" for a new one."""
    if row.external_id:
        where, value = "external_id = ? AND external_id <> ''", row.external_id
    else:
        where, value = "fingerprint = ? AND external_id = ''", fingerprint(row)
    sql = f"SELECT number FROM online_request WHERE source = ? AND {where}"
    return str(tx.value(sql, source, value) or "")


def known_rows(tx: Transaction, source: OnlineSource, rows: Iterable[OnlineRow]) -> dict[str, str]:
    """The number of each row that the office has already, by its key (`core.online.key_of`)."""
    found = {key_of(row): number_of_row(tx, source, row) for row in rows}
    return {key: number for key, number in found.items() if number}


def get(tx: Transaction, request_id: int) -> OnlineRequest:
    return tx.one(OnlineRequest, f"{_REQUEST} WHERE r.id = ?", request_id)


def find(tx: Transaction, request_id: int) -> OnlineRequest | None:
    return tx.maybe(OnlineRequest, f"{_REQUEST} WHERE r.id = ?", request_id)


def by_number(tx: Transaction, number: str) -> OnlineRequest | None:
    return tx.maybe(OnlineRequest, f"{_REQUEST} WHERE r.number = ?", number)


def of_visit(tx: Transaction, visit_id: int) -> OnlineRequest | None:
    return tx.maybe(OnlineRequest, f"{_REQUEST} WHERE r.visit_id = ?", visit_id)


def in_state(tx: Transaction, state: OnlineState, limit: int = MAX_ROWS) -> tuple[OnlineRequestRow, ...]:
    """The requests of a state, the most pressing first; of those closed the latest."""
    order = "DESC" if state is OnlineState.CLOSED else "ASC"
    return tx.all(
        OnlineRequestRow, f"{_LINE} WHERE r.state = ? ORDER BY r.due_at {order}, r.id LIMIT ?", state, limit
    )


def matching(tx: Transaction, text: str) -> tuple[OnlineRequestRow, ...]:
    """The requests whose number, or whose applicant's name, begins with `text`; the latest first."""
    last = "\U0010ffff"
    return tx.all(
        OnlineRequestRow,
        f"{_LINE} WHERE r.id IN (SELECT * FROM (SELECT n.id FROM online_request n WHERE n.number >= ?"
        " AND n.number < ? ORDER BY n.number DESC LIMIT ?) UNION SELECT * FROM (SELECT n.id FROM guest h"
        " JOIN online_request n ON n.visit_id = h.visit_id WHERE h.name >= ? COLLATE NOCASE"
        " AND h.name < ? COLLATE NOCASE LIMIT ?)) ORDER BY r.id DESC LIMIT ?",
        *(text.upper(), f"{text.upper()}{last}", MAX_ROWS, text, f"{text}{last}", MAX_ROWS, MAX_ROWS),
    )


def open_counts(tx: Transaction) -> dict[OnlineState, int]:
    """How many requests are in each state but closed: read off the index, never through history."""
    rows = tx.rows(
        "SELECT state, count(*) FROM online_request"
        " WHERE state IN ('pengajuan', 'dalam_proses', 'terjawab') GROUP BY state"
    )
    return {OnlineState(state): count for state, count in rows}


def recap(tx: Transaction, year: int) -> Recap:
    """A year's public numbers; the requests of that year alone are walked through."""
    states = dict(tx.rows("SELECT state, count(*) FROM online_request WHERE year = ? GROUP BY state", year))
    services = tx.rows(
        "SELECT coalesce(s.name, r.service) AS named, count(*) AS requests FROM online_request r"
        " JOIN casefile c ON c.id = r.case_id LEFT JOIN service s ON s.id = c.service_id"
        " WHERE r.year = ? GROUP BY named ORDER BY requests DESC, named",
        year,
    )
    return Recap(
        year=year,
        new=states.get("pengajuan", 0),
        in_progress=states.get("dalam_proses", 0),
        closed=states.get("terjawab", 0) + states.get("ditutup", 0),
        services=tuple((str(name), int(count)) for name, count in services),
    )


def mapping_of(tx: Transaction, source: OnlineSource) -> ColumnMappings:
    """The columns of this source's lists; () while nobody settled them."""
    text = tx.value("SELECT columns FROM online_mapping WHERE source = ?", source)
    return () if text is None else msgspec.json.decode(text, type=tuple[ColumnMapping, ...])


def write_mapping(tx: Transaction, source: OnlineSource, columns: ColumnMappings) -> None:
    tx.run(
        "INSERT INTO online_mapping (source, columns) VALUES (?, ?)"
        " ON CONFLICT (source) DO UPDATE SET columns = excluded.columns",
        source,
        msgspec.json.encode(columns).decode(),
    )


CLOSED_SHOWN = 30


def inbox(tx: Transaction, now: int) -> OnlineInbox:
    """At most a hundred requests of each open state and the latest closed; `now` UTC ms."""
    settings = office.load(tx).settings
    calendar = WorkingCalendar(settings)
    states = [(state, CLOSED_SHOWN if state is OnlineState.CLOSED else MAX_ROWS) for state in OnlineState]
    found = [line for state, most in states for line in in_state(tx, state, most)]
    return OnlineInbox(
        lines=tuple(OnlineInboxRow(line, due_clock(line, calendar, now)) for line in found),
        recap=recap(tx, to_datetime(now, settings.office.zone).year),
    )


def card(tx: Transaction, request_id: int, now: int) -> RequestCard | None:
    """None when there is no such request."""
    request = find(tx, request_id)
    if request is None:
        return None
    settings = office.load(tx).settings
    return RequestCard(
        request=request,
        clock=due_clock(request, WorkingCalendar(settings), now),
        entries=cases.timeline(tx, request.case_id),
        office=settings.office,
        greeting=settings.greeting,
    )


def waiting(tx: Transaction) -> int:
    """How many requests nobody has begun with."""
    return open_counts(tx).get(OnlineState.NEW, 0)
