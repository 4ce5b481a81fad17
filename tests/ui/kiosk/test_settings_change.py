"""Changes of the office in the middle of the day reach a kiosk that is running."""

import datetime
from typing import Any

import msgspec

from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.kiosk.test_office import HEAD
from ult_desktop.core.office.commands import ChangeOffice, ChangeSettings
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.template import Closure, RamadanPeriod, Weekly, Words
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office_changes import office_document


def settle(lobby: KioskLobby, **fields: Any) -> None:  # noqa: ANN401  (any setting)
    settings = msgspec.structs.replace(lobby.other.read(office_rows.load).settings, **fields)
    lobby.other.perform(ChangeSettings(settings=settings), HEAD)


def test_a_closure_and_ramadan_hours_close_the_kiosk_and_it_opens_again(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    today = lobby.link.now().date()
    settle(lobby, closures=(Closure(today, "Rapat kerja"),))
    shell = lobby.window.shell
    lobby.wait(lambda: shell.page is shell.notice and "Rapat kerja" in shell.notice.lines[0].text())
    closed = RamadanPeriod(first=today, last=today + datetime.timedelta(days=1), hours=Weekly())
    settle(lobby, closures=(), ramadan=(closed,))
    lobby.wait(lambda: shell.notice.title.text() == "Layanan sedang tutup")
    settle(lobby, ramadan=())
    lobby.wait_for_home()


def test_a_new_service_has_its_card_and_gives_numbers(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    made = lobby.other.read(office_document)
    new = msgspec.structs.replace(made.services[0], prefix="Q", name=Words("Legalisasi"))
    services = (new, *made.services[2:])
    command = ChangeOffice(settings=settings_of(made), services=services, counters=made.counters)
    lobby.other.perform(command, HEAD)
    lobby.wait(lambda: lobby.window.shell.home.grid.cards[0].face.title == "Legalisasi")
    assert lobby.take(0) == "Q001"
