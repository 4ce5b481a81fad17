"""Each mode on a share that hangs: shown, never waited for, and well again by itself when it is back."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, open_office
from tests.ui.conftest import Show
from tests.ui.hanging import Cable, over_a_cable, watched_over_a_cable
from tests.ui.office_link.watched_link import SOON_S
from tests.ui.ports import free_port
from ult_desktop.app import assemble
from ult_desktop.base.config import CounterConfig, DisplayConfig, StationConfig, SyncConfig
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.office_link.link import OfficeLink

pytestmark = pytest.mark.usefixtures("own_home", "quick_to_notice")
SIZES = {
    assemble.Mode.KIOSK: (1080, 1920),
    assemble.Mode.COUNTER: (1366, 768),
    assemble.Mode.DISPLAY: (1280, 720),
}
OpenMode = Callable[..., assemble.StationWindow]


@pytest.fixture
def quick_to_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two and three seconds in an office; the test of the link waits for those."""
    monkeypatch.setattr("ult_desktop.core.connection.SHOWN_AFTER", 0.6)
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 1.0)


@pytest.fixture
def open_mode(
    office_file: Path, show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OpenMode]:
    """A mode as the program itself puts it together, with its cable plugged in."""
    monkeypatch.setattr(assemble, "OfficeLink", partial(OfficeLink, opening=over_a_cable))
    monkeypatch.setattr("ult_desktop.db.store.watcher.engine_at", watched_over_a_cable)
    Cable.plug_in()
    opened: list[assemble.StationWindow] = []

    def open_it(mode: assemble.Mode, poll_ms: int = 100) -> assemble.StationWindow:
        config = StationConfig(
            sync=SyncConfig(poll_ms=poll_ms, hint_port=free_port(), hint_address="127.0.0.1"),
            counter=CounterConfig(number=1),
            display=DisplayConfig(voice="off", chime=False),
        )
        station = assemble.assemble(assemble.Launch(mode, office_file, config, SIZES[mode]))
        opened.append(station)
        show(station.window, *SIZES[mode])
        qtbot.waitUntil(lambda: station.link.connection is Connection.ONLINE)
        return station

    yield open_it
    Cable.plug_in()
    for station in opened:
        station.close()


def take_a_number(path: Path) -> None:
    office = open_office(path, "lain")
    office.perform(commands.IssueTicket(service_id=1), Actor(station="lain"))
    office.close()


def hang(station: assemble.StationWindow, path: Path, qtbot: QtBot) -> None:
    """Something happens in the office; the look at it hangs, and the window comes to know that."""
    Cable.pull()
    take_a_number(path)
    qtbot.waitUntil(Cable.hangs.is_set)
    qtbot.waitUntil(lambda: station.link.monitor.health.share is Connection.OFFLINE)


def plug_in(station: assemble.StationWindow, qtbot: QtBot) -> None:
    Cable.plug_in()
    qtbot.waitUntil(lambda: station.link.connection is Connection.ONLINE)


def test_the_kiosk(open_mode: OpenMode, office_file: Path, qtbot: QtBot) -> None:
    station = open_mode(assemble.Mode.KIOSK)
    window = station.window
    assert isinstance(window, KioskWindow)
    flow = window.flow
    qtbot.waitUntil(lambda: flow.scene.board is not None and station.link.monitor.health.alone)
    hang(station, office_file, qtbot)
    assert flow.scene.is_connected
    assert window.shell.home.isVisible()
    given = []
    for number in ("AK01", "A002"):
        flow.take(1)
        qtbot.waitUntil(lambda: flow.scene.issued is not None)
        assert flow.scene.issued is not None
        given.append(flow.scene.issued.ticket.label)
        window.end_visit()
        plug_in(station, qtbot)
        assert given[-1] == number


@pytest.mark.slow
def test_the_counter_before_anybody_signed_in(open_mode: OpenMode, office_file: Path, qtbot: QtBot) -> None:
    station = open_mode(assemble.Mode.COUNTER)
    window = station.window
    assert isinstance(window, CounterWindow)
    page = window.sign_in
    qtbot.waitUntil(page.button.isEnabled)
    hang(station, office_file, qtbot)
    assert not page.button.isEnabled()
    plug_in(station, qtbot)
    qtbot.waitUntil(page.button.isEnabled)
    page.officer.setCurrentIndex(page.officer.findData("siti"))
    qtbot.keyClicks(page.password, PASSWORD)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session is not None and window.session.board is not None)
    session = window.session
    assert session is not None
    hang(station, office_file, qtbot)
    assert not session.online
    plug_in(station, qtbot)
    qtbot.waitUntil(lambda: session.board is not None and len(session.board.waiting) == 2)
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: session.board is not None and session.board.mine.current is not None)


@pytest.mark.slow
def test_the_display(open_mode: OpenMode, office_file: Path, qtbot: QtBot) -> None:
    station = open_mode(assemble.Mode.DISPLAY)
    window = station.window
    assert isinstance(window, DisplayWindow)
    stage = window.lobby.stage
    qtbot.waitUntil(lambda: not stage.is_waiting)
    hang(station, office_file, qtbot)
    assert stage.calls.notice.isVisible()
    began = time.monotonic()
    window.lobby.grab()
    assert time.monotonic() - began < SOON_S
    plug_in(station, qtbot)
    assert not stage.calls.notice.isVisible()
    office = open_office(office_file, "loket")
    actor = office.sign_in("siti", PASSWORD)
    office.perform(commands.StaffCounter(counter=1), actor)
    office.perform(commands.CallNext(counter=1), actor)
    office.close()
    qtbot.waitUntil(lambda: stage.calls.shown == ("A001",))
