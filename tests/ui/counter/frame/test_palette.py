"""Ctrl+K: one search over numbers, guests, cases, pages and acts."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.windows.desk import OfficerWindow
from tests.ui.conftest import Picture
from tests.ui.counter import samples
from tests.ui.counter.conftest import OpenCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import all_done
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRequest, OnlineRow, OnlineSource
from ult_desktop.core.queue.commands import Cancel, IssueTicket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.palette import Palette
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.visits.guests_page import GuestsPage

CTRL = Qt.KeyboardModifier.ControlModifier


def palette_of(window: QWidget, qtbot: QtBot) -> Palette:
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    found = [each for each in window.findChildren(Palette) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def titles(box: Palette) -> list[str]:
    return [str(box.model.data(box.model.index(n, 0))) for n in range(box.model.rowCount())]


def test_acts_have_their_keys_and_say_why_not(
    open_counter: OpenCounter, qtbot: QtBot, picture: Picture
) -> None:
    counter = open_counter(samples.board(waiting=()))
    box = palette_of(counter.window, qtbot)
    assert titles(box)[:2] == ["Antrean, halaman, Ctrl+1", "Hari ini, halaman, Ctrl+2"]
    picture(box, "counter-cari")
    QTest.keyClicks(box.search, "mulai lay")
    assert titles(box) == ["Mulai layani, Belum ada pengunjung di loket ini., tindakan, F4"]
    qtbot.keyClick(box.search, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert counter.toast == "Belum ada pengunjung di loket ini."


def test_arrows_choose_and_enter_runs(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(samples.board())
    box = palette_of(counter.window, qtbot)
    QTest.keyClicks(box.search, "HALAMAN")
    assert titles(box) == ["Antrean, halaman, Ctrl+1", "Hari ini, halaman, Ctrl+2"]
    qtbot.keyClick(box.search, Qt.Key.Key_Down)
    qtbot.keyClick(box.search, Qt.Key.Key_Return)
    assert counter.workspace.page == "day"
    box = palette_of(counter.window, qtbot)
    QTest.keyClicks(box.search, "panggil berikut")
    qtbot.keyClick(box.search, Qt.Key.Key_Return)
    assert [type(each).__name__ for each in counter.link.asked] == ["CallNext"]


def test_nothing_found_is_said(open_counter: OpenCounter, qtbot: QtBot) -> None:
    box = palette_of(open_counter(samples.board()).window, qtbot)
    QTest.keyClicks(box.search, "xyzzy")
    assert box.view.empty_words == "Tidak ada yang cocok."
    qtbot.keyClick(box.search, Qt.Key.Key_Return)
    assert box.isVisible()
    qtbot.keyClick(box.search, Qt.Key.Key_Escape)
    assert not box.isVisible()


@pytest.fixture
def desk(bench: Bench, qtbot: QtBot) -> Iterator[OfficerWindow]:
    """Siti at counter 1; a number waits, and a guest has a case."""
    bench.engage("siti", Role.FRONT_OFFICE)
    bench.sign_in("nina", Role.RECEPTION)
    bench.do(IssueTicket(service_id=1))
    known = bench.do(IssueTicket(service_id=1)).ticket
    bench.do(SignGuestBook(ticket_id=known.id, name="Dedi Kurniawan", phone="081234567890"))
    bench.engage("siti", Role.FRONT_OFFICE)
    bench.sign_in("siti")
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, known.id))
    assert visit is not None
    bench.do(OpenCase(visit_id=visit.id, detail="Tunjangan belum cair"))
    bench.do(Cancel(ticket_id=known.id))
    bench.link.sign_out()
    made = OfficerWindow(qtbot, bench.link, bench.now, CounterServices(drafts=bench.drafts), None)
    bench.show(made.window, 1366, 768)
    made.sign_in("Siti", "Loket 1")
    yield made
    made.window.close()


def run(desk: OfficerWindow, typed: str, said: str, qtbot: QtBot) -> None:
    """Type, and take the first row that says so."""
    desk.press(Qt.Key.Key_K, CTRL)
    (box,) = [each for each in desk.boxes() if isinstance(each, Palette)]
    QTest.keyClicks(box.search, typed)
    desk.wait(lambda: any(said in each for each in titles(box)))
    place = next(n for n, each in enumerate(titles(box)) if said in each)
    for _step in range(place):
        qtbot.keyClick(box.search, Qt.Key.Key_Down)
    qtbot.keyClick(box.search, Qt.Key.Key_Return)


def test_numbers_guests_and_cases_are_opened(desk: OfficerWindow, qtbot: QtBot) -> None:
    workspace = desk.workspace
    assert isinstance(workspace, CounterWorkspace)
    run(desk, "a1", "A001", qtbot)
    desk.wait(lambda: workspace.queue.side.selected is not None)
    selected = workspace.queue.side.selected
    assert selected is not None
    assert (workspace.page, selected.label) == ("queue", "A001")
    run(desk, "a2", "dibatalkan", qtbot)
    guests = workspace.pages["guests"]
    assert isinstance(guests, GuestsPage)
    desk.wait(lambda: workspace.page == "guests" and guests.view.title.text() == "Dedi Kurniawan")
    run(desk, "tunjangan", "0001", qtbot)
    cases = workspace.pages["cases"]
    assert isinstance(cases, CasesPage)
    desk.wait(lambda: workspace.page == "cases" and cases.pane.detail.title.text() == "Dedi Kurniawan")
    run(desk, "dedi kurn", "tamu", qtbot)
    desk.wait(lambda: workspace.page == "guests")


def afar(bench: Bench) -> OnlineRequest:
    row = OnlineRow(
        name="Ani Wulandari", sent_at=bench.clock.now, detail="Tunjangan guru honorer", email="ani@dinas.id"
    )
    made: OnlineRequest = bench.do(AddRequest(source=OnlineSource.EMAIL, row=row))
    return made


def test_a_request_from_afar_is_opened_in_permohonan(desk: OfficerWindow, bench: Bench, qtbot: QtBot) -> None:
    request = afar(bench)
    run(desk, "honorer", request.number, qtbot)
    workspace = desk.workspace
    assert isinstance(workspace, CounterWorkspace)
    cases = workspace.pages["cases"]
    assert isinstance(cases, CasesPage)
    desk.wait(lambda: workspace.page == "cases" and cases.pane.detail.title.text() == "Ani Wulandari")
    assert cases.pane.view is not None
    assert cases.pane.view.online is not None
    assert cases.pane.view.online.id == request.id


def test_reception_finds_requests_from_afar_alone(desk: OfficerWindow, bench: Bench, qtbot: QtBot) -> None:
    """A visitor's case is none of theirs, neither in the list nor by a search."""
    bench.sign_in("siti")
    request = afar(bench)
    bench.link.sign_out()
    other = OfficerWindow(qtbot, bench.link, bench.now, CounterServices(drafts=bench.drafts), None)
    bench.show(other.window, 1366, 768)
    other.sign_in("Nina")
    box = palette_of(other.window, qtbot)
    QTest.keyClicks(box.search, "tunjangan")
    other.wait(lambda: len(titles(box)) == 1 and request.number in titles(box)[0])
    bench.wait(lambda: all_done(bench.link))
    assert len(titles(box)) == 1
    other.window.close()


def test_who_may_not_see_guests_finds_none(bench: Bench, qtbot: QtBot) -> None:
    bench.engage("siti", Role.FRONT_OFFICE)
    bench.sign_in("siti")
    ticket = bench.do(IssueTicket(service_id=1)).ticket
    bench.do(SignGuestBook(ticket_id=ticket.id, name="Dedi Kurniawan", phone="081234567890"))
    bench.engage("arsip", Role.ARCHIVIST)
    bench.link.sign_out()
    desk = OfficerWindow(qtbot, bench.link, bench.now, CounterServices(drafts=bench.drafts), None)
    bench.show(desk.window, 1366, 768)
    desk.sign_in("Arsip")
    box = palette_of(desk.window, qtbot)
    QTest.keyClicks(box.search, "dedi")
    bench.wait(lambda: all_done(bench.link))
    assert titles(box) == []
    desk.window.close()
