"""What the pages of the visitors read and write on the worker thread."""

from pathlib import Path

import msgspec

from ult_desktop.core.care import Vulnerability
from ult_desktop.core.custody import BadgeLoan, CardLoan
from ult_desktop.core.desk_book import DeskEntry, as_csv
from ult_desktop.core.document import copy_name
from ult_desktop.core.guest_book import Returning
from ult_desktop.core.identity_asks import ActForAnother, RecordLetter
from ult_desktop.core.procedure import Step
from ult_desktop.core.regency import outside_word
from ult_desktop.core.roles import Actor
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.visit_asks import JoinVisit
from ult_desktop.db import care, custody, desk_book, guests, services, visits
from ult_desktop.db import office as office_rows
from ult_desktop.db.guests import VisitCard, VisitLine
from ult_desktop.db.steps import visit_steps
from ult_desktop.errors import UserError
from ult_desktop.i18n import _, language
from ult_desktop.operations import returning as known_before
from ult_desktop.operations.documents import attach
from ult_desktop.operations.finding import ticket_named
from ult_desktop.operations.in_clear import laid_in, opened_document
from ult_desktop.operations.office import Office
from ult_desktop.operations.regencies import regencies_of
from ult_desktop.operations.sheets import spd_sheet
from ult_desktop.operations.today import today_of


class Lobby(msgspec.Struct, frozen=True, kw_only=True):
    """Today's visitors and what is lent between them and the office."""

    day: str
    visits: tuple[VisitLine, ...]
    cards: tuple[CardLoan, ...]
    badges: tuple[BadgeLoan, ...]
    entries: tuple[DeskEntry, ...]


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


def lobby(office: Office) -> Lobby:
    day = today_of(office)
    held = office.read(custody.cards_held)
    lines = office.read(lambda tx: guests.of_day(tx, day))
    known = {line.id for line in lines}
    older = tuple(dict.fromkeys(card.visit_id for card in held if card.visit_id not in known))
    return Lobby(
        day=day,
        visits=(*lines, *office.read(lambda tx: guests.some(tx, older))),
        cards=held,
        badges=office.read(custody.badges_out),
        entries=office.read(lambda tx: desk_book.between(tx, day, day)),
    )


def visit_forms(visit_id: int, office: Office) -> VisitForms | None:
    card = office.read(lambda tx: guests.card(tx, visit_id))
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
        said=office.read(lambda tx: care.declared(tx, card.visit.id)),
        tick=_tick_of(card.visit.id, office),
    )


def _tick_of(visit_id: int, office: Office) -> Step | None:
    seen = office.read(lambda tx: visit_steps(tx, visit_id, office.clock()))
    if seen is None or not seen.progress.running:
        return None
    turn = next(step for step in seen.procedure.steps if step.step == seen.progress.running[0])
    return turn if turn.completes.tick is not None else None


def returning(text: str, office: Office) -> tuple[Returning, ...]:
    return known_before.returning(office, text)


def waiting_arrivals(office: Office) -> int:
    day = today_of(office)
    return len(office.read(lambda tx: guests.without_number(tx, day)))


def lay_in(path: Path, visit_id: int, office: Office, actor: Actor) -> object:
    """A scan becomes a document of the visit."""
    return office.perform(attach(laid_in(path, office), visit_id), actor)


def with_scan(ask: RecordLetter | ActForAnother, scan: Path | None, office: Office, actor: Actor) -> object:
    """The letter, with its scan laid into the store first."""
    if scan is None:
        return office.perform(ask, actor)
    document = office.perform(attach(laid_in(scan, office), ask.visit_id), actor)
    return office.perform(msgspec.structs.replace(ask, document_id=document.id), actor)


def join(visit_id: int, label: str, office: Office, actor: Actor) -> object:
    """Raises UserError when no number of today is called so."""
    number = office.read(lambda tx: ticket_named(tx, label, office.clock()))
    return office.perform(JoinVisit(visit_id=visit_id, ticket_id=number.id), actor)


def opened_copy(document_id: int, folder: Path, office: Office, actor: Actor) -> Path:
    """A copy that another program can open, under nearly its own name; its content is proven first."""
    document, content = opened_document(document_id, office, actor)
    target = folder / copy_name(document)
    _write(target, content)
    return target


def write_report(folder: Path, day: str, office: Office, _actor: Actor) -> Path:
    """The day's report as a file for a spreadsheet; the mark at its beginning tells Excel the letters."""
    zone = office.read(office_rows.zone)
    entries = office.read(lambda tx: desk_book.between(tx, day, day))
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
