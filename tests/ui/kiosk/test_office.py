"""A kiosk on a real office file with a real printer on the wire: from touch to paper."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from tests.office import change_template, sign_in
from tests.ui.conftest import Picture, Show
from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.kiosk.test_window import touch
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.queue.commands import IssueTicket, PauseKiosks
from ult_desktop.core.queue.ticket import Help, PaperState, PriorityReason
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import load_office

HEAD = Actor(station="uji", roles=frozenset({Role.ADMIN}))


def test_from_touch_to_paper(lobby: KioskLobby, picture: Picture) -> None:
    label = lobby.take(0)
    assert label == "A001"
    (paper,) = lobby.printer.wait_for_papers(1)
    assert "A001" in paper.text
    assert "Informasi & Konsultasi" in paper.text
    lobby.wait(lambda: lobby.ticket(label).paper is PaperState.PRINTED)
    lobby.wait(lambda: lobby.window.shell.taken.paper.title.text() == "Ambil karcis Anda")
    picture(lobby.window, "kiosk-kantor-1080x1920")


def test_a_priority_number(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    shell = lobby.window.shell
    touch(shell.home.bar)
    touch(shell.grounds.page.grid.cards[1])
    touch(shell.helps.page.cards[Help.WHEELCHAIR])
    touch(shell.helps.page.go_on_button)
    label = lobby.take(2)
    ticket = lobby.ticket(label)
    assert (label, ticket.priority, ticket.help) == ("P001", True, (Help.WHEELCHAIR,))
    assert ticket.grounds == ("belum terbuka",)
    sign_in(lobby.other)
    assert lobby.ticket(label).grounds == (PriorityReason.DISABILITY,)
    assert "PRIORITAS" in lobby.printer.wait_for_papers(1)[0].text


def test_no_paper_now_but_when_the_roll_is_changed(lobby: KioskLobby) -> None:
    lobby.printer.paper_out()
    lobby.wait(lambda: lobby.window.flow.scene.printer is PrinterState.PAPER_OUT)
    lobby.wait(lobby.window.shell.home.notice.isVisible)
    label = lobby.take(1)
    lobby.wait(lambda: lobby.ticket(label).paper is PaperState.FAILED)
    lobby.wait(lobby.window.shell.taken.paper.qr.isVisible)
    lobby.printer.restore()
    lobby.wait(lambda: lobby.ticket(label).paper is PaperState.PRINTED)
    assert label in lobby.printer.papers[0].text


def test_the_queue_on_the_cards_follows_the_other_stations(lobby: KioskLobby) -> None:
    lobby.take(0)
    lobby.window.end_visit()
    lobby.wait(lambda: lobby.window.shell.home.grid.cards[0].face.status == ("1 antrean",))


def test_a_pause_reaches_the_kiosk(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    lobby.other.perform(PauseKiosks(reason="Rapat staf"), HEAD)
    lobby.wait(lobby.window.shell.notice.isVisible)
    assert lobby.window.shell.notice.lines[0].text() == "Rapat staf"
    lobby.other.perform(PauseKiosks(), HEAD)
    lobby.wait_for_home()


def test_a_number_that_the_office_refuses(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    _fill_quota(lobby.other)
    touch(lobby.window.shell.home.grid.cards[4])
    lobby.wait(lobby.window.shell.notice.isVisible)
    assert "Rapor Pendidikan" in lobby.window.shell.notice.title.text()
    assert lobby.printer.papers == []


def test_outside_the_hours(path: Path, qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monday = to_stamp(datetime(2026, 11, 23, 2, tzinfo=UTC))  # on a holiday the kiosk tells of that one
    monkeypatch.setattr(ShareClock, "__call__", lambda _clock: monday)
    closed = msgspec.structs.replace(load_office(), hours=Weekly())
    change_template(path, closed)
    printer = VirtualPrinter()
    lobby = KioskLobby(qtbot, path, printer)
    show(lobby.window, 1080, 1920)
    lobby.wait(lambda: lobby.window.shell.notice.title.text() == "Layanan sedang tutup")
    lobby.close()
    printer.close()


def _fill_quota(office: Office) -> None:
    """All numbers of Rapor Pendidikan are gone; the kiosk has not heard of it yet."""
    from_template = next(each for each in load_office().services if each.prefix == "R")
    assert from_template.quota is not None
    line = next(each for each in office.kiosk_board().lines if each.service.prefix == "R")
    for _number in range(from_template.quota):
        office.perform(IssueTicket(service_id=line.service.id), HEAD)
