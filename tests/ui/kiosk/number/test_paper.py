"""The number is there at once; the paper follows, or is told to be missing."""

import msgspec
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import card, touch
from ult_desktop.core.queue.commands import ReportPaper
from ult_desktop.core.queue.ticket import PaperState, TicketState
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.number.paper import PaperStep
from ult_desktop.ui.kiosk.parts.times import KioskTimes


def take(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    issued = samples.issued()
    kiosk.link.office.tickets[issued.ticket.code] = issued.ticket
    kiosk.link.answer(issued)


def told(kiosk: KioskBench) -> str:
    """Return the visitor's words about the paper."""
    panel = kiosk.window.shell.taken.paper
    return panel.trouble.text() if panel.step is PaperStep.NONE else panel.title.text()


def test_printed(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    assert told(kiosk) == "Mencetak karcis…"
    paper = kiosk.spool.papers[0][1]
    assert (paper.label, paper.ahead) == (
        "A012",
        "Menunggu di depan Anda: 3 (10–20 menit, kira-kira pukul 09.55)",
    )
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: told(kiosk) == "Ambil karcis Anda")
    assert kiosk.link.papers == [ReportPaper(ticket_id=12, paper=PaperState.PRINTED)]


def test_the_page_goes_home_by_itself(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=KioskTimes(stay=30, deaf=0))
    take(kiosk)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: kiosk.window.shell.page is kiosk.window.shell.home)


def test_with_the_paper_in_hand_a_touch_goes_home(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: told(kiosk) == "Ambil karcis Anda")
    touch(kiosk.window.shell.taken)
    assert kiosk.window.flow.scene.visit.is_at_start


def test_failed_shows_the_code_and_why(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    qtbot.waitUntil(lambda: told(kiosk) == PrinterState.PAPER_OUT.for_visitor)
    assert kiosk.window.shell.taken.paper.qr.isVisible()
    assert kiosk.link.papers[-1].paper is PaperState.FAILED


def test_the_code_on_the_screen_is_the_number_not_the_survey(set_up: SetUp, qtbot: QtBot) -> None:
    """Whoever photographs it was not served yet, and shows it to a scanner of the office."""
    board = samples.board()
    office = msgspec.structs.replace(board.office, survey_url="https://survei.example/skm")
    kiosk = set_up(msgspec.structs.replace(board, office=office))
    take(kiosk)
    assert kiosk.spool.papers[0][1].qr.startswith("https://survei.example/skm?k=")
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    qtbot.waitUntil(lambda: told(kiosk) == PrinterState.PAPER_OUT.for_visitor)
    assert kiosk.window.shell.taken.paper.news.code == samples.issued().ticket.code
    assert kiosk.window.shell.taken.paper.caption.text() == "Kode nomor Anda: K7QF-3M9T"
    assert kiosk.window.shell.taken.paper.caption.isVisible()


def test_nobody_waits_for_a_printer(set_up: SetUp, qtbot: QtBot) -> None:
    kiosk = set_up(times=KioskTimes(printing=20, deaf=0))
    take(kiosk)
    qtbot.waitUntil(lambda: told(kiosk) == PrinterState.NO_ANSWER.for_visitor)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: told(kiosk) == "Ambil karcis Anda")


def test_trouble_is_said_before_the_number(kiosk: KioskBench, qtbot: QtBot) -> None:
    kiosk.spool.on_state(PrinterState.COVER_OPEN)
    qtbot.waitUntil(kiosk.window.shell.home.notice.isVisible)
    assert kiosk.link.reported == {"printer": "cover_open"}
    take(kiosk)
    assert told(kiosk) == PrinterState.COVER_OPEN.for_visitor
    kiosk.spool.on_state(PrinterState.READY)
    qtbot.waitUntil(lambda: not kiosk.window.shell.home.notice.isVisibleTo(kiosk.window.shell.home))


def test_without_a_printer_no_paper_is_wanted(kiosk: KioskBench, qtbot: QtBot) -> None:
    kiosk.spool.on_state(PrinterState.NONE)
    qtbot.waitUntil(lambda: kiosk.window.flow.scene.printer is PrinterState.NONE)
    take(kiosk)
    assert not kiosk.link.asked[0].wants_paper
    assert kiosk.spool.papers == []
    assert told(kiosk) == PrinterState.NONE.for_visitor


def test_a_failed_paper_is_printed_when_the_printer_is_back(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    kiosk.spool.on_state(PrinterState.PAPER_OUT)
    kiosk.spool.on_state(PrinterState.READY)
    qtbot.waitUntil(lambda: len(kiosk.spool.papers) == 2)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: [each.paper for each in kiosk.link.papers] == ["failed", "printed"])


def test_a_paper_nobody_waits_for_stays_unprinted(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.OFFLINE)
    called = samples.ticket(state=TicketState.CALLED)
    kiosk.link.office.tickets[called.code] = called
    kiosk.spool.on_state(PrinterState.READY)
    qtbot.waitUntil(lambda: kiosk.window.flow.scene.printer is PrinterState.READY)
    assert len(kiosk.spool.papers) == 1


def test_news_of_an_earlier_number_does_not_reach_the_next_visitor(kiosk: KioskBench, qtbot: QtBot) -> None:
    take(kiosk)
    touch(kiosk.window.shell.taken.ready_button)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: kiosk.link.papers != [])
    assert not kiosk.window.shell.taken.countdown.is_running
    assert kiosk.window.flow.scene.visit.is_at_start
    assert QTest.qWaitForWindowActive(kiosk.window)
