"""Names that the office wrote in two languages are read in the one in force."""

import msgspec
import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import CheckRequirements, RecordPurpose, SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Courtesy, Visit
from ult_desktop.db.care import declarations
from ult_desktop.db.visits import guests
from ult_desktop.operations.visits.boards import visit_forms
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.visit_view import visit_facts, visit_row, visit_story
from ult_desktop.ui.counter.words import service_name


@pytest.fixture
def visit(bench: Bench) -> Visit:
    """A vulnerable visitor with a number for Tunjangan Profesi, lacking one paper."""
    come: Visit = bench.do(WelcomeVisitor(), bench.sign_in("amir", Role.SECURITY))
    bench.sign_in("nina", Role.RECEPTION)
    bench.do(DeclareVulnerable(visit_id=come.id, grounds=(PriorityReason.ELDERLY,)))
    bench.do(commands.IssueTicket(service_id=2, visit_id=come.id))
    bench.do(CheckRequirements(visit_id=come.id, missing=("Kartu identitas", "Map")))
    bench.do(RecordPurpose(visit_id=come.id, purpose="NUPTK & NISN"))
    return come


@pytest.mark.parametrize(
    ("language", "service", "lacking", "purpose"),
    [
        ("id", "Tunjangan Profesi", "kurang: Kartu identitas, Map", "NUPTK & NISN"),
        ("en", "Teacher Allowance", "missing: Identity card, Map", "Teacher & Student Numbers"),
    ],
)
def test_services_and_requirements(
    bench: Bench, visit: Visit, language: str, service: str, lacking: str, purpose: str
) -> None:
    use_language(language)
    card = bench.office.read(lambda tx: guests.visit_card(tx, visit.id))
    assert card is not None
    told = {fact.value for fact in visit_facts(card)}
    assert {service, lacking, purpose} <= told
    forms = bench.office.read(lambda tx: visit_forms(tx, bench.clock.now, visit.id))
    assert forms is not None
    assert (2, f"B · {service}") in forms.services
    (line,) = bench.office.read(lambda tx: guests.by_ids(tx, [visit.id]))
    assert service in visit_row(line, bench.now()).search
    (cared,) = bench.office.read(lambda tx: declarations.vulnerable_visits(tx, visit.day))
    assert service_name(cared) == service


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (tuple(Courtesy), "Disambut di pintu"),
        ((Courtesy.SMILE, Courtesy.DIRECTED), "Disambut, tanpa: salam, sapa"),
        ((), ""),
    ],
)
def test_of_the_welcome_only_what_was_left_out_is_told(
    bench: Bench, visit: Visit, done: tuple[Courtesy, ...], told: str
) -> None:
    card = bench.office.read(lambda tx: guests.visit_card(tx, visit.id))
    assert card is not None
    arrival = visit_story(msgspec.structs.replace(card, courtesies=done), bench.now())[0]
    assert (arrival.what, arrival.note) == ("Datang", told)


def test_the_day_of_the_letter_is_read_as_the_office_writes_days(bench: Bench, visit: Visit) -> None:
    bench.do(SignGuestBook(visit_id=visit.id, name="Dedi", letter_date="2026-11-20"))
    card = bench.office.read(lambda tx: guests.visit_card(tx, visit.id))
    assert card is not None
    facts = {fact.name: fact.value for fact in visit_facts(card)}
    assert (facts["Nomor surat"], facts["Tanggal surat"]) == ("", "20 November 2026")


def test_who_only_has_a_number_took_one(bench: Bench) -> None:
    use_language("en")
    bench.sign_in("nina", Role.RECEPTION)
    ticket = bench.do(commands.IssueTicket(service_id=1, at_kiosk=False)).ticket
    page = bench.open(GuestsPage)
    page.open_subject(ticket.label)
    bench.wait(lambda: "Number taken" in [label.text() for label in page.view.story.findChildren(QLabel)])
