"""What the pages of the visitors read and write on the worker thread."""

from pathlib import Path

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _, language
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.declarations import Vulnerability
from ult_desktop.core.procedures.procedure import Step
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.visits.commands import ActForAnother, JoinVisit, RecordLetter
from ult_desktop.core.visits.custody import BadgeLoan, CardLoan
from ult_desktop.core.visits.desk_book import DailyReportEntry, as_csv
from ult_desktop.core.visits.document import copy_name
from ult_desktop.core.visits.guest_book import Returning, VisitCard, outside_word
from ult_desktop.db.care import declarations
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.office import services
from ult_desktop.db.visits import custody, guests, visits
from ult_desktop.db.visits.guests import VisitRow
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.lookup import ticket_named
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.privacy.unmasked_documents import read_document, store_file
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.visits import returning_visitors as known_before
from ult_desktop.operations.visits.documents import attach_command
from ult_desktop.operations.visits.visits import regencies_of


class VisitorBoard(msgspec.Struct, frozen=True, kw_only=True):
    """Today's visitors and what is lent between them and the office."""

    day: str
    visits: tuple[VisitRow, ...]
    cards: tuple[CardLoan, ...]
    badges: tuple[BadgeLoan, ...]
    entries: tuple[DailyReportEntry, ...]


class VisitForms(msgspec.Struct, frozen=True, kw_only=True):
    """One visit and what its forms offer to choose: services as (id, name), regencies by name.

    `said` is what a vulnerable visitor declared of himself, None for others. `tick`: the step of the
    procedure whose turn it is, where that one waits for an officer's tick.
    """

    card: VisitCard
    services: tuple[tuple[int, str], ...]
    regencies: tuple[str, ...]
    said: Vulnerability | None = None
    tick: Step | None = None


def read_visitors(office: Office) -> VisitorBoard:
    day = today_of(office)
    held = office.read(custody.cards_held)
    lines = office.read(lambda tx: guests.of_day(tx, day))
    known = {line.id for line in lines}
    older = tuple(dict.fromkeys(card.visit_id for card in held if card.visit_id not in known))
    return VisitorBoard(
        day=day,
        visits=(*lines, *office.read(lambda tx: guests.by_ids(tx, older))),
        cards=held,
        badges=office.read(custody.badges_out),
        entries=office.read(lambda tx: guests.between(tx, day, day)),
    )


def visit_forms(visit_id: int, office: Office) -> VisitForms | None:
    card = office.read(lambda tx: guests.visit_card(tx, visit_id))
    return None if card is None else _with_choices(card, office)


def ticket_forms(ticket_id: int, office: Office) -> VisitForms | None:
    """The visit behind a number; None until he has arrived at the counter."""
    visit = office.read(lambda tx: visits.of_ticket(tx, ticket_id))
    return None if visit is None else visit_forms(visit.id, office)


def _with_choices(card: VisitCard, office: Office) -> VisitForms:
    province = office.read(office_rows.load).settings.office.province
    rows = office.read(services.active)
    return VisitForms(
        card=card,
        services=tuple((row.id, row.definition.name.within(language())) for row in rows),
        regencies=(*(each.name for each in regencies_of(province)), outside_word()),
        said=office.read(lambda tx: declarations.declared(tx, card.visit.id)),
        tick=_tick_of(card.visit.id, office),
    )


def _tick_of(visit_id: int, office: Office) -> Step | None:
    seen = office.read(lambda tx: visit_steps(tx, visit_id, office.clock()))
    if seen is None or not seen.progress.running:
        return None
    turn = next(step for step in seen.procedure.steps if step.step == seen.progress.running[0])
    return turn if turn.completes.tick is not None else None


def returning(text: str, office: Office) -> tuple[Returning, ...]:
    return known_before.find_returning(office, text)


def waiting_arrivals(office: Office) -> int:
    day = today_of(office)
    return len(office.read(lambda tx: guests.without_number(tx, day)))


def store_scan(path: Path, visit_id: int, office: Office, actor: Actor) -> object:
    """A scan becomes a document of the visit."""
    return office.perform(attach_command(store_file(path, office), visit_id), actor)


def with_scan(
    command: RecordLetter | ActForAnother, scan: Path | None, office: Office, actor: Actor
) -> object:
    """The letter, with its scan laid into the store first."""
    if scan is None:
        return office.perform(command, actor)
    document = office.perform(attach_command(store_file(scan, office), command.visit_id), actor)
    return office.perform(msgspec.structs.replace(command, document_id=document.id), actor)


def join(visit_id: int, label: str, office: Office, actor: Actor) -> object:
    """Raises UserError when no number of today is called so."""
    number = office.read(lambda tx: ticket_named(tx, label, office.clock()))
    return office.perform(JoinVisit(visit_id=visit_id, ticket_id=number.id), actor)


def open_copy(document_id: int, folder: Path, office: Office, actor: Actor) -> Path:
    """A copy that another program can open, under nearly its own name; its content is proven first."""
    document, content = read_document(document_id, office, actor)
    target = folder / copy_name(document)
    _write(target, content)
    return target


def write_report(folder: Path, day: str, office: Office, _actor: Actor) -> Path:
    """The day's report as a file for a spreadsheet; the mark at its beginning tells Excel the letters."""
    zone = office.read(office_rows.zone)
    entries = office.read(lambda tx: guests.between(tx, day, day))
    target = folder / f"buku-laporan-{day}.csv"
    _write(target, as_csv(entries, zone).encode("utf-8-sig"))
    return target


def _write(target: Path, content: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis.").format(path=target),
            _("Isi kantor tidak berubah."),
            _("Tutup berkas itu di program lain dan periksa ruang kosong, lalu coba lagi."),
        ) from error


def spd_of_today(office: Office, _actor: Actor) -> Sheet:
    """The log of signed SPD of the office's day.

    Raises:
        UserError: none was signed today.
    """
    day = today_of(office)
    return office.read(lambda tx: spd_sheet(tx, day, day))
