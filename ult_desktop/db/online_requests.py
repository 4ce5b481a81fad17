"""Requests that came from afar (daring): their rows, their counts, and what an import must not repeat."""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.kiosk_code import KnownRequest
from ult_desktop.core.online import online_request
from ult_desktop.core.person import Person
from ult_desktop.core.personal import phone_key
from ult_desktop.db import name_keys
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Rows, Transaction

MAX_ROWS = 100

_ANSWERED_AT = "(SELECT max(m.at) FROM mark m WHERE m.visit_id = r.visit_id AND m.event = 'answered')"
_ROWS = (
    "online_request r JOIN casefile c ON c.id = r.case_id JOIN guest g ON g.visit_id = r.visit_id"
    " LEFT JOIN officer o ON o.id = c.owner_id"
)
_OF_CASE = (
    f"{_ANSWERED_AT} AS answered_at, coalesce(o.name, '') AS owner, c.state = 'escalated' AS with_other_desk,"
    " g.name AS name, g.phone AS phone, g.institution AS institution, c.number AS case_number,"
)
_APPLICANT = ", ".join(  # a list has the first of them already
    f"g.{name} AS {name}"
    for name in Person.__struct_fields__
    if name not in online_request.OnlineRequestRow.__struct_fields__
)
_LINE = Rows(
    online_request.OnlineRequestRow,
    _ROWS,
    f"{_OF_CASE} CASE r.topic WHEN '' THEN substr(c.detail, 1, 120) ELSE r.topic END AS topic",
)
_REQUEST = Rows(
    online_request.OnlineRequest,
    f"{_ROWS} LEFT JOIN service s ON s.id = c.service_id",
    f"{_OF_CASE} {_APPLICANT}, c.owner_id AS owner_id, coalesce(s.name, r.service) AS service,"
    " c.detail AS detail, c.answer AS answer, EXISTS (SELECT 1 FROM mark e"
    " WHERE e.visit_id = r.visit_id AND e.event = 'survey_filled') AS evaluated",
)


_NUMBERED = (
    "WHERE r.id IN (SELECT id FROM online_request WHERE number = ? UNION ALL SELECT n.id FROM casefile k"
    " JOIN online_request n ON n.case_id = k.id WHERE k.number = ?)"
)


class NewOnlineRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when an online request is received. Times UTC ms."""

    visit_id: int
    case_id: int
    source: online_request.OnlineSource
    external_id: str
    fingerprint: str
    topic: str
    service: str
    sent_at: int
    received_at: int
    due_at: int
    import_id: int | None


class _KnownRow(msgspec.Struct, frozen=True):
    """A request of the office, with the columns that tell its sender from others who write the same."""

    number: str
    phone: str
    phone_index: str
    email: str


def find_row(
    tx: Transaction, source: online_request.OnlineSource, row: online_request.OnlineRow
) -> tuple[str, int]:
    """Return the number under which the office has this row already ("" for a new one), and its `alike`.

    Rows that say the same have one key but for `alike`, which counts them from 1. Two people who say the same
    are told apart by telephone or e-mail address, as far as these can be compared.
    """
    known = (
        "SELECT r.number, g.phone, g.phone_index, g.email FROM online_request r"
        " JOIN guest g ON g.visit_id = r.visit_id WHERE r.source = ?"
    )
    if row.external_id:
        found = tx.maybe(
            _KnownRow, f"{known} AND r.external_id = ? AND r.external_id <> ''", source, row.external_id
        )
        return (found.number if found else "", 1)
    for alike in itertools.count(1):
        digest = online_request.fingerprint(msgspec.structs.replace(row, alike=alike))
        found = tx.maybe(_KnownRow, f"{known} AND r.fingerprint = ? AND r.external_id = ''", source, digest)
        if found is None:
            return "", alike
        is_same = _is_same_person(found, row)
        if is_same is None:  # nothing to compare: the place in its own list decides
            is_same = alike == row.alike
        if is_same:
            return found.number, alike
    raise AssertionError


def _plain_key(row: online_request.OnlineRow) -> str:
    """Return the key of a row without its place among those alike."""
    return online_request.key_of(msgspec.structs.replace(row, alike=1))


def _known_keys(
    tx: Transaction, source: online_request.OnlineSource, rows: Collection[online_request.OnlineRow]
) -> set[str]:
    """Return the keys of those rows that the office may have: most rows of a list are new."""
    by_id = [row.external_id for row in rows if row.external_id]
    by_text = [_plain_key(row).removeprefix("hash:") for row in rows if not row.external_id]
    found: set[str] = set()
    for prefix, column, is_empty, sought in (
        ("id:", "external_id", "<> ''", by_id),
        ("hash:", "fingerprint", "= ''", by_text),
    ):
        known = f"SELECT {column} FROM online_request WHERE source = ? AND external_id {is_empty}"
        known_keys = tx.rows_among(f"{known} AND {column} IN (?)", sought, source)
        found.update(f"{prefix}{each}" for (each,) in known_keys)
    return found


def known_rows(
    tx: Transaction, source: online_request.OnlineSource, rows: Mapping[int, online_request.OnlineRow]
) -> dict[int, str]:
    """Return the numbers of the requests that rows equal, as `find_row` says, by the rows' own numbers."""
    known_keys = _known_keys(tx, source, rows.values())
    likely = ((number, row) for number, row in rows.items() if _plain_key(row) in known_keys)
    found = {number: find_row(tx, source, row)[0] for number, row in likely}
    return {number: request for number, request in found.items() if request}


def new_runs(
    tx: Transaction, source: online_request.OnlineSource, rows: Sequence[online_request.OnlineRow]
) -> Iterator[list[online_request.OnlineRow]]:
    """Yield the rows that the office does not have, each with its place among those alike, in runs.

    A run is to be written before the next one is asked for: a row that says the same as one of a run is
    compared with that one as the office has it then.
    """
    known_keys = _known_keys(tx, source, rows)
    run: dict[str, online_request.OnlineRow] = {}
    for row in rows:
        key = _plain_key(row)
        if key in run:
            yield list(run.values())
            known_keys |= run.keys()
            run = {}
        number, alike = find_row(tx, source, row) if key in known_keys else ("", 1)
        if not number:
            run[key] = msgspec.structs.replace(row, alike=alike)
    if run:
        yield list(run.values())


def _is_same_person(before: _KnownRow, row: online_request.OnlineRow) -> bool | None:
    """Return whether two rows name the same person; None where nothing of both can be compared."""
    if before.phone_index and row.phone_index:
        return before.phone_index == row.phone_index
    for name in ("phone", "email"):
        one, two = getattr(before, name), getattr(row, name)
        if not one or not two or is_sealed(one) or is_sealed(two):
            continue
        if name == "phone":
            return phone_key(one) == phone_key(two)
        return bool(one.casefold() == two.casefold())
    return None


get = _REQUEST.get
find = _REQUEST.find


def by_number(tx: Transaction, number: str) -> online_request.OnlineRequest | None:
    """Find a request by its own number, or by that of its case."""
    return _REQUEST.maybe(tx, _NUMBERED, number, number)


def known_by(tx: Transaction, number: str) -> KnownRequest | None:
    """Find a request as `by_number` does, but read nothing of its sender."""
    sql = f"SELECT r.number, r.state, r.due_at FROM online_request r {_NUMBERED}"
    return tx.maybe(KnownRequest, sql, number, number)


def of_visit(tx: Transaction, visit_id: int) -> online_request.OnlineRequest | None:
    return _REQUEST.maybe(tx, "WHERE r.visit_id = ?", visit_id)


def of_case(tx: Transaction, case_id: int) -> online_request.OnlineRequest | None:
    return _REQUEST.maybe(tx, "WHERE r.case_id = ?", case_id)


def in_state(
    tx: Transaction, state: online_request.OnlineState, limit: int = MAX_ROWS
) -> tuple[online_request.OnlineRequestRow, ...]:
    """List the requests of a state, the most pressing first; the closed ones the latest first."""
    order = "DESC" if state is online_request.OnlineState.CLOSED else "ASC"
    return _LINE.all(tx, f"WHERE r.state = ? ORDER BY r.due_at {order}, r.id LIMIT ?", state, limit)


def matching(tx: Transaction, text: str) -> tuple[online_request.OnlineRequestRow, ...]:
    """List the requests of which a number begins with `text`, or with words of the name; the latest first."""
    first, last = "".join(text.upper().split()), "\U0010ffff"  # the character that sorts behind all others
    named, names = name_keys.name_condition(tx, "n.visit_id", "guest", text)
    return _LINE.all(
        tx,
        "WHERE r.id IN (SELECT * FROM (SELECT n.id FROM online_request n WHERE n.number >= ?"
        " AND n.number < ? ORDER BY n.number DESC LIMIT ?) AS by_number"
        " UNION SELECT * FROM (SELECT n.id FROM casefile k"
        " JOIN online_request n ON n.case_id = k.id WHERE k.number >= ? AND k.number < ? LIMIT ?) AS by_case"
        f" UNION SELECT * FROM (SELECT n.id FROM online_request n WHERE {named}"
        " ORDER BY n.id DESC LIMIT ?) AS by_name) ORDER BY r.id DESC LIMIT ?",
        *(first, f"{first}{last}", MAX_ROWS) * 2,
        *names,
        *(MAX_ROWS, MAX_ROWS),
    )


def open_counts(tx: Transaction) -> dict[online_request.OnlineState, int]:
    """Count the requests in each state but closed. An index is read, never the whole history."""
    rows = tx.rows(
        "SELECT state, count(*) FROM online_request"
        " WHERE state IN ('pengajuan', 'dalam_proses', 'terjawab') GROUP BY state ORDER BY state"
    )
    return {online_request.OnlineState(state): count for state, count in rows}


def recap(tx: Transaction, year: int) -> online_request.Recap:
    """Return a year's public numbers. Only the requests of that year are read."""
    counted = "SELECT state, count(*) FROM online_request WHERE year = ? GROUP BY state ORDER BY state"
    states = dict(tx.rows(counted, year))
    services = tx.rows(
        "SELECT coalesce(s.name, r.service) AS named, count(*) AS requests FROM online_request r"
        " JOIN casefile c ON c.id = r.case_id LEFT JOIN service s ON s.id = c.service_id"
        " WHERE r.year = ? GROUP BY named ORDER BY requests DESC, named",
        year,
    )
    return online_request.Recap(
        year=year,
        new=states.get("pengajuan", 0),
        in_progress=states.get("dalam_proses", 0),
        closed=states.get("terjawab", 0) + states.get("ditutup", 0),
        services=tuple((str(name), int(count)) for name, count in services),
    )


def left_lists(tx: Transaction, now: int) -> tuple[str, ...]:
    """List the files that watched folders did not take, so that a person must, with why. `now` UTC ms."""
    return tuple(line for each in stations.at_work(tx, now) for line in each.left_lists.splitlines())


def unhandled(tx: Transaction) -> frozenset[int | str]:
    """Return the ids of the cases of requests that nobody has begun to handle."""
    new = tx.column("SELECT case_id FROM online_request WHERE state = ?", online_request.OnlineState.NEW)
    return frozenset(map(int, new))
