"""A kiosk whose share goes away: the visitor notices nothing but the other number."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.office import connection_of
from tests.ui.conftest import Show
from tests.ui.hanging import Cable
from tests.ui.kiosk.cut_kiosk import ONLINE, RECONNECTING, CutKiosk
from tests.ui.kiosk.stand import CALM, BenchSpool
from tests.ui.kiosk.weak_offices import late, stumbling
from ult_desktop.base.config import StationConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import KioskBoard, Openness
from ult_desktop.core.queue.ticket import PaperState, PriorityReason, TicketState
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

pytestmark = pytest.mark.usefixtures("quick_to_notice")


@pytest.fixture
def kiosk(start: Callable[..., CutKiosk]) -> CutKiosk:
    return start()


def board_of(kiosk: CutKiosk) -> KioskBoard:
    boards: list[KioskBoard] = []
    kiosk.link.read_board(boards.append)
    kiosk.wait(lambda: bool(boards))
    return boards[0]


def test_it_goes_on_without_the_share_and_merges_when_it_is_back(kiosk: CutKiosk) -> None:
    assert kiosk.take() == "A001"
    kiosk.unplug()
    assert kiosk.link.connection is RECONNECTING
    assert kiosk.take() == "AK01"
    elderly = commands.IssueTicket(service_id=1, at_kiosk=True, priority=PriorityReason.ELDERLY)
    assert kiosk.take(elderly) == "PK01"
    shown = {(line.counted, line.wait, line.available) for line in board_of(kiosk).lines}
    assert shown == {(False, None, True)}
    kiosk.plug_in()
    assert kiosk.labels() == ["A001", "AK01", "PK01"]
    assert kiosk.take() == "A002"


@pytest.mark.slow
def test_what_needs_the_office_is_refused_with_words(kiosk: CutKiosk) -> None:
    kiosk.unplug()
    error = kiosk.take(commands.ReportPaper(ticket_id=1, paper=PaperState.PRINTED))
    assert isinstance(error, UserError)
    kiosk.plug_in()


@pytest.mark.slow
def test_a_kiosk_that_starts_while_the_share_is_gone_goes_on_where_it_stopped(kiosk: CutKiosk) -> None:
    kiosk.unplug()
    assert kiosk.take() == "AK01"
    kiosk.close()
    kiosk.start(wait=False)
    kiosk.wait(lambda: kiosk.office.monitor.health.is_cut and kiosk.link.connection is RECONNECTING)
    assert kiosk.take() == "AK02"
    assert len(board_of(kiosk).lines) == 8
    kiosk.plug_in()
    kiosk.wait(lambda: kiosk.labels() == ["AK01", "AK02"])


@pytest.mark.slow
def test_numbers_that_wait_are_merged_though_what_was_seen_is_unreadable(kiosk: CutKiosk) -> None:
    """Brought up to date while it was cut off, or a bit turned over: paper is in somebody's hand."""
    kiosk.unplug()
    assert kiosk.take() == "AK01"
    kiosk.close()
    with closing(OfflineJournal(kiosk.path.parent.with_name("pc-kios-K") / "journal.db")) as book:
        book.keep_snapshot('{"lain": 1}')
    kiosk.share.come_back()
    kiosk.start()
    kiosk.wait(lambda: kiosk.labels() == ["AK01"])


def test_a_kiosk_that_never_saw_its_office_says_that_it_is_cut_off(kiosk: CutKiosk) -> None:
    kiosk.close()
    (kiosk.path.parent.with_name("pc-kios-K") / "journal.db").unlink()
    kiosk.share.go()
    kiosk.start(wait=False)
    kiosk.wait(lambda: kiosk.link.connection is Connection.OFFLINE)
    assert isinstance(kiosk.take(), UserError)
    assert kiosk.link.unopened is not None
    assert kiosk.path.stem in kiosk.link.unopened.what
    kiosk.plug_in()
    assert kiosk.take() == "A001"
    assert kiosk.link.unopened is None


def test_two_kiosks_are_cut_off_at_once(start: Callable[..., CutKiosk]) -> None:
    first, second = start(), start(letter="L")
    first.share.go()
    for kiosk in (first, second):
        kiosk.notice()
    assert [first.take(), second.take(), first.take()] == ["AK01", "AL01", "AK02"]
    first.plug_in()
    second.wait(lambda: second.link.connection is ONLINE)
    first.wait(lambda: first.labels() == ["AK01", "AL01", "AK02"])


@pytest.mark.slow
def test_two_kiosks_of_the_usual_letter_never_give_the_same_number(start: Callable[..., CutKiosk]) -> None:
    """Nobody set a letter at either PC: the second takes the next one by itself, and keeps it."""
    first = start(name="kios-1")
    second = start(name="kios-2")
    assert (first.own_letter, second.own_letter) == ("K", "L")
    first.share.go()
    for kiosk in (first, second):
        kiosk.notice()
    assert [first.take(), second.take()] == ["AK01", "AL01"]
    second.close()
    second.start(wait=False)
    second.wait(lambda: second.office.monitor.health.is_cut and second.link.connection is RECONNECTING)
    assert second.take() == "AL02"
    first.plug_in()
    second.wait(lambda: second.link.connection is ONLINE)
    first.wait(lambda: first.labels() == ["AK01", "AL01", "AL02"])
    assert (first.refused, second.refused) == ([], [])


@pytest.mark.slow
def test_a_chosen_letter_that_another_kiosk_has_gives_no_numbers_alone(
    start: Callable[..., CutKiosk],
) -> None:
    """The kiosk says so at its own screen, and works as long as the share does."""
    start(letter="M", name="kios-1")
    second = start(letter="M", name="kios-2")
    second.wait(lambda: bool(second.refused))
    assert second.refused[0].what == "Huruf M sudah dipakai kios lain."
    assert second.take() == "A001"
    second.unplug()
    assert second.link.connection is not ONLINE
    assert isinstance(second.take(), UserError)
    assert len(second.refused) == 1
    second.plug_in()


@pytest.mark.slow
def test_a_request_that_hangs_after_its_commit_leaves_one_valid_number(
    start: Callable[..., CutKiosk],
) -> None:
    """The visitor has the number on his paper, and no other one waits for nobody."""
    kiosk = start(opening=late)
    Cable.pull()
    assert kiosk.take() == "AK01"
    kiosk.wait(Cable.hangs.is_set)
    assert [ticket.label for ticket in kiosk.tickets()] == ["A001"]
    Cable.plug_in()
    kiosk.wait(lambda: kiosk.link.connection is ONLINE)
    states = {ticket.label: ticket.state for ticket in kiosk.tickets()}
    assert states == {"A001": TicketState.CANCELLED, "AK01": TicketState.WAITING}
    assert [answer.ticket.label for answer in kiosk.answers] == ["AK01"]
    assert kiosk.take() == "A002"


@pytest.mark.slow
def test_a_merge_that_fails_is_tried_again(start: Callable[..., CutKiosk]) -> None:
    kiosk = start(opening=stumbling)
    kiosk.unplug()
    assert kiosk.take() == "AK01"
    kiosk.plug_in()
    assert kiosk.labels() == ["AK01"]


@pytest.mark.slow
def test_a_new_morning_without_the_share_begins_at_one(kiosk: CutKiosk) -> None:
    """Cut off since yesterday: hours and services of the last look, numbers of the new day."""
    kiosk.unplug()
    seen = kiosk.link._last_snapshot
    assert seen is not None
    yesterday = date.fromisoformat(seen.day) - timedelta(days=1)
    kiosk.link._last_snapshot = msgspec.structs.replace(seen, day=yesterday.isoformat())
    assert kiosk.link.connection is RECONNECTING
    assert board_of(kiosk).opening.state is Openness.OPEN
    assert kiosk.take() == "AK01"
    kiosk.plug_in()
    assert kiosk.labels() == ["AK01"]
    kiosk.wait(lambda: kiosk.link._last_snapshot is not None and kiosk.link._last_snapshot.day == seen.day)


@pytest.mark.slow
def test_a_look_of_long_ago_is_nothing_to_stand_on(kiosk: CutKiosk) -> None:
    assert kiosk.link._last_snapshot is not None
    old = msgspec.structs.replace(kiosk.link._last_snapshot, day="2020-01-01")
    kiosk.unplug()
    kiosk.link._last_snapshot = old
    assert "belum dapat" not in kiosk.take().what
    kiosk.plug_in()
    kiosk.wait(lambda: kiosk.link._last_snapshot is not old)


def test_a_refusal_is_a_refusal_and_no_outage(kiosk: CutKiosk) -> None:
    assert "Layanan itu tidak ada lagi" in kiosk.take(commands.IssueTicket(service_id=99, at_kiosk=True)).what
    assert kiosk.tickets() == ()


@pytest.mark.slow
def test_a_disk_that_is_full_is_told(kiosk: CutKiosk) -> None:
    kiosk.unplug()
    kiosk.link._journal.run(lambda journal: connection_of(journal).execute("PRAGMA query_only = ON"))
    assert "tidak dapat ditulis" in kiosk.take().what
    kiosk.plug_in()


class KioskHall:
    """The kiosk's window with a printer, as the visitor has it before him."""

    def __init__(self, kiosk: CutKiosk, show: Show) -> None:
        self.kiosk = kiosk
        self.spools: list[BenchSpool] = []
        self.desk = PrintService(kiosk.link, self._spool)
        theme = Theme.for_window("kiosk", 1080, 1920)
        self.window = KioskWindow(kiosk.link, self.desk, theme, StationConfig(), kiosk.office.now, CALM)
        self.desk._state_came.emit(PrinterState.READY)
        show(self.window, 1080, 1920)
        self.wait_for_home()

    def _spool(self, on_result: OnResult, on_state: OnState) -> Any:  # noqa: ANN401
        self.spools.append(BenchSpool(on_result, on_state))
        return self.spools[0]

    def wait_for_home(self) -> None:
        shell = self.window.shell
        self.kiosk.wait(lambda: shell.page is shell.home and bool(shell.home.grid.cards))

    def take(self) -> str:
        shell = self.window.shell
        QTest.mouseClick(shell.home.grid.cards[0], Qt.MouseButton.LeftButton)
        self.kiosk.wait(lambda: shell.page is shell.taken)
        return shell.taken.slip.number.text()


def test_the_visitor_notices_nothing_but_the_other_number(kiosk: CutKiosk, show: Show) -> None:
    hall = KioskHall(kiosk, show)
    shell = hall.window.shell
    assert hall.take() == "A001"
    hall.window.end_visit()
    kiosk.unplug()
    hall.wait_for_home()
    assert hall.take() == "AK01"
    assert shell.taken.slip.wait.isHidden()
    assert shell.taken.slip.ahead.text() == "Silakan menunggu nomor Anda dipanggil."
    paper = hall.spools[0].papers[-1][1]
    assert (paper.label, paper.ahead) == ("AK01", "")
    hall.spools[0].settle(PrintOutcome.PRINTED)
    hall.window.end_visit()
    kiosk.plug_in()
    hall.wait_for_home()
    kiosk.wait(lambda: [ticket.paper for ticket in kiosk.tickets()][-1] is PaperState.PRINTED)
    assert kiosk.tickets()[-1].code == paper.code
    hall.window.close()
    hall.desk.close()
