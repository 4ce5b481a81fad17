"""The register of public-information requests as its page reads it, and as a file for elsewhere."""

import csv
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.ppid import InformationRequest, Objection, columns, register_row
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.cases import ppid
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.privacy.unmasked_documents import unmasked_register
from ult_desktop.ui.counter.pages.papers import write_document

FORMULA = ("=", "+", "-", "@", "\t", "\r")


class RegisterRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its clock: the objection that waits for its answer, and the working days left."""

    request: InformationRequest
    objection: Objection | None
    days_left: int
    is_late: bool

    @property
    def is_waiting(self) -> bool:
        return self.request.decided_at is None or self.objection is not None


def read_register(office: Office) -> tuple[RegisterRow, ...]:
    """This year's and last year's, newest first: what came in December is answered in January."""
    year, now = int(today_of(office)[:4]), office.clock()
    calendar = WorkingCalendar(office.read(office_rows.load).settings)

    def look(tx: Transaction) -> list[tuple[InformationRequest, Objection | None]]:
        found = (*ppid.register(tx, year - 1), *ppid.register(tx, year))
        return [(each, _waiting_objection(tx, each.id)) for each in reversed(found)]

    return tuple(_line(request, objection, calendar, now) for request, objection in office.read(look))


def _waiting_objection(tx: Transaction, request_id: int) -> Objection | None:
    objections = ppid.objections_of(tx, request_id)
    return next((each for each in objections if each.answered_at is None), None)


def _line(
    request: InformationRequest, objection: Objection | None, calendar: WorkingCalendar, now: int
) -> RegisterRow:
    due_at = request.due_at if objection is None else objection.due_at
    waits = request.decided_at is None or objection is not None
    return RegisterRow(
        request=request,
        objection=objection,
        days_left=calendar.days_between(calendar.day_of(now), calendar.day_of(due_at - 1)),
        is_late=waits and now > due_at,
    )


def count_pressing(office: Office) -> int:
    """Requests and objections that wait for a decision."""
    return sum(line.is_waiting for line in read_register(office))


def write_register(year: int, office: Office, actor: Actor) -> Path:
    """The register of a year with the law's columns, as a file for spreadsheets; where it lies.

    Raises:
        UserError: the folder cannot be written.
    """
    zone = office.read(office_rows.zone)
    found = unmasked_register(year, office, actor)

    def local(at: int) -> datetime:
        return to_datetime(at, zone)

    lines = [columns(), *(register_row(each, local) for each in found)]
    name = _("Register permohonan informasi {year}").format(year=year)
    return write_document(name, "csv", partial(_write_csv, lines))


def _write_csv(lines: list[tuple[str, ...]], path: Path) -> None:
    """Semicolons and the mark at the beginning: Excel with Indonesian settings opens it by itself."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([_harmless(cell) for cell in line] for line in lines)


def _harmless(cell: str) -> str:
    """What an applicant wrote is never a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
