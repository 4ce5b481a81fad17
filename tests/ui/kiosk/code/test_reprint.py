"""Another paper of a number, at the wish of the visitor who has lost theirs."""

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import door, enter
from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.kiosk.scenes import CUT
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch
from tests.ui.look import settle
from ult_desktop.core.kiosk_code import KnownTicket
from ult_desktop.core.queue.commands import ReportPaper
from ult_desktop.core.queue.rates import KIOSK_REPRINTS, REPRINTS
from ult_desktop.core.queue.ticket import PaperState, TicketState
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.code.code_page import FoundPage
from ult_desktop.ui.kiosk.visit import CodePurpose, Screen

_OTHERS = range(20, 20 + KIOSK_REPRINTS.times)


def look_at(kiosk: KioskBench, known: KnownTicket) -> FoundPage:
    """From the first page to the number."""
    kiosk.window.end_visit()
    door(kiosk, CodePurpose.NUMBER)
    enter(kiosk, known.ticket.label)
    kiosk.link.answer_last(known)
    return kiosk.window.shell.found.page


def last_line(page: FoundPage) -> str:
    """The line about the paper, which comes after the service, the place in the queue and the wait."""
    return page.lines[3].text()


def test_the_paper_says_that_it_is_another_one_and_the_log_knows(kiosk: KioskBench, qtbot: QtBot) -> None:
    page = look_at(kiosk, samples.known())
    settle()
    done = page.action_button.geometry()
    touch(page.reprint_button)
    settle()
    assert page.action_button.geometry() == done  # no other button came under the finger
    (paper,) = (paper for _name, paper in kiosk.spool.papers)
    assert (paper.label, paper.reprint, paper.ahead) == ("A012", True, "")
    assert (last_line(page), page.reprint_button.isVisible()) == ("Mencetak karcis…", False)
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: last_line(page) == "Ambil karcis Anda")
    assert kiosk.link.papers == [ReportPaper(ticket_id=12, paper=PaperState.REPRINTED)]
    assert screen_of(kiosk) is Screen.FOUND


def test_every_line_of_a_number_that_is_printed_again_is_shown(kiosk: KioskBench) -> None:
    """Service, place, wait, guest book and paper: as many lines as the page can have."""
    page = look_at(kiosk, samples.known(signed=True, signable=False))
    touch(page.reprint_button)
    shown = [line.text() for line in page.lines if line.isVisible()]
    assert len(shown) == 5
    assert shown[-2:] == ["Buku tamu untuk nomor ini sudah diisi.", "Mencetak karcis…"]


def test_a_printer_that_fails_is_told(kiosk: KioskBench, qtbot: QtBot) -> None:
    page = look_at(kiosk, samples.known())
    touch(page.reprint_button)
    kiosk.spool.settle(PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    qtbot.waitUntil(lambda: last_line(page) == PrinterState.PAPER_OUT.for_visitor)


def test_one_number_is_printed_again_twice(kiosk: KioskBench) -> None:
    for _time in range(REPRINTS.times):
        touch(look_at(kiosk, samples.known()).reprint_button)
    page = look_at(kiosk, samples.known())
    touch(page.reprint_button)
    assert len(kiosk.spool.papers) == REPRINTS.times
    assert last_line(page).startswith("Nomor ini sudah dicetak ulang dua kali.")
    assert not page.reprint_button.isVisible()


def test_nobody_empties_the_roll_number_by_number(kiosk: KioskBench) -> None:
    for number in _OTHERS:
        other = samples.ticket(id=number, code=f"K{number}", label=f"A0{number}")
        touch(look_at(kiosk, samples.known(ticket=other)).reprint_button)
    page = look_at(kiosk, samples.known())
    touch(page.reprint_button)
    assert len(kiosk.spool.papers) == KIOSK_REPRINTS.times
    assert last_line(page).startswith("Mesin ini sudah sering mencetak ulang.")


@pytest.mark.parametrize("state", TicketState)
def test_only_who_is_still_to_be_called_gets_another_paper(kiosk: KioskBench, state: TicketState) -> None:
    page = look_at(kiosk, samples.known(ticket=samples.ticket(state=state), ahead=None, wait=None))
    assert page.reprint_button.isVisible() is (state in (TicketState.WAITING, TicketState.HELD))


def test_a_number_of_yesterday_is_not_printed(kiosk: KioskBench) -> None:
    assert not look_at(kiosk, samples.known(of_today=False)).reprint_button.isVisible()


@pytest.mark.parametrize("state", [PrinterState.NONE, PrinterState.PAPER_OUT])
def test_nothing_is_offered_that_cannot_be_printed(kiosk: KioskBench, state: PrinterState) -> None:
    kiosk.spool.on_state(state)
    QCoreApplication.processEvents()
    assert not look_at(kiosk, samples.known()).reprint_button.isVisible()


def test_the_next_visitor_does_not_see_it(kiosk: KioskBench) -> None:
    touch(look_at(kiosk, samples.known()).reprint_button)
    kiosk.window.end_visit()
    kiosk.spool.settle(PrintOutcome.PRINTED)
    QCoreApplication.processEvents()
    assert kiosk.window.flow.scene.reprint is None
    assert look_at(kiosk, samples.known()).lines[3].text() == ""


def test_cut_off_it_tells_what_it_knows(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    kiosk.window.end_visit()
    door(kiosk, CodePurpose.NUMBER)
    enter(kiosk, "ao12")
    kiosk.link.answer_last(CUT)
    page = kiosk.window.shell.found.page
    assert (screen_of(kiosk), page.title.text()) == (Screen.FOUND, "A012")
    assert page.lines[1].text().startswith("Nomor Anda berlaku. Urutannya belum diketahui")
    assert not page.book.isVisible()
    touch(page.reprint_button)
    assert [paper.reprint for _name, paper in kiosk.spool.papers] == [False, True]
    kiosk.link.office.now[samples.ticket().code] = samples.ticket_now(samples.ticket())
    kiosk.link.changed.emit()
    assert page.lines[1].text() == "Silakan menunggu nomor Anda dipanggil."


def test_cut_off_another_kiosks_number_is_asked_of_an_officer(kiosk: KioskBench) -> None:
    door(kiosk, CodePurpose.NUMBER)
    enter(kiosk, "B003")
    kiosk.link.answer_last(CUT)
    assert kiosk.window.shell.code.page.line.words.startswith("Giliran belum bisa dilihat")


def test_a_number_is_printed_again_on_a_real_printer(lobby: KioskLobby) -> None:
    label = lobby.take(0)
    shell = lobby.window.shell
    lobby.wait(lambda: len(lobby.printer.papers) == 1)
    lobby.window.end_visit()
    touch(shell.home.shortcuts.tiles[CodePurpose.NUMBER])
    for character in label:
        shell.code.page.add(character)
    touch(shell.code.page.go_on_button)
    lobby.wait(lambda: shell.page is shell.found.built)
    touch(shell.found.page.reprint_button)
    lobby.wait(lambda: len(lobby.printer.papers) == 2)
    assert "CETAK ULANG" in lobby.printer.papers[1].text
    lobby.wait(lambda: lobby.ticket(label).paper is PaperState.REPRINTED)
