"""Every ticket and every sheet is read back whole from every kind of cheap printer."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from tests.office import copy_office
from tests.operations.cases.test_appointments import stamp
from tests.operations.desks import LATER, Desks
from tests.operations.scene import Scene
from tests.virtual_printers import CHEAP, virtual_printer
from ult_desktop.base import use_language
from ult_desktop.core.access.roles import Officer
from ult_desktop.core.cases.commands import (
    DeliverAnswer,
    Escalate,
    GiveAnswer,
    OpenCase,
    RegisterInformationRequest,
    Reschedule,
)
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.sheet import BlankForm, Sheet, trial_sheet
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.layout import Drawn, Paper, commands, sanitise
from ult_desktop.devices.printer.model import in_page
from ult_desktop.devices.printer.paper import PrinterTest, TicketPaper, ticket_paper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations import sheets
from ult_desktop.operations.access.passwords import IssuedPassword
from ult_desktop.operations.accountability.report import accountability_sheet
from ult_desktop.operations.blank_forms import blank_form
from ult_desktop.operations.cases.case_file import case_file_sheet
from ult_desktop.ui.counter.access.key_boxes import make_code_sheet
from ult_desktop.ui.counter.access.officers_group import make_slip

NAMES = {"latin": "José Ma’ruf, S.Pd.", "world": "Zoë 山田太郎 محمد علي ☺"}
BLANK = [form.value for form in BlankForm]
PAPERS = (
    *("ticket", "reprint", "priority", "world service", "receipt", "proof", "appointment", "registration"),
    *("disposition", "case file", "day", "slip", "recovery code", "accounts", *BLANK),
    *("trial sheet", "printer test"),
)
DAY = "2026-11-23"
OFFICER = Officer(id=1, login="jose", name=NAMES["latin"], password_hash="", roles=(), active=True)


def papers_of(desks: Desks, name: str) -> dict[str, Paper]:
    """Everything that goes to the ticket printer when somebody of this name comes."""
    scene = desks.scene
    visit_id = desks.visitor(name)
    case = desks.do(OpenCase(visit_id=visit_id, detail=f"Ijazah {name}\nsalinan ½ lembar · ± 10 menit"))
    request = desks.do(
        RegisterInformationRequest(case_id=case.id, wanted="Data mutu", purpose="Skripsi", name=name)
    )
    hop = desks.do(Escalate(case_id=case.id, instruction=f"Mohon dicek: {name}"))
    other = desks.case("Kapan cair?")
    booked = desks.do(Reschedule(case_id=other.id, at=stamp(desks, LATER), reason=name))
    third = desks.case("Tunjangan")
    desks.do(GiveAnswer(case_id=third.id, answer=f"Cair, {name}"))
    told = desks.do(DeliverAnswer(case_id=third.id, way=DeliveryChannel.DIRECT, recipient=name, receipt=True))
    ticket, office = scene.take(), scene.office.read(office_rows.load).settings.office
    slip_of = IssuedPassword(officer=OFFICER, password="Kopi-7-Rusa", office=office)
    plain = ticket_paper(ticket, office)

    def sheet(make: Callable[[Transaction], Sheet]) -> Sheet:
        return scene.office.read(make)

    return {
        "ticket": replace(plain, ahead="Menunggu di depan Anda: 3 (10–20 menit)"),
        "reprint": ticket_paper(ticket, office, reprint=True),
        "priority": replace(plain, priority=True, survey_url="https://s.id/survei"),
        "world service": replace(plain, service=name, notes=(name,)),
        "receipt": sheet(lambda tx: sheets.receipt_sheet(tx, told.id)),
        "proof": sheet(lambda tx: sheets.intake_sheet(tx, case.id)),
        "appointment": sheet(lambda tx: sheets.appointment_sheet(tx, booked.id)),
        "registration": sheet(lambda tx: sheets.registration_sheet(tx, request.id)),
        "disposition": sheet(lambda tx: sheets.disposition_sheet(tx, hop.id)),
        "case file": sheet(lambda tx: case_file_sheet(tx, case.id)),
        "day": sheet(lambda tx: sheets.day_sheet(tx, scene.clock.now)),
        "slip": make_slip(slip_of, "26 November 2026", scene.office, desks.actor("siti")),
        "recovery code": make_code_sheet(["ABCD-EFGH-JKLM", "NPQR-STUV-WXYZ"], office, "26 November 2026"),
        "accounts": sheet(lambda tx: accountability_sheet(tx, DAY, DAY, scene.clock.now)),
        **{form.value: sheet(partial(blank_form, form=form)) for form in BlankForm},
        "trial sheet": trial_sheet(scene.clock.now),
        "printer test": PrinterTest("Uji printer"),
    }


@pytest.fixture(scope="module", params=[("id", "latin"), ("id", "world"), ("en", "world")], ids=str)
def papers(
    request: pytest.FixtureRequest, founded: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Paper]]:
    language, name = request.param
    use_language(language)
    scene = Scene(copy_office(founded, tmp_path_factory.mktemp("papers")))
    scene.sit(1)
    yield papers_of(Desks(scene), NAMES[name])
    scene.close()
    use_language("id")


@pytest.fixture(scope="module", params=CHEAP, ids=str)
def virtual(request: pytest.FixtureRequest) -> Iterator[VirtualPrinter]:
    with virtual_printer(*request.param) as found:
        yield found


def strings_of(paper: Paper) -> Iterator[str]:
    """Every line that somebody is to read."""
    match paper:
        case Sheet():
            rows = (text for row in paper.rows for text in (row.head, row.text))
            found = (*paper.office.lines, paper.title, paper.number, *rows, *paper.notes, paper.code)
        case TicketPaper():
            own = (paper.label, paper.service, paper.issued, paper.code, paper.ahead)
            found = (*paper.office, *own, *paper.following, *paper.notes)
        case _:
            found = (paper.title,)
    for text in found:
        yield from text.splitlines()


def dots_of(png: bytes, width: int) -> bytes:
    """A picture's dots as rows of the paper."""
    picture = Image.open(io.BytesIO(png)).convert("1")
    row = Image.new("1", (width, picture.height), 1)
    row.paste(picture, ((width - picture.width) // 2, 0))
    return row.tobytes()


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried_printer")
@pytest.mark.parametrize("name", PAPERS)
def test_it_is_read_back_whole(papers: dict[str, Paper], virtual: VirtualPrinter, name: str) -> None:
    paper, before = papers[name], len(virtual.papers)
    model = parse_address(virtual.address).model
    result = TicketPrinter(parse_address(virtual.address)).print(paper)
    assert result.outcome is not PrintOutcome.FAILED
    read = virtual.wait_for_papers(before + 1, 30)[-1]
    made = commands(paper, model)
    drawn = [each.png for each in made if isinstance(each, Drawn)]
    for png in drawn:
        assert dots_of(png, read.image.width) in read.image.convert("1").tobytes()
    printed = "".join("".join(line.text.split()) for line in read.lines)
    for text in strings_of(paper):
        plain = "".join(in_page(sanitise(text), model.letters).decode(model.letters).split())
        if plain.count("?") == text.count("?"):
            assert plain in printed, text
        else:
            assert drawn, text
    assert printed.count("?") <= sum(text.count("?") for text in strings_of(paper))
    assert len(virtual.papers) == before + 1
