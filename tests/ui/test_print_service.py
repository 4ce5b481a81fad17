"""The print desk: what became of a paper is told to the office, also when the share was gone just then."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import BenchLink
from ult_desktop.base.errors import UserError
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.commands import ReportPaper
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import ticket_paper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome, PrintResult
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

if TYPE_CHECKING:
    from ult_desktop.ui.office_link.link import OfficeLink

OFFICE = OfficeIdentity(name="BPMP", short_name="BPMP", timezone="Asia/Makassar")


@pytest.fixture
def link(qtbot: QtBot) -> Iterator[BenchLink]:
    """A desk without a printer has just failed to print one ticket."""
    link = BenchLink(None)
    desk = PrintService(cast("OfficeLink", link), partial(Spool, TicketPrinter(parse_address("none"))), link)
    ticket = samples.issued().ticket
    desk.print_ticket(ticket, ticket_paper(ticket, OFFICE))
    qtbot.waitUntil(lambda: len(link.papers) == 1)
    yield link
    desk.close()


class HandSpool:
    """Prints nothing: the test says what became of a paper, and how the printer is."""

    def __init__(self, on_result: OnResult, on_state: OnState) -> None:
        self.on_result, self.on_state = on_result, on_state

    def submit(self, name: str, paper: object) -> None: ...

    def close(self) -> None: ...


def test_what_failed_and_was_printed_by_hand_is_not_tried_again(qtbot: QtBot) -> None:
    link = BenchLink(None)
    spools: list[HandSpool] = []

    def made(on_result: OnResult, on_state: OnState) -> Spool:
        spools.append(HandSpool(on_result, on_state))
        return cast("Spool", spools[-1])

    service = PrintService(cast("OfficeLink", link), made, link)
    ticket = samples.issued().ticket
    for outcome, state in (
        (PrintOutcome.FAILED, PrinterState.PAPER_OUT),
        (PrintOutcome.PRINTED, PrinterState.READY),
    ):
        service.print_ticket(ticket, ticket_paper(ticket, OFFICE))
        with qtbot.waitSignal(service.settled):
            spools[0].on_result(str(ticket.id), PrintResult(outcome, state))
    with qtbot.waitSignal(service.state_changed):
        spools[0].on_state(PrinterState.READY)
    assert [each.paper for each in link.papers] == [PaperState.FAILED, PaperState.PRINTED]


def refuse(link: BenchLink, error: UserError) -> None:
    link.requests[-1].request.refuse(error)


def test_what_could_not_be_told_is_told_when_the_share_is_back(link: BenchLink) -> None:
    refuse(link, ShareUnreachable("Folder bersama tidak menjawab."))
    link.changed.emit()
    link.changed.emit()
    first, again = link.papers
    assert first == again == ReportPaper(ticket_id=first.ticket_id, paper=PaperState.FAILED)


def test_a_refusal_for_good_is_not_repeated(link: BenchLink, caplog: pytest.LogCaptureFixture) -> None:
    refuse(link, UserError("Nomor antrean itu tidak ada."))
    link.changed.emit()
    assert len(link.papers) == 1
    assert "Nomor antrean itu tidak ada." in caplog.text


def test_what_became_of_a_sheet_is_told_and_nothing_written(link: BenchLink, qtbot: QtBot) -> None:
    desk = cast("PrintService", link.findChild(PrintService))
    sheet = Sheet(office=Letterhead(("BPMP",)), title="Janji Temu", number="", rows=())
    with qtbot.waitSignal(desk.sheet_settled) as told:
        desk.print_sheet(sheet)
    assert told.args is not None
    assert told.args[0].outcome is PrintOutcome.FAILED
    assert len(link.papers) == 1
