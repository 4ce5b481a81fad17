"""Two counters at work on one real office file: the whole serving cycle by keyboard alone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, make_office, open_office
from tests.ui.conftest import Picture, Show
from tests.ui.ports import free_port
from tests.ui.shown import press_key
from ult_desktop.base.config import CounterConfig, StationConfig, SyncConfig
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import PriorityReason, Ticket, TicketState
from ult_desktop.db.store.clock import ShareClock, own_ms
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

OpenDesk = Callable[[int], "CounterAtWork"]


class CounterAtWork:
    """One counter's window on the file."""

    def __init__(self, qtbot: QtBot, link: OfficeLink, number: int) -> None:
        self._qtbot, self.link = qtbot, link
        config = StationConfig(counter=CounterConfig(number=number))
        self.window = CounterWindow(link, Theme.for_window("counter", 1366, 768), config, link.now)

    def wait(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact)

    def sign_in(self) -> None:
        page = self.window.sign_in
        self.wait(page.button.isEnabled)
        self._qtbot.keyClicks(page.password, PASSWORD)
        self._qtbot.keyClick(page.password, Qt.Key.Key_Return)
        self.wait(lambda: self.window.session is not None and self.window.session.board is not None)

    @property
    def board(self) -> CounterBoard:
        assert self.window.session is not None
        assert self.window.session.board is not None
        return self.window.session.board

    @property
    def current(self) -> tuple[str, TicketState] | None:
        ticket = self.board.mine.current
        return (ticket.label, ticket.state) if ticket else None

    def press(self, key: Qt.Key, leads_to: tuple[str, TicketState] | None) -> None:
        """Press a key and wait until the board shows what it did."""
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        assert self.window.session is not None
        session = self.window.session
        self.wait(lambda: not session.under_way)
        self._qtbot.keyClick(self.window, key)
        self.wait(lambda: self.current == leads_to)

    def finish(self) -> None:
        """Two keys: how it ends is seen, then it is done."""
        self.press(Qt.Key.Key_F9, self.current)
        assert isinstance(self.window.workspace, CounterWorkspace)
        self.wait(lambda: self.window.workspace.queue.is_ending)  # type: ignore[union-attr]
        self.press(Qt.Key.Key_F9, None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_office(tmp_path / "share")
    office = open_office(made, "KIOS-1")
    kiosk = Actor(station="KIOS-1")
    service = office.kiosk_board().lines[0].service.id
    for ground in (None, PriorityReason.ELDERLY, None):
        office.perform(IssueTicket(service_id=service, priority=ground), kiosk)
    office.close()
    return made


@pytest.fixture
def open_desk(path: Path, tmp_path: Path, qtbot: QtBot, show: Show) -> Iterator[OpenDesk]:
    desks: list[CounterAtWork] = []

    def open_it(number: int) -> CounterAtWork:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        place = StationSetup(path, tmp_path / f"journal-{number}.db", f"LOKET-{number}", "counter", sync)
        desk = CounterAtWork(qtbot, OfficeLink(place), number)
        desks.append(desk)
        show(desk.window, 1366, 768)
        desk.sign_in()
        return desk

    yield open_it
    for desk in desks:
        desk.window.close()
        desk.link.close()


def called_tickets(desk: CounterAtWork) -> list[Ticket]:
    return [line.current for line in desk.board.counters if line.current is not None]


def test_the_whole_cycle_by_keyboard(open_desk: OpenDesk, qtbot: QtBot, picture: Picture) -> None:
    desk = open_desk(1)
    called, serving = TicketState.CALLED, TicketState.SERVING
    desk.press(Qt.Key.Key_F2, ("P001", called))
    desk.press(Qt.Key.Key_F4, ("P001", serving))
    desk.finish()
    desk.press(Qt.Key.Key_F2, ("A001", called))
    for calls in (2, 3):
        desk.press(Qt.Key.Key_F3, ("A001", called))
        desk.wait(lambda calls=calls: called_tickets(desk)[0].calls == calls)  # type: ignore[misc]
    picture(desk.window, "counter-kantor-1366x768")
    desk.press(Qt.Key.Key_F8, ("A001", called))
    (box,) = (each for each in desk.window.findChildren(Box) if each.isVisible())
    qtbot.keyClick(box, Qt.Key.Key_Return)
    desk.wait(lambda: desk.current is None)
    assert [ticket.label for ticket in desk.board.missed] == ["A001"]
    desk.press(Qt.Key.Key_F2, ("A002", called))
    desk.press(Qt.Key.Key_F6, None)
    assert [ticket.label for ticket in desk.board.held] == ["A002"]
    assert desk.board.day.done == 1


def test_two_counters_see_each_other_and_never_share_a_visitor(open_desk: OpenDesk) -> None:
    one, two = open_desk(1), open_desk(2)
    one.press(Qt.Key.Key_F2, ("P001", TicketState.CALLED))
    two.wait(lambda: [ticket.label for ticket in called_tickets(two)] == ["P001"])
    two.press(Qt.Key.Key_F2, ("A001", TicketState.CALLED))
    one.wait(lambda: {ticket.label for ticket in called_tickets(one)} == {"P001", "A001"})
    assert isinstance(one.window.workspace, CounterWorkspace)
    tile = one.window.workspace.queue.others.tiles[0]
    assert tile.visit.text() == "A001 dipanggil"


def test_finish_is_undone_by_key(open_desk: OpenDesk, qtbot: QtBot) -> None:
    desk = open_desk(1)
    desk.press(Qt.Key.Key_F2, ("P001", TicketState.CALLED))
    desk.press(Qt.Key.Key_F4, ("P001", TicketState.SERVING))
    desk.finish()
    qtbot.waitUntil(lambda: desk.board.undoable is not None)
    toast = desk.window.frame.toast
    desk.wait(toast.isVisible)
    assert toast.label.text() == "P001 selesai: Informasi diberikan."
    toast.undo_button.click()
    desk.wait(lambda: desk.current == ("P001", TicketState.SERVING))


def test_a_finish_is_undone_while_the_next_visitor_is_served(open_desk: OpenDesk, picture: Picture) -> None:
    desk = open_desk(1)
    toast = desk.window.frame.toast
    desk.press(Qt.Key.Key_F2, ("P001", TicketState.CALLED))
    desk.press(Qt.Key.Key_F4, ("P001", TicketState.SERVING))
    desk.finish()
    desk.press(Qt.Key.Key_F2, ("A001", TicketState.CALLED))
    desk.press(Qt.Key.Key_F4, ("A001", TicketState.SERVING))
    desk.wait(lambda: toast.label.text() == "P001 selesai: Informasi diberikan.")
    picture(desk.window, "counter-urungkan-sesudah-panggil")
    toast.undo_button.click()
    desk.wait(lambda: desk.board.next_up is not None and desk.board.next_up.label == "P001")
    assert toast.label.text() == "P001 kembali ke antrean, dipanggil sesudah A001."
    assert desk.current == ("A001", TicketState.SERVING)
    picture(desk.window, "counter-urungkan-kembali")
    desk.finish()
    desk.press(Qt.Key.Key_F2, ("P001", TicketState.CALLED))


@pytest.mark.slow
def test_signing_out_closes_the_counter(open_desk: OpenDesk) -> None:
    desk = open_desk(1)
    assert desk.window.workspace is not None
    desk.window.workspace.rail.leave.click()
    desk.wait(lambda: desk.window.session is None)
    assert desk.link.actor.officer_id is None
    desk.wait(lambda: desk.window.sign_in.counter.currentText() == "Loket 1")


def test_a_wrong_password_is_told(path: Path, tmp_path: Path, qtbot: QtBot, show: Show) -> None:
    place = StationSetup(
        path,
        tmp_path / "j.db",
        "LOKET-1",
        "counter",
        SyncConfig(hint_port=free_port(), hint_address=LOOPBACK),
    )
    desk = CounterAtWork(qtbot, OfficeLink(place), 1)
    show(desk.window, 1366, 768)
    page = desk.window.sign_in
    desk.wait(page.button.isEnabled)
    qtbot.keyClicks(page.password, "salah-sekali")
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    desk.wait(page.wrong.isVisible)
    assert page.wrong.text().startswith("Nama atau kata sandi salah.")
    desk.window.close()
    desk.link.close()


def lock_and_try(desk: CounterAtWork, qtbot: QtBot, *passwords: str) -> str:
    """Lock, and try one after the other; what is told last, "" when the lock opened."""
    press_key(desk.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    lock = desk.window.lock
    for password in passwords:
        assert lock.page is not None
        lock.page.wrong.hide()
        qtbot.keyClicks(lock.page.password, password)
        qtbot.keyClick(lock.page.password, Qt.Key.Key_Return)
        desk.wait(lambda: lock.page is None or lock.page.wrong.isVisible())
    return "" if lock.page is None else lock.page.wrong.text()


@pytest.mark.slow
def test_locked_with_a_visitor_there_and_guessed_at(
    open_desk: OpenDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file counts the wrong passwords; the visitor and the queue are the same afterwards."""
    desk = open_desk(1)
    desk.press(Qt.Key.Key_F2, ("P001", TicketState.CALLED))
    desk.press(Qt.Key.Key_F4, ("P001", TicketState.SERVING))
    assert "minta admin" in lock_and_try(desk, qtbot, "tebakan", "tebakan")
    assert lock_and_try(desk, qtbot, PASSWORD) == ""
    desk.finish()
    desk.press(Qt.Key.Key_F2, ("A001", TicketState.CALLED))
    moment = own_ms()
    monkeypatch.setattr(ShareClock, "__call__", lambda _clock: moment)
    assert "setelah 5 detik" in lock_and_try(desk, qtbot, "tebakan", "tebakan", "tebakan")
    assert lock_and_try(desk, qtbot, PASSWORD).startswith("Terlalu banyak kata sandi salah. Tunggu")
    qtbot.keyClick(desk.window, Qt.Key.Key_F4)
    assert desk.current == ("A001", TicketState.CALLED)
