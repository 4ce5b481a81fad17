"""A doubtful date covers every counter; an officer's word for it opens the whole office again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, make_office, open_office
from tests.operations.scene import HandClock
from tests.ui.conftest import Picture, Show
from tests.ui.counter.test_office import CounterAtWork
from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.queue import tickets
from ult_desktop.db.store.clock import own_ms
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.office.time_confirming import confirm_time
from ult_desktop.ui.counter.session.lock import TimePage
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Somebody's clock was two days ahead, and the log knows it."""
    made = make_office(tmp_path / "kantor")
    office = open_office(made, "lain")
    office.clock = HandClock(own_ms() + 2 * DAY_MS)
    office.perform(IssueTicket(service_id=1), Actor(station="lain"))
    office.close()
    return made


@pytest.fixture
def link(path: Path, qapp: QApplication) -> Iterator[OfficeLink]:
    sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
    made = OfficeLink(StationSetup(path, path.parent / "journal-loket.db", "LOKET-1", "counter", sync))
    yield made
    made.close()


def page_of(desk: CounterAtWork) -> TimePage:
    desk.wait(lambda: desk.window.time_cover.page is not None)
    page = desk.window.time_cover.page
    assert page is not None
    desk.wait(page.button.isEnabled)
    return page


def confirm(qtbot: QtBot, page: TimePage, login: str, password: str) -> None:
    page.officer.setCurrentIndex(page.officer.findData(login))
    qtbot.keyClicks(page.password, password)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_counter_asks_for_an_officers_word(
    link: OfficeLink, qtbot: QtBot, show: Show, picture: Picture, language: str
) -> None:
    use_language(language)
    desk = CounterAtWork(qtbot, link, 1)
    show(desk.window, 1366, 768)
    page = page_of(desk)
    picture(desk.window, f"loket-tanggal-diragukan-{language}")
    for login, password, words in (
        ("siti", "tebakan", {"id": "salah", "en": "Wrong"}),
        ("joko", PASSWORD, {"id": "berwenang", "en": "may not"}),
    ):
        confirm(qtbot, page, login, password)
        desk.wait(page.button.isEnabled)
        assert words[language] in page.wrong.text(), page.wrong.text()
    confirm(qtbot, page, "siti", PASSWORD)
    desk.wait(lambda: desk.window.time_cover.page is None)
    assert link.connection is Connection.ONLINE
    assert desk.window.frame.pages.currentWidget() is desk.window.sign_in
    desk.sign_in()
    desk.window.close()
    link.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_kiosk_tells_visitors_and_opens_by_itself(
    path: Path, link: OfficeLink, qtbot: QtBot, show: Show, picture: Picture, language: str
) -> None:
    lobby = KioskLobby(qtbot, path, VirtualPrinter())
    use_language(language)
    show(lobby.window, 1080, 1920)
    title = {"id": "Petugas sedang memastikan tanggal dan jam", "en": "Staff are checking date and time"}
    lobby.wait(lambda: lobby.window.shell.notice.title.text() == title[language])
    picture(lobby.window, f"kiosk-tanggal-diragukan-{language}")
    desk = CounterAtWork(qtbot, link, 1)
    show(desk.window, 1366, 768)
    confirm(qtbot, page_of(desk), "siti", PASSWORD)
    lobby.wait_for_home()
    assert lobby.take(0) == "A001"
    desk.window.close()
    link.close()
    lobby.close()
    lobby.printer.close()


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_officer_who_signs_in_is_asked_about_a_day_that_was_begun_wrongly(
    tmp_path: Path, qtbot: QtBot, show: Show, picture: Picture, language: str
) -> None:
    """Somebody waited; the clock jumped, and another came; then the date was confirmed."""
    path = make_office(tmp_path / "kantor")
    office = open_office(path, "lain")
    first = office.perform(IssueTicket(service_id=1), Actor(station="lain")).ticket
    right, office.clock = office.clock, HandClock(own_ms() + 2 * DAY_MS)
    office.perform(IssueTicket(service_id=2), Actor(station="lain"))
    office.clock = right
    confirm_time(office, office.sign_in("siti", PASSWORD))
    sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
    link = OfficeLink(StationSetup(path, path.parent / "journal-loket.db", "LOKET-1", "counter", sync))
    use_language(language)
    desk = CounterAtWork(qtbot, link, 1)
    show(desk.window, 1366, 768)
    desk.sign_in()
    desk.wait(lambda: bool(desk.window.findChildren(dialogs.Box)))
    (box,) = desk.window.findChildren(dialogs.Box)
    picture(box, f"loket-hari-keliru-{language}")
    box.findChildren(QPushButton)[-1].click()
    desk.wait(lambda: office.read(lambda tx: tickets.get(tx, first.id)).state is TicketState.WAITING)
    desk.window.close()
    link.close()
    office.close()
