"""An officer's window on a real office: four keys for a visit, and nothing moves under the hand."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.journeys.windows.desk import OfficerWindow
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.look import faults_of_text, settle
from tests.ui.shown import all_done, theme_of
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseState, VisitorMode
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.cases import cases
from ult_desktop.db.visits import visits
from ult_desktop.operations.visits.boards import visitor_board
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace
from ult_desktop.ui.counter.queue.queue_page import QueuePage
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.kit.widgets.button import Button

F2, F4, F9 = Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_F9
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(bench: Bench, qtbot: QtBot) -> Iterator[OfficerWindow]:
    """Siti at counter 1, with two numbers waiting."""
    bench.engage("siti", Role.FRONT_OFFICE)
    bench.sign_in("nina", Role.RECEPTION)
    for _number in range(2):
        issued = bench.do(IssueTicket(service_id=1))
        bench.do(SignGuestBook(ticket_id=issued.ticket.id, name="Dedi Kurniawan", phone="081234567890"))
    bench.link.sign_out()
    made = OfficerWindow(qtbot, bench.link, bench.now, CounterServices(drafts=bench.drafts), None)
    bench.show(made.window, 1366, 768)
    made.sign_in("Siti", "Loket 1")
    yield made
    made.window.close()


def queue(desk: OfficerWindow) -> QueuePage:
    assert isinstance(desk.workspace, CounterWorkspace)
    return desk.workspace.queue


def reach(desk: OfficerWindow, state: TicketState | None) -> None:
    desk.wait(lambda: (desk.current.state if desk.current else None) is state)
    settle()


def test_four_keys_close_number_and_visit(desk: OfficerWindow, bench: Bench) -> None:
    guests = desk.open(GuestsPage)
    desk.wait(lambda: guests.visits.count == 2)
    first = bench.office.read(lambda tx: visitor_board(tx, bench.clock.now, None)).visits
    serve(desk)
    desk.press(F9)
    desk.wait(lambda: queue(desk).is_ending)
    assert queue(desk).ending.mend_buttons["survey"].isVisibleTo(queue(desk).ending), (
        "what is missing is named"
    )
    desk.press(F9)
    reach(desk, None)
    now = bench.office.read(lambda tx: visitor_board(tx, bench.clock.now, None)).visits
    assert [each.ended_at is None for each in first] == [True, True]
    assert sorted(each.ended_at is None for each in now) == [False, True]


@pytest.mark.parametrize("percent", [100, 130])
@pytest.mark.parametrize("language", ["id", "en"])
def test_no_tab_and_no_banner_moves_an_action(
    desk: OfficerWindow, bench: Bench, picture: Picture, language: str, percent: int
) -> None:
    """Banners below the page take of its height: the fields of a form then scroll, its button never does."""
    desk.counter._set_language(language)
    theme_of(desk.counter).set_text_size(percent)
    serve(desk)
    tabs = queue(desk).tabs
    assert tabs is not None
    places, cut = {}, {}
    for banners in range(3):
        desk.workspace.absence.setVisible(banners > 0)
        desk.counter.frame.banner.setVisible(banners > 1)
        for number, (name, kind) in enumerate(tabs.tabs.items()):
            tabs.bar.setCurrentIndex(number)
            bench.wait(lambda: all_done(bench.link))
            settle()
            places[banners, name] = [top(desk, each) for each in (*shown(desk), tabs.bar)]
            cut[banners, name] = [each.text() for each in filled(kind) if not in_sight(each)]
            cut[banners, name] += faults_of_text(desk.window)
            picture(desk.window, f"counter-meja-{name}-{banners}-{percent}-{language}", sound=False)
    assert len({tuple(each) for each in places.values()}) == 1, places
    assert not {place: words for place, words in cut.items() if words}


def serve(desk: OfficerWindow) -> None:
    desk.press(F2)
    reach(desk, TicketState.CALLED)
    desk.press(F4)
    reach(desk, TicketState.SERVING)


def shown(desk: OfficerWindow) -> list[QWidget]:
    return [each for each in queue(desk).action_bar.buttons.values() if each.isVisible()]


def top(desk: OfficerWindow, widget: QWidget) -> int:
    return widget.mapTo(desk.window, QPoint(0, 0)).y()


def filled(part: QWidget) -> list[Button]:
    found = [each for each in part.findChildren(Button) if each.property("role") == "primary"]
    return [each for each in found if each.isVisible()]


def in_sight(button: Button) -> bool:
    """Whole: no window's edge and no scroll area cuts it."""
    seen = button.visibleRegion().boundingRect()
    return seen == QRect(QPoint(0, 0), button.size())


@pytest.mark.slow
def test_who_was_sent_home_by_mistake_sits_there_again(desk: OfficerWindow, bench: Bench) -> None:
    serve(desk)
    assert desk.current is not None
    visit = bench.office.read(partial(visits.of_ticket, ticket_id=desk.current.id))
    assert visit is not None
    case = bench.do(OpenCase(visit_id=visit.id, detail="Tunjangan belum cair"))
    tab = desk.tab(CaseTab, 2)
    desk.act(tab.pane.detail.acts, "escalate")
    desk.submit(instruction="Mohon dicek", visitor=VisitorMode.LEFT)
    reach(desk, None)
    desk.click(desk.counter.frame.toast.undo_button)
    reach(desk, TicketState.SERVING)
    assert bench.office.read(lambda tx: cases.get(tx, case.id)).state is CaseState.OPEN


def test_this_pc_remembers_who_sat_here(desk: OfficerWindow, bench: Bench, qtbot: QtBot) -> None:
    desk.window.close()
    bench.wait(lambda: all_done(bench.link))
    bench.link.sign_out()
    again = OfficerWindow(qtbot, bench.link, bench.now, CounterServices(drafts=bench.drafts), None)
    bench.show(again.window, 1366, 768)
    page = again.counter.sign_in
    bench.wait(lambda: page.officer.currentText().startswith("Siti"))
    assert page.counter.currentText() == "Loket 1"
    again.window.close()


def test_ctrl_z_undoes_the_last_act_whichever_it_was(desk: OfficerWindow, bench: Bench) -> None:
    serve(desk)
    assert desk.current is not None
    label, other = desk.current.label, bench.office.hall_board().waiting[0]
    desk.press(F9)
    desk.wait(lambda: queue(desk).is_ending)
    desk.press(F9)
    reach(desk, None)
    desk.wait(lambda: desk.toast.startswith(f"{label} selesai: "))
    guests = desk.open(GuestsPage)
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, other.id))
    assert visit is not None
    guests.open_subject(visit.id)
    desk.wait(lambda: "guest" in guests.view.acts.buttons)
    guests.view.acts.buttons["guest"].click()
    desk.wait(lambda: bool(desk.boxes()))
    bench.later(1)
    desk.submit(institution="SDN 9")
    desk.wait(lambda: "Buku tamu tersimpan" in desk.toast)
    bench.later(1)
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.wait(lambda: institution(bench, visit.id) == "")
    desk.wait(lambda: desk.toast == "Diurungkan: isian sebelumnya kembali.")
    reach(desk, None)  # the guest book was the last act
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.wait(lambda: desk.toast == "Tidak ada yang dapat diurungkan.")
    desk.workspace.show_page("queue")
    desk.press(Qt.Key.Key_Z, CTRL)
    reach(desk, TicketState.SERVING)


def institution(bench: Bench, visit_id: int) -> str:
    guest = bench.office.read(lambda tx: visits.guest_of(tx, visit_id))
    return "" if guest is None else guest.institution


def test_another_language_keeps_the_tab_and_says_the_connection(desk: OfficerWindow) -> None:
    desk.press(F2)
    reach(desk, TicketState.CALLED)
    bar = tab_bar(desk)
    bar.setCurrentIndex(bar.count() - 1)
    workspace = desk.counter.workspace
    assert workspace is not None
    workspace.rail.languages["en"].click()
    desk.wait(lambda: tab_bar(desk) is not bar)
    reach(desk, TicketState.CALLED)
    assert tab_bar(desk).currentIndex() == tab_bar(desk).count() - 1 > 0
    assert desk.counter.frame.status.link.text() == "connected"


def tab_bar(desk: OfficerWindow) -> QTabBar:
    tabs = queue(desk).tabs
    assert tabs is not None
    return tabs.bar
