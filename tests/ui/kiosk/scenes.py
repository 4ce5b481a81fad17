"""Every page of the kiosk, put on the screen one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench
from tests.ui.shown import ask_pin
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.boards import IssuedTicket, OpeningStatus, Openness
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.number.paper import PaperNews, PaperStep, Reprint, ReprintLimit
from ult_desktop.ui.kiosk.outage_words import no_code_error
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen
from ult_desktop.ui.office_link.link_monitor import cut_off_error

MONDAY = 1_795_390_200_000  # 23 November 2026, 07.30 WITA
NO_QUOTA = UserError(
    "Kuota hari ini untuk Rapor Pendidikan sudah habis.",
    "Nomor yang sudah diambil tetap berlaku.",
    "Silakan kembali besok atau bertanya kepada petugas.",
)

CUT = cut_off_error()


@dataclass(frozen=True)
class Shown:
    """A page that is on the screen now. `low` False: it is meant for an officer, not a visitor.

    `typed`: its keyboard needs more than the lower half of the smallest screen.
    """

    name: str
    low: bool = True
    typed: bool = False


def tour(bench: KioskBench) -> Iterator[Shown]:
    """Shows each page; the caller looks at it before going on."""
    yield from _choosing(bench)
    yield from _taken(bench)
    yield from _codes(bench)
    yield from _book(bench)
    yield from _standing_in_the_way(bench)
    yield from _many_services(bench)
    yield from _calling(bench)
    ask_pin(bench.window)
    yield Shown("pin", low=False)


def _calling(bench: KioskBench) -> Iterator[Shown]:
    flow, shell = bench.window.flow, bench.window.shell
    flow.go(KioskVisit().steps_aside(Screen.CALL))
    yield Shown("call-offered")
    shell.call.page.action_button.click()
    bench.link.answer_last(CUT)
    yield Shown("call-unheard")
    shell.call.page.action_button.click()
    bench.link.answer_last(samples.kiosk_alert())
    yield Shown("call-waiting")
    bench.link.office.alerts[1] = samples.kiosk_alert("Joko Prasetyo")
    bench.link.changed.emit()
    yield Shown("call-coming")
    flow.go(KioskVisit().goes_to(Screen.GROUND))
    yield Shown("ground-called")
    bench.window.end_visit()


def _choosing(bench: KioskBench) -> Iterator[Shown]:
    flow, here = bench.window.flow, KioskVisit()
    flow.go(here)
    yield Shown("home")
    bench.spool.on_state(PrinterState.PAPER_OUT)
    QCoreApplication.processEvents()
    yield Shown("home-no-paper")
    bench.spool.on_state(PrinterState.READY)
    QCoreApplication.processEvents()
    flow.go(here.asks_about(2))
    yield Shown("info")
    flow.go(here.goes_to(Screen.GROUND))
    yield Shown("priority-ground")
    flow.go(here.declares(PriorityReason.ELDERLY))
    bench.window.shell.helps.page.cards[Help.CANE].setChecked(True)
    yield Shown("priority-help")
    flow.go(flow.scene.visit.wants((Help.CANE,)))
    yield Shown("priority-service")
    flow.go(here.steps_aside(Screen.OPTIONS))
    yield Shown("view-options")
    bench.fall_silent()
    yield Shown("still-there")
    bench.window.shell.still_there.page.stayed.emit()
    flow.go(here)


def _taken(bench: KioskBench) -> Iterator[Shown]:
    _take(bench, samples.issued())
    yield Shown("taken-printing")
    _settle(bench, PrintOutcome.PRINTED, PrinterState.READY)
    yield Shown("taken")
    helped = samples.priority_issued().ticket
    bench.link.office.now[helped.code] = samples.ticket_now(helped, samples.kiosk_alert("Joko Prasetyo"))
    _take(bench, samples.priority_issued())
    _settle(bench, PrintOutcome.FAILED, PrinterState.PAPER_OUT)
    yield Shown("taken-no-paper")
    bench.window.flow.open_book(samples.issued().ticket)
    bench.link.answer_last(CUT)
    yield Shown("book-cut-off")
    bench.window.flow.go(KioskVisit())
    _take(bench, samples.issued())
    bench.link.office.now[samples.ticket().code] = samples.called()
    bench.link.changed.emit()
    yield Shown("summons")
    bench.window.flow.go(KioskVisit())
    bench.link.office.now.clear()


def _codes(bench: KioskBench) -> Iterator[Shown]:
    flow, link = bench.window.flow, bench.link
    flow.go(KioskVisit().goes_to(Screen.MORE))
    yield Shown("more")
    flow.go(KioskVisit().asks_whose(1))
    yield Shown("whose")
    flow.go(KioskVisit().asks_code(CodePurpose.ANY))
    for letter in "K7QF3M":
        bench.window.shell.code.page.add(letter)
    flow.look_up("K7QF3M")
    link.answer_last(None)
    yield Shown("code-unknown", typed=True)
    for purpose in CodePurpose:
        flow.go(KioskVisit().asks_code(purpose))
        bench.window.shell.code.page.add("A")
        bench.window.shell.code.page.show_refusal(no_code_error(purpose))
        yield Shown(f"code-cut-off-{purpose.value}", typed=True)
    for name, found in (("found-ticket", samples.known()), ("found-request", samples.request())):
        flow.go(KioskVisit().asks_code(CodePurpose.ANY))
        flow.look_up("A012")
        link.answer_last(found)
        yield Shown(name)
    flow.go(KioskVisit().asks_code(CodePurpose.NUMBER))
    flow.look_up("A012")
    link.answer_last(samples.known(signed=True, signable=False))
    for news in (Reprint(12, PaperNews(PaperStep.TAKE)), Reprint(12, limit=ReprintLimit.NUMBER)):
        flow.show_reprint(news)
        yield Shown("found-reprint" if news.limit is None else "found-reprint-barred")
    flow.guest_book.set_answers(None)
    flow.go(KioskVisit())


def _book(bench: KioskBench) -> Iterator[Shown]:
    flow, link, shell = bench.window.flow, bench.link, bench.window.shell
    flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    flow.look_up("A012")
    link.answer_last(samples.known())
    for letter in "Dedi Kurniawan":
        shell.writing.page.add(letter)
    yield Shown("book-name", typed=True)
    shell.writing.page.keyboard.turn.click()
    yield Shown("book-signs", typed=True)
    for answer, page in (
        ("Dedi Kurniawan", ""),
        ("Dinas Pendidikan dan Kebudayaan Kabupaten Tana Tidung", "book-persons"),
        ("10", "book-regency"),
        ("Kota Tarakan", "book-phone"),
        ("0812 3456 7890", "book-purpose"),
        ("informasi/Dapodik", ""),
        ("421.3/017/SMPN1/2026", "book-review"),
    ):
        flow.guest_book.answer(answer)
        if page:
            yield Shown(page, typed=not shell.choice.page.isVisible())
    shell.review.page.save_button.click()
    link.answer_last(CUT)
    yield Shown("book-not-saved")
    shell.review.page.save_button.click()
    link.answer_last(None)
    yield Shown("book-thanks")
    flow.guest_book.set_answers(None)
    flow.go(KioskVisit())


def _standing_in_the_way(bench: KioskBench) -> Iterator[Shown]:
    flow, link = bench.window.flow, bench.link
    flow.take(5)
    link.answer(NO_QUOTA)
    yield Shown("refused")
    flow.go(KioskVisit())
    for name, opening in (
        ("closed", OpeningStatus(state=Openness.OUTSIDE_HOURS, opens_at=MONDAY, week=samples.WEEK)),
        ("break", OpeningStatus(state=Openness.BREAK, opens_at=MONDAY + 19_800_000, week=samples.WEEK[2:])),
        (
            "holiday",
            OpeningStatus(
                state=Openness.HOLIDAY, reason="Hari Raya Natal", opens_at=MONDAY, week=samples.WEEK
            ),
        ),
        ("paused", OpeningStatus(state=Openness.PAUSED, reason="Sosialisasi internal sampai pukul 10.00")),
    ):
        link.show_board(opening=opening)
        yield Shown(name)
    link.show_board(opening=OpeningStatus())
    link.connect_as(Connection.OFFLINE)
    yield Shown("share-gone")
    link.connect_as(Connection.ONLINE)


def _many_services(bench: KioskBench) -> Iterator[Shown]:
    usual, many = bench.link.office.board, samples.big_board()
    bench.link.show_board(categories=many.categories, lines=many.lines)
    yield Shown("categories")
    bench.window.flow.go(KioskVisit().enters("gtk"))
    yield Shown("category")
    bench.window.flow.go(KioskVisit())
    bench.link.show_board(categories=usual.categories, lines=usual.lines)


def _take(bench: KioskBench, issued: IssuedTicket) -> None:
    bench.window.flow.take(issued.ticket.service_id)
    bench.link.answer(issued)


def _settle(bench: KioskBench, outcome: PrintOutcome, state: PrinterState) -> None:
    bench.spool.settle(outcome, state)
    QCoreApplication.processEvents()
