"""The search for things by the number that people use, or by their id, which scripts have from JSON."""

from collections.abc import Callable, Iterable
from typing import Any

from ult_desktop.base import UserError, _
from ult_desktop.cli.common import session
from ult_desktop.core.cases.ppid import Objection
from ult_desktop.db import online_requests
from ult_desktop.db.access import officers
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.cases import appointments, cases, deliveries, escalations, ppid
from ult_desktop.db.privacy import breaches, subjects
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody, visits
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.operation import refuse

Resolve = Callable[[Office, Any], object]
Find = Callable[[Office, str], int | None]
_MOST_DIGITS = 18  # SQLite takes no number of more than 64 bits
LARGEST = 10**_MOST_DIGITS - 1


def _by_number(find: Find) -> Callable[[Office, str], int]:
    """Return a function that gives the id for what a person typed: digits alone are the id itself.

    For any other text it asks `find`, which gets it in capitals. It raises UserError if that finds nothing.
    """

    def resolve(office: Office, text: str) -> int:
        plain = text.strip().upper()
        if plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS:
            return int(plain)
        found = find(office, plain)
        if found is None:
            raise UserError(
                _("“{text}” tidak ditemukan.").format(text=text),
                _("Tidak ada yang berubah."),
                _("Sebut nomornya seperti dalam daftarnya."),
            )
        return found

    return resolve


def officer_named(office: Office, login: str) -> int:
    """Return an officer's id. Raises UserError when nobody has this login."""
    found = office.read(lambda tx: officers.find(tx, login))
    if found is None:
        raise UserError(
            _("Petugas {login} tidak ada.").format(login=login), todo=_("Lihat daftarnya: officer list.")
        )
    return found.id


def _visit(office: Office, text: str) -> int | None:
    """Find a visit by its queue number ("A012"), or by the number of one of its cases ("0012/ULT/2026")."""
    if "/" in text:
        matter_id = _visit_of_case(office, text)
        # A further matter of a visit is a row of its own, which names the visit's first.
        return office.read(lambda tx: visits.get(tx, matter_id)).first
    ticket_id = session.ticket_id(office, text)
    found = office.read(lambda tx: visits.of_ticket(tx, ticket_id))
    if found is None:
        raise UserError(
            _("Nomor {text} belum punya kunjungan.").format(text=text), todo=_("Mulai layani nomor itu dulu.")
        )
    return found.id


def _case(office: Office, text: str) -> int | None:
    """Find a case by its number ("0012/ULT/2026"), or by its online request's ("D-0012/2026")."""
    found = office.read(lambda tx: cases.by_number(tx, text))
    request = office.read(lambda tx: online_requests.by_number(tx, text)) if found is None else None
    if found is None and request is None:
        raise UserError(
            _("Permohonan “{text}” tidak ada.").format(text=text), todo=_("Lihat daftarnya: case list.")
        )
    return found.id if found else request.case_id if request else None


visit_named, case_named = _by_number(_visit), _by_number(_case)


def _visit_of_case(office: Office, text: str) -> int:
    """Return the id of the visit, call or further matter that a case came from: each is a row of visits."""
    case = case_named(office, text)
    return office.read(lambda tx: cases.get(tx, case)).visit_id


def _matter(office: Office, text: str) -> int | None:
    """Find what has steps: a visit by its queue number, or one of its matters by the number of its case."""
    return _visit_of_case(office, text) if "/" in text else _visit(office, text)


def _escalation(office: Office, text: str) -> int:
    """Return a case's last unsettled escalation, else its last. Raises UserError when there is none."""
    case = case_named(office, text)
    found = office.read(lambda tx: escalations.open_of(tx, case) or escalations.of_case(tx, case))
    if not found:
        raise refuse(_("Permohonan {text} belum diteruskan ke meja lain.").format(text=text))
    return max(each.id for each in found)


def _delivery(office: Office, text: str) -> int:
    case = case_named(office, text)
    found = office.read(lambda tx: deliveries.of_case(tx, case))
    if not found:
        raise refuse(_("Jawaban permohonan {text} belum disampaikan.").format(text=text))
    return max(each.id for each in found)


def _appointment(office: Office, text: str) -> int | None:
    found = office.read(lambda tx: appointments.by_code(tx, text))
    return None if found is None else found.id


def _year(text: str) -> int:
    """Return the year with which a register's number ends; 0 where none does."""
    year = text.rpartition("/")[2]
    return int(year) if len(year) == len("2026") and year.isascii() and year.isdigit() else 0


def _information_request(office: Office, text: str) -> int | None:
    """Find an information request by its number in the register, or by the number of its case."""
    register = office.read(lambda tx: ppid.register(tx, _year(text)))
    found = next((each.id for each in register if each.number.upper() == text), None)
    if found is not None:
        return found
    case = case_named(office, text)
    request = office.read(lambda tx: ppid.of_case(tx, case))
    return None if request is None else request.id


def _objection(office: Office, text: str) -> int | None:
    """Find an objection by its own number, or the last against a request that is named."""
    register = office.read(lambda tx: ppid.register(tx, _year(text)))
    filed = (each for request in register for each in _against(office, request.id))
    found = next((each.id for each in filed if each.number.upper() == text), None)
    if found is not None:
        return found
    return max((each.id for each in _against(office, information_request_named(office, text))), default=None)


def _against(office: Office, request_id: int) -> tuple[Objection, ...]:
    return office.read(lambda tx: ppid.objections_of(tx, request_id))


def _alert(office: Office, text: str) -> int | None:
    visit = visit_named(office, text)
    return next((each.id for each in office.read(declarations.open_alerts) if each.visit_id == visit), None)


def _device(office: Office, text: str) -> int | None:
    day = today_of(office)
    found = office.read(lambda tx: assistive_devices.every_device(tx, day))
    return next((each.id for each in found if each.label.upper() == text), None)


def _device_loan(office: Office, text: str) -> int | None:
    """Find a loan by the device's name, or by the number of the guest who has it."""
    day = today_of(office)
    found = office.read(lambda tx: assistive_devices.every_device(tx, day))
    return next((each.loan_id for each in found if text in (each.label.upper(), each.ticket)), None)


def _of_year(query: Callable[[Transaction, int], Iterable[Any]]) -> Find:
    """Return a function that finds a register's row by its number, in the year with which the number ends."""

    def find(office: Office, text: str) -> int | None:
        found = office.read(lambda tx: query(tx, _year(text)))
        return next((each.id for each in found if each.number.upper() == text), None)

    return find


def _of_visit(query: Callable[[Transaction, int], Iterable[Any]], still: str = "") -> Find:
    """Return a function that finds a visit's last row; with `still`, the last whose field `still` is None."""

    def find(office: Office, text: str) -> int | None:
        visit = visit_named(office, text)
        found = office.read(lambda tx: query(tx, visit))
        return max((each.id for each in found if not still or getattr(each, still) is None), default=None)

    return find


call_named, matter_named = map(_by_number, (_visit_of_case, _matter))
escalation_named, delivery_named = map(_by_number, (_escalation, _delivery))
information_request_named, objection_named = map(_by_number, (_information_request, _objection))
subject_request_named, breach_named = map(_by_number, map(_of_year, (subjects.of_year, breaches.of_year)))
alert_named, device_named, device_loan_named = map(_by_number, (_alert, _device, _device_loan))
card_loan_named, badge_loan_named = map(_by_number, map(_of_visit, (custody.cards_of, custody.badges_of)))
escort_named = _by_number(_of_visit(declarations.escorts_of, "ended_at"))

RESOLVERS: dict[str, Resolve] = {
    "about_id": officer_named,
    "alert_id": alert_named,
    "appointment_id": _by_number(_appointment),
    "breach_id": breach_named,
    "call_id": call_named,
    "case_id": case_named,
    "delivery": delivery_named,
    "device_id": device_named,
    "escalation_id": escalation_named,
    "escort_id": escort_named,
    "objection_id": objection_named,
    "original_id": case_named,
    "officer_id": officer_named,
    "service_id": session.service_id,
    "ticket_id": session.ticket_id,
    "to_officer_id": officer_named,
    "arrival_id": visit_named,
    "visit_id": visit_named,
}
