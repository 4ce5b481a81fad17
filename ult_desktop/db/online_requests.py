"""Online requests (daring): their rows and counts, and the comparison of imported rows with them."""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.kiosk_code import KnownRequest
from ult_desktop.core.online import online_request
from ult_desktop.core.person import Person
from ult_desktop.core.personal import phone_key
from ult_desktop.db import name_keys
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Rows, Transaction

MAX_ROWS = 100  # of a list

_ANSWERED_AT = "(SELECT max(m.at) FROM mark m WHERE m.visit_id = r.visit_id AND m.event = 'answered')"
_SOURCE = (
    "online_request r JOIN casefile c ON c.id = r.case_id JOIN guest g ON g.visit_id = r.visit_id"
    " LEFT JOIN officer o ON o.id = c.owner_id"
)
_CASE_COLUMNS = (
    f"{_ANSWERED_AT} AS answered_at, coalesce(o.name, '') AS owner, c.state = 'escalated' AS with_other_desk,"
    " g.name AS name, g.phone AS phone, g.institution AS institution, c.number AS case_number,"
)
_GUEST_COLUMNS = ", ".join(  # those that are not among `_CASE_COLUMNS`
    f"g.{name} AS {name}"
    for name in Person.__struct_fields__
    if name not in online_request.OnlineRequestRow.__struct_fields__
)
_LINES = Rows(
    online_request.OnlineRequestRow,
    _SOURCE,
    f"{_CASE_COLUMNS} CASE r.topic WHEN '' THEN substr(c.detail, 1, 120) ELSE r.topic END AS topic",
)
_REQUESTS = Rows(
    online_request.OnlineRequest,
    f"{_SOURCE} LEFT JOIN service s ON s.id = c.service_id",
    f"{_CASE_COLUMNS} {_GUEST_COLUMNS}, c.owner_id AS owner_id, coalesce(s.name, r.service) AS service,"
    " c.detail AS detail, c.answer AS answer, EXISTS (SELECT 1 FROM mark e"
    " WHERE e.visit_id = r.visit_id AND e.event = 'survey_filled') AS evaluated",
)


_WHERE_NUMBER = (
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


class FoundRow(NamedTuple):
    """The result of `find_row`: the number of the office's request that equals the row; "" for a new row.

    Rows that say the same differ by `alike`, which counts them from 1.
    """

    number: str
    alike: int


class _KnownRequest(msgspec.Struct, frozen=True):
    """A request of the office, with the columns that tell its sender from others who write the same."""

    number: str
    phone: str
    phone_index: str
    email: str


def find_row(tx: Transaction, source: online_request.OnlineSource, row: online_request.OnlineRow) -> FoundRow:
    """Find the request of the office that equals an imported row.

    It is found by the id that its source gave it. Without one it is found by what it says: two people who say
    the same are told apart by telephone or e-mail address, as far as these can be compared.
    """
    sql = (
        "SELECT r.number, g.phone, g.phone_index, g.email FROM online_request r"
        " JOIN guest g ON g.visit_id = r.visit_id WHERE r.source = ?"
    )
    if row.external_id:
        by_id = f"{sql} AND r.external_id = ? AND r.external_id <> ''"
        known = tx.maybe(_KnownRequest, by_id, source, row.external_id)
        return FoundRow(known.number if known else "", 1)
    by_fingerprint = f"{sql} AND r.fingerprint = ? AND r.external_id = ''"
    for alike in itertools.count(1):
        digest = online_request.fingerprint(msgspec.structs.replace(row, alike=alike))
        known = tx.maybe(_KnownRequest, by_fingerprint, source, digest)
        if known is None:
            return FoundRow("", alike)
        is_same = _is_same_person(known, row)
        if is_same is None:  # nothing to compare: the place among the alike rows of its list decides
            is_same = alike == row.alike
        if is_same:
            return FoundRow(known.number, alike)
    raise AssertionError


def _plain_key(row: online_request.OnlineRow) -> str:
    """Return the key that a row shares with all rows that say the same."""
    return online_request.key_of(msgspec.structs.replace(row, alike=1))


def _known_keys(
    tx: Transaction, source: online_request.OnlineSource, rows: Collection[online_request.OnlineRow]
) -> set[str]:
    """Return the plain keys of those rows that the office may have: most rows of a list are new."""
    ids = [row.external_id for row in rows if row.external_id]
    hashes = [_plain_key(row).removeprefix("hash:") for row in rows if not row.external_id]
    sql = "SELECT {column} FROM online_request WHERE source = ? AND {condition} AND {column} IN (?)"
    by_id = sql.format(column="external_id", condition="external_id <> ''")
    by_hash = sql.format(column="fingerprint", condition="external_id = ''")
    return {
        *(f"id:{external_id}" for (external_id,) in tx.rows_among(by_id, ids, source)),
        *(f"hash:{fingerprint}" for (fingerprint,) in tx.rows_among(by_hash, hashes, source)),
    }


def known_rows(
    tx: Transaction, source: online_request.OnlineSource, rows: Mapping[int, online_request.OnlineRow]
) -> dict[int, str]:
    """Return the numbers of the office's requests that rows equal (`find_row`), by the rows' own numbers."""
    known_keys = _known_keys(tx, source, rows.values())
    known = dict[int, str]()
    for row_number, row in rows.items():
        if _plain_key(row) in known_keys:
            number = find_row(tx, source, row).number
            if number:
                known[row_number] = number
    return known


def new_runs(
    tx: Transaction, source: online_request.OnlineSource, rows: Sequence[online_request.OnlineRow]
) -> Iterator[list[online_request.OnlineRow]]:
    """Yield the rows that the office does not have, in runs: no two rows of a run say the same.

    Each row has its `alike`. The caller writes a run before it asks for the next one: a row that says the
    same as one of the run is compared with that one as the office has it then.
    """
    known_keys = _known_keys(tx, source, rows)
    run: dict[str, online_request.OnlineRow] = {}
    for row in rows:
        key = _plain_key(row)
        if key in run:
            yield list(run.values())
            known_keys |= run.keys()
            run = {}
        found = find_row(tx, source, row) if key in known_keys else FoundRow("", 1)
        if not found.number:
            run[key] = msgspec.structs.replace(row, alike=found.alike)
    if run:
        yield list(run.values())


def _is_same_person(known: _KnownRequest, row: online_request.OnlineRow) -> bool | None:
    """Return whether both name the same person; None where nothing of both can be compared."""
    if known.phone_index and row.phone_index:
        return known.phone_index == row.phone_index
    if _are_in_clear(known.phone, row.phone):
        return phone_key(known.phone) == phone_key(row.phone)
    if _are_in_clear(known.email, row.email):
        return known.email.casefold() == row.email.casefold()
    return None


def _are_in_clear(one: str, other: str) -> bool:
    return bool(one and other) and not (is_sealed(one) or is_sealed(other))


get = _REQUESTS.get
find = _REQUESTS.find


def by_number(tx: Transaction, number: str) -> online_request.OnlineRequest | None:
    """Find a request by its own number, or by that of its case."""
    return _REQUESTS.maybe(tx, _WHERE_NUMBER, number, number)


def known_by(tx: Transaction, number: str) -> KnownRequest | None:
    """Find a request as `by_number` does, but read nothing of its sender."""
    sql = f"SELECT r.number, r.state, r.due_at FROM online_request r {_WHERE_NUMBER}"
    return tx.maybe(KnownRequest, sql, number, number)


def of_visit(tx: Transaction, visit_id: int) -> online_request.OnlineRequest | None:
    return _REQUESTS.maybe(tx, "WHERE r.visit_id = ?", visit_id)


def of_case(tx: Transaction, case_id: int) -> online_request.OnlineRequest | None:
    return _REQUESTS.maybe(tx, "WHERE r.case_id = ?", case_id)


def in_state(
    tx: Transaction, state: online_request.OnlineState, limit: int = MAX_ROWS
) -> tuple[online_request.OnlineRequestRow, ...]:
    """List the requests of a state, the most pressing first; the closed ones the latest first."""
    order = "DESC" if state is online_request.OnlineState.CLOSED else "ASC"
    return _LINES.all(tx, f"WHERE r.state = ? ORDER BY r.due_at {order}, r.id LIMIT ?", state, limit)


def matching(tx: Transaction, text: str) -> tuple[online_request.OnlineRequestRow, ...]:
    """List the requests whose number begins with `text`, or whose name has its words; the latest first."""
    first, last = "".join(text.upper().split()), "\U0010ffff"  # the character that sorts behind all others
    has_name, name_values = name_keys.name_condition(tx, "n.visit_id", "guest", text)
    return _LINES.all(
        tx,
        "WHERE r.id IN (SELECT * FROM (SELECT n.id FROM online_request n WHERE n.number >= ?"
        " AND n.number < ? ORDER BY n.number DESC LIMIT ?) AS by_number"
        " UNION SELECT * FROM (SELECT n.id FROM casefile k"
        " JOIN online_request n ON n.case_id = k.id WHERE k.number >= ? AND k.number < ? LIMIT ?) AS by_case"
        f" UNION SELECT * FROM (SELECT n.id FROM online_request n WHERE {has_name}"
        " ORDER BY n.id DESC LIMIT ?) AS by_name) ORDER BY r.id DESC LIMIT ?",
        *(first, f"{first}{last}", MAX_ROWS) * 2,
        *name_values,
        *(MAX_ROWS, MAX_ROWS),
    )


def recap(tx: Transaction, year: int) -> online_request.Recap:
    """Return a year's public numbers. Only the requests of that year are read."""
    sql = "SELECT state, count(*) FROM online_request WHERE year = ? GROUP BY state ORDER BY state"
    states = dict(tx.rows(sql, year))
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
    """List the files in watched folders that a person must import, each with the reason. `now` UTC ms."""
    return tuple(line for station in stations.at_work(tx, now) for line in station.left_lists.splitlines())


def unhandled_cases(tx: Transaction) -> frozenset[int | str]:
    """Return the ids of the cases of requests that nobody has begun to handle."""
    new = tx.column("SELECT case_id FROM online_request WHERE state = ?", online_request.OnlineState.NEW)
    return frozenset(map(int, new))
