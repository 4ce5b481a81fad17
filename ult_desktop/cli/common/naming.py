"""The ids and stamps for what a person types: a number that people use, or the id from the JSON; a time."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from ult_desktop.base import UserError, _
from ult_desktop.cli.common.parameters import Resolve
from ult_desktop.core.cases.ppid import Objection
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db import online_requests
from ult_desktop.db.access import officers
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.cases import appointments, cases, deliveries, escalations, ppid
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches, subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, visits
from ult_desktop.operations import lookup
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.operation import refuse

_Find = Callable[[Office, str], int | None]
_MOST_DIGITS = 18  # SQLite has no numbers of more than 64 bits
LARGEST_ID = 10**_MOST_DIGITS - 1


def _by_number(find: _Find) -> Callable[[Office, str], int]:
    """Return a function that returns the id for what a person typed: digits alone are the id itself.

    Any other text goes to `find`, in capitals. The function raises UserError if `find` returns None.
    """

    def resolve(office: Office, text: str) -> int:
        plain = text.strip().upper()
        if plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS:
            return int(plain)
        row_id = find(office, plain)
        if row_id is None:
            raise UserError(
                _("“{text}” tidak ditemukan.").format(text=text),
                _("Tidak ada yang berubah."),
                _("Sebut nomornya seperti dalam daftarnya."),
            )
        return row_id

    return resolve


def stamp_of_moment(office: Office, when: datetime | time) -> int:
    """Return a moment as a stamp: without a zone by the office's wall clock, a time alone today's."""
    zone = office.read(office_rows.zone)
    if isinstance(when, time):
        when = datetime.combine(to_datetime(office.clock(), zone), when)
    return to_stamp(when if when.tzinfo else when.replace(tzinfo=zone))


def id_of_service(office: Office, name: str) -> int:
    """Return a service's id. Raises UserError when no service has this prefix or name."""
    return office.read(lambda tx: lookup.require_service_named(tx, name)).id


def id_of_ticket(office: Office, text: str) -> int:
    """Return a ticket's id. Raises UserError when no ticket of today has this number, and none this code."""
    return office.read(lambda tx: lookup.require_ticket_named(tx, text, office.clock())).id


def id_of_officer(office: Office, login: str) -> int:
    """Return an officer's id. Raises UserError when nobody has this login."""
    officer = office.read(lambda tx: officers.find(tx, login))
    if officer is None:
        raise UserError(
            _("Petugas {login} tidak ada.").format(login=login), todo=_("Lihat daftarnya: officer list.")
        )
    return officer.id


@_by_number
def id_of_case(office: Office, text: str) -> int | None:
    """Find a case by its number ("0012/ULT/2026"), or by its online request's ("D-0012/2026")."""
    case = office.read(lambda tx: cases.by_number(tx, text))
    if case is not None:
        return case.id
    request = office.read(lambda tx: online_requests.by_number(tx, text))
    if request is None:
        raise UserError(
            _("Permohonan “{text}” tidak ada.").format(text=text), todo=_("Lihat daftarnya: case list.")
        )
    return request.case_id


@_by_number
def id_of_call(office: Office, text: str) -> int:
    """Return the id of the visit from which a case came. A call and a further matter are visits, too."""
    case_id = id_of_case(office, text)
    return office.read(lambda tx: cases.get(tx, case_id)).visit_id


@_by_number
def id_of_visit(office: Office, text: str) -> int:
    """Find a visit by its queue number ("A012"), or by the number of one of its cases ("0012/ULT/2026")."""
    if "/" in text:
        matter_id = id_of_call(office, text)
        return office.read(lambda tx: visits.get(tx, matter_id)).first_visit_id
    ticket_id = id_of_ticket(office, text)
    visit = office.read(lambda tx: visits.of_ticket(tx, ticket_id))
    if visit is None:
        raise UserError(
            _("Nomor {text} belum punya kunjungan.").format(text=text), todo=_("Mulai layani nomor itu dulu.")
        )
    return visit.id


@_by_number
def id_of_matter(office: Office, text: str) -> int:
    """Return the id of a visit by its queue number, or of one of its matters by the number of the case."""
    return id_of_call(office, text) if "/" in text else id_of_visit(office, text)


@_by_number
def id_of_escalation(office: Office, text: str) -> int:
    """Return a case's last unsettled escalation, else its last. Raises UserError when there is none."""
    case_id = id_of_case(office, text)
    rows = office.read(lambda tx: escalations.open_of(tx, case_id) or escalations.of_case(tx, case_id))
    if not rows:
        raise refuse(_("Permohonan {text} belum diteruskan ke meja lain.").format(text=text))
    return max(each.id for each in rows)


@_by_number
def id_of_delivery(office: Office, text: str) -> int:
    """Return a case's last delivery. Raises UserError when there is none."""
    case_id = id_of_case(office, text)
    rows = office.read(lambda tx: deliveries.of_case(tx, case_id))
    if not rows:
        raise refuse(_("Jawaban permohonan {text} belum disampaikan.").format(text=text))
    return max(each.id for each in rows)


@_by_number
def id_of_appointment(office: Office, text: str) -> int | None:
    appointment = office.read(lambda tx: appointments.by_code(tx, text))
    return None if appointment is None else appointment.id


def _year(text: str) -> int:
    """Return the year with which a register's number ends; 0 where none does."""
    year = text.rpartition("/")[2]
    return int(year) if len(year) == len("2026") and year.isascii() and year.isdecimal() else 0


@_by_number
def id_of_information_request(office: Office, text: str) -> int | None:
    """Find an information request by its number in the register, or by the number of its case."""
    register = office.read(lambda tx: ppid.register(tx, _year(text)))
    request_id = next((each.id for each in register if each.number.upper() == text), None)
    if request_id is not None:
        return request_id
    case_id = id_of_case(office, text)
    request = office.read(lambda tx: ppid.of_case(tx, case_id))
    return None if request is None else request.id


@_by_number
def id_of_objection(office: Office, text: str) -> int | None:
    """Find an objection by its own number, or the last against a request that is named."""
    register = office.read(lambda tx: ppid.register(tx, _year(text)))
    objections = (each for request in register for each in _objections_against(office, request.id))
    objection_id = next((each.id for each in objections if each.number.upper() == text), None)
    if objection_id is not None:
        return objection_id
    request_id = id_of_information_request(office, text)
    return max((each.id for each in _objections_against(office, request_id)), default=None)


def _objections_against(office: Office, request_id: int) -> tuple[Objection, ...]:
    return office.read(lambda tx: ppid.objections_of(tx, request_id))


@_by_number
def id_of_alert(office: Office, text: str) -> int | None:
    """Find the open alert of a visit."""
    visit_id = id_of_visit(office, text)
    alerts = office.read(declarations.open_alerts)
    return next((each.id for each in alerts if each.visit_id == visit_id), None)


@_by_number
def id_of_device(office: Office, text: str) -> int | None:
    day = today_of(office)
    devices = office.read(lambda tx: assistive_devices.every_device(tx, day))
    return next((each.id for each in devices if each.label.upper() == text), None)


@_by_number
def id_of_device_loan(office: Office, text: str) -> int | None:
    """Find a loan by the device's name, or by the number of the guest who has it."""
    day = today_of(office)
    devices = office.read(lambda tx: assistive_devices.every_device(tx, day))
    return next((each.loan_id for each in devices if text in (each.label.upper(), each.ticket)), None)


def _find_in_year(query: Callable[[Transaction, int], Iterable[Any]]) -> _Find:
    """Return a function that finds a register's row by its number, in the year with which the number ends."""

    def find(office: Office, text: str) -> int | None:
        rows = office.read(lambda tx: query(tx, _year(text)))
        return next((each.id for each in rows if each.number.upper() == text), None)

    return find


def _find_last_of_visit(query: Callable[[Transaction, int], Iterable[Any]], end: str = "") -> _Find:
    """Return a function that finds a visit's last row; with `end`, the last whose field `end` is None."""

    def find(office: Office, text: str) -> int | None:
        visit_id = id_of_visit(office, text)
        rows = office.read(lambda tx: query(tx, visit_id))
        return max((each.id for each in rows if not end or getattr(each, end) is None), default=None)

    return find


id_of_subject_request = _by_number(_find_in_year(subjects.of_year))
id_of_breach = _by_number(_find_in_year(breaches.of_year))
id_of_card_loan = _by_number(_find_last_of_visit(custody.cards_of))
id_of_badge_loan = _by_number(_find_last_of_visit(custody.badges_of))
id_of_escort = _by_number(_find_last_of_visit(declarations.escorts_of, "ended_at"))

RESOLVERS: dict[str, Resolve] = {  # by the fields and parameters that hold the ids
    "about_id": id_of_officer,
    "alert_id": id_of_alert,
    "appointment_id": id_of_appointment,
    "breach_id": id_of_breach,
    "call_id": id_of_call,
    "case_id": id_of_case,
    "delivery": id_of_delivery,
    "device_id": id_of_device,
    "escalation_id": id_of_escalation,
    "escort_id": id_of_escort,
    "objection_id": id_of_objection,
    "original_id": id_of_case,
    "officer_id": id_of_officer,
    "service_id": id_of_service,
    "ticket_id": id_of_ticket,
    "to_officer_id": id_of_officer,
    "arrival_id": id_of_visit,
    "visit_id": id_of_visit,
}
