"""Vulnerable visitors: what they declared, alerts, escorts."""

import msgspec

from ult_desktop.core import personal, stamps
from ult_desktop.core.access.sealing import Seal
from ult_desktop.core.care.declarations import Alert, AlertKind, Device, Escort, Leg, Vulnerability
from ult_desktop.core.queue.boards import Seats
from ult_desktop.db.access import keys
from ult_desktop.db.care import assistive_devices
from ult_desktop.db.office import office
from ult_desktop.db.queue.tickets import read_seats
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits import visits

_DECLARED = Rows(Vulnerability, "vulnerability", "grounds AS grounds_json, help AS help_json", key="visit_id")
_ALERT = Rows(
    Alert,
    "alert a LEFT JOIN visit v ON v.id = a.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN vulnerability d ON d.visit_id = a.visit_id"
    " LEFT JOIN officer o ON o.id = a.acknowledged_by",
    "t.label AS label, coalesce(d.help, '[]') AS help_json, coalesce(o.name, '') AS acknowledged_by",
)
_ESCORT = Rows(
    Escort,
    "escort e JOIN visit v ON v.id = e.visit_id LEFT JOIN ticket t ON t.id = v.ticket_id"
    " LEFT JOIN officer o ON o.id = e.officer_id",
    "coalesce(o.name, '') AS officer, t.label AS label",
)


def declare(tx: Transaction, declaration: Vulnerability, officer_id: int | None) -> None:
    """Write what a visitor declared. The last declaration replaces the one before."""
    tx.run(
        "INSERT INTO vulnerability (visit_id, grounds, help, declared_at, officer_id)"
        " VALUES (?, ?, ?, ?, ?) ON CONFLICT (visit_id) DO UPDATE SET grounds = excluded.grounds,"
        " help = excluded.help, officer_id = coalesce(excluded.officer_id, vulnerability.officer_id)",
        declaration.visit_id,
        msgspec.json.encode(_seal_grounds(tx, declaration.grounds)).decode(),
        msgspec.json.encode(declaration.help).decode(),
        declaration.declared_at,
        officer_id,
    )


def _seal_grounds(tx: Transaction, grounds: tuple[str, ...]) -> tuple[str, ...]:
    """Seal the declared grounds: they are specific personal data (UU 27/2022, Pasal 4).

    The rest of the row stays readable, because the queue must know that there is a declaration. Without keys
    the grounds are returned as they are.
    """
    key = keys.newest(tx)
    if key is None:
        return grounds
    seal = Seal(key.generation, key.public)
    return tuple(seal.seal_text(personal.pad_reason(ground)) for ground in grounds)


find = _DECLARED.find


def copy(tx: Transaction, from_id: int, to_id: int, at: int, officer_id: int | None) -> None:
    """Copy what was declared in visit `from_id` to `to_id`, if nothing was declared there."""
    tx.run(
        "INSERT INTO vulnerability (visit_id, grounds, help, declared_at, officer_id)"
        " SELECT ?, grounds, help, ?, ? FROM vulnerability WHERE visit_id = ?"
        " ON CONFLICT (visit_id) DO NOTHING",
        *(to_id, at, officer_id, from_id),
    )


def unite(tx: Transaction, from_id: int, to_id: int) -> None:
    """Unite the declarations of two visits in the row of `to_id`, which already has the alerts of both.

    Of the alerts for the vulnerable visitor those stay that somebody answered; if nobody did, the oldest.
    """
    tx.run(
        "DELETE FROM alert WHERE visit_id = ? AND kind = 'vulnerable' AND acknowledged_at IS NULL AND id <>"
        " (SELECT id FROM alert WHERE visit_id = ? AND kind = 'vulnerable'"
        " ORDER BY acknowledged_at IS NULL, at, id LIMIT 1)",
        *(to_id, to_id),
    )
    source, target = find(tx, from_id), find(tx, to_id)
    if source is None:
        return
    if target is None:
        tx.update("vulnerability", {"visit_id": from_id}, visit_id=to_id)
        return
    tx.run("DELETE FROM vulnerability WHERE visit_id = ?", from_id)
    declare(tx, target.with_more(source.grounds, source.help), None)


def forget(tx: Transaction, visit_id: int) -> bool:
    """Delete what a visitor declared of themselves; False when there is nothing."""
    return bool(tx.run("DELETE FROM vulnerability WHERE visit_id = ?", visit_id))


def forget_before(tx: Transaction, at: int) -> int:
    """Delete what was declared before `at` (UTC ms); return how many.

    The visit keeps the fact that its visitor was vulnerable.
    """
    return tx.run("DELETE FROM vulnerability WHERE declared_at < ?", at)


def add_alert(tx: Transaction, visit_id: int | None, kind: AlertKind, at: int, place: str) -> int:
    """Write an alert; `place` is the kiosk from which it came, "" from elsewhere."""
    return tx.insert("alert", visit_id=visit_id, kind=kind, at=at, place=place)


def open_alerts(tx: Transaction) -> tuple[Alert, ...]:
    """List the alerts that nobody has answered yet while the visitor is here, oldest first.

    The alert for a vulnerable visitor ends when a counter calls them: the officer there receives them.
    """
    return _ALERT.all(
        tx,
        "WHERE a.acknowledged_at IS NULL AND v.ended_at IS NULL AND NOT (a.kind = 'vulnerable'"
        " AND (coalesce(t.state, 'waiting') NOT IN ('waiting', 'held')"
        " OR EXISTS (SELECT 1 FROM turn u WHERE u.ticket_id = t.id AND u.arrived_at IS NOT NULL)))"
        " ORDER BY a.at, a.id",
    )


find_alert = _ALERT.find
get_alert = _ALERT.get


def alert_of_ticket(tx: Transaction, ticket_id: int) -> Alert | None:
    """Return the alert for the vulnerable visitor who has that ticket, answered or not."""
    return _ALERT.maybe(
        tx,
        "WHERE a.visit_id IN (SELECT id FROM visit WHERE ticket_id = ?) AND a.kind = 'vulnerable'"
        " ORDER BY a.at, a.id LIMIT 1",
        ticket_id,
    )


def carer_of(tx: Transaction, visit_id: int) -> int | None:
    """Return the id of the officer who said that they take care of a vulnerable visitor, or None."""
    sql = "SELECT max(acknowledged_by) FROM alert WHERE visit_id = ? AND kind = 'vulnerable'"
    officer_id: int | None = tx.value(sql, visit_id)
    return officer_id


def open_alert_from(tx: Transaction, kind: AlertKind, station: str) -> Alert | None:
    """Return the alert of that kind from that kiosk that is not answered yet."""
    return _ALERT.maybe(tx, "WHERE a.acknowledged_at IS NULL AND a.kind = ? AND a.place = ?", kind, station)


def close_kiosk_alerts_before(tx: Transaction, limit: int) -> None:
    """Close the alerts from a kiosk before `limit` (UTC ms) that nobody answered."""
    tx.run(
        "UPDATE alert SET acknowledged_at = at WHERE acknowledged_at IS NULL AND visit_id IS NULL AND at < ?",
        limit,
    )


def acknowledge(tx: Transaction, alert_id: int, at: int, officer_id: int | None) -> None:
    tx.run(
        "UPDATE alert SET acknowledged_at = max(?, at), acknowledged_by = ? WHERE id = ?",
        at,
        officer_id,
        alert_id,
    )


class NewEscort(msgspec.Struct, frozen=True, kw_only=True):
    """An escort to be written: it begins at `began_at` (UTC ms), or the visitor `declined` it then."""

    visit_id: int
    leg: Leg
    from_place: str = ""
    to_place: str = ""
    officer_id: int | None
    began_at: int
    declined: bool = False


def add_escort(tx: Transaction, new: NewEscort) -> int:
    """Write an escort and return its id; a declined one ends when it began."""
    return tx.insert("escort", new, ended_at=new.began_at if new.declined else None)


def end_escort(tx: Transaction, escort_id: int, at: int) -> None:
    tx.run("UPDATE escort SET ended_at = max(?, began_at) WHERE id = ?", at, escort_id)


find_escort = _ESCORT.find
get_escort = _ESCORT.get


def escorting_officer(tx: Transaction, escort_id: int) -> int | None:
    """Return the id of the officer who goes with the visitor, or None."""
    officer_id: int | None = tx.value("SELECT officer_id FROM escort WHERE id = ?", escort_id)
    return officer_id


def is_escorted(tx: Transaction, visit_id: int) -> bool:
    """Return whether somebody accompanies the visitor now."""
    return tx.row("SELECT 1 FROM escort WHERE visit_id = ? AND ended_at IS NULL", visit_id) is not None


def escorts_of(tx: Transaction, visit_id: int) -> tuple[Escort, ...]:
    return _ESCORT.all(tx, "WHERE e.visit_id = ? ORDER BY e.began_at, e.id", visit_id)


class CareRow(msgspec.Struct, frozen=True, kw_only=True):
    """A vulnerable visitor of today, for the page Pendampingan. Times UTC ms."""

    visit_id: int
    day: str
    label: str | None
    service: str
    service_en: str
    state: str | None
    began_at: int
    ended_at: int | None
    grounds: tuple[personal.PriorityReasonText, ...]
    help: tuple[str, ...]
    guest: str


# A further matter (`beside`) has the declaration and the guest book line of the first visit. A visit that
# `follows` an earlier visit has the guest of the earlier one, unless it has a line of its own.
_CARE = Rows(
    CareRow,
    "visit v LEFT JOIN ticket t ON t.id = v.ticket_id LEFT JOIN service s ON s.id = t.service_id"
    " LEFT JOIN vulnerability d ON d.visit_id = coalesce(v.beside, v.id)"
    " LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id) LEFT JOIN guest f ON f.visit_id = v.follows",
    "v.id AS visit_id, t.label AS label, coalesce(s.name, '') AS service,"
    " coalesce(s.name_en, '') AS service_en, t.state AS state,"
    " coalesce(d.grounds, '[]') AS grounds_json, coalesce(d.help, '[]') AS help_json,"
    " coalesce(g.name, f.name, '') AS guest",
)


def vulnerable_visits(tx: Transaction, day: str) -> tuple[CareRow, ...]:
    """List that day's vulnerable visitors, each once, newest first (daftar antrean prioritas, POS DKI 3)."""
    return _CARE.all(
        tx,
        "WHERE v.vulnerable = 1 AND v.day = ? AND v.ending <> 'merged' AND v.beside IS NULL"
        " ORDER BY v.began_at DESC, v.id DESC",
        day,
    )


class CareCard(msgspec.Struct, frozen=True, kw_only=True):
    """The care for one visitor in full; `devices` and `seats` are all that the office has."""

    line: CareRow
    follows: int | None
    alerts: tuple[Alert, ...]
    escorts: tuple[Escort, ...]
    devices: tuple[Device, ...]
    seats: Seats = Seats()


def care_card(tx: Transaction, visit_id: int, day: str) -> CareCard | None:
    """Return the care card of a visit; None when its visitor is not vulnerable."""
    line = _CARE.maybe(tx, "WHERE v.id = ? AND v.vulnerable = 1", visit_id)
    if line is None:
        return None
    return CareCard(
        line=line,
        follows=visits.get(tx, visit_id).follows,
        alerts=tuple(alert for alert in open_alerts(tx) if alert.visit_id == visit_id),
        escorts=escorts_of(tx, visit_id),
        devices=assistive_devices.every_device(tx, day),
        seats=read_seats(tx, day),
    )


def open_vulnerable_visits(tx: Transaction) -> tuple[CareRow, ...]:
    """List the vulnerable visitors of any day whose visit is open, oldest first.

    A further matter of a visitor is left out while the visitor's main visit is open.
    """
    return _CARE.all(
        tx,
        "WHERE v.ended_at IS NULL AND v.vulnerable = 1 AND NOT EXISTS"
        " (SELECT 1 FROM visit f WHERE f.id = v.beside AND f.ended_at IS NULL) ORDER BY v.began_at, v.id",
    )


class CareBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The page Pendampingan.

    `rows` are today's visitors, then those of earlier days whose visit is open. `card` is of the chosen one.
    """

    rows: tuple[CareRow, ...]
    alerts: tuple[Alert, ...]
    seats: Seats
    card: CareCard | None
    devices: tuple[Device, ...] = ()


def care_board(tx: Transaction, now: int, chosen: int | None) -> CareBoard:
    """Return the page; `chosen` is the visit that is shown in full, `now` UTC ms."""
    day = stamps.office_day(now, office.zone(tx))
    today = vulnerable_visits(tx, day)
    today_ids = {row.visit_id for row in today}
    earlier = (row for row in open_vulnerable_visits(tx) if row.visit_id not in today_ids)
    return CareBoard(
        rows=(*today, *earlier),
        alerts=open_alerts(tx),
        seats=read_seats(tx, day),
        card=None if chosen is None else care_card(tx, chosen, day),
        devices=assistive_devices.every_device(tx, day),
    )
