"""POS DKI kelompok rentan in one coming and in two, at the window of everybody who has a part in it."""

import pytest
from PySide6.QtCore import Qt

from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.hands import CTRL
from tests.journeys.windows.house import JourneyOffice
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseOutcome, VisitorMode
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.accountability import deviations
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import custody, visits
from ult_desktop.ui.counter.care.page import CarePage, DeviceBox
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.security_page import SecurityPage
from ult_desktop.ui.counter.visits.visitor_tabs import VisitorTab

NAME = "Sri Wahyuni"
CHAIR = "Kursi roda 1"
LABEL = "P001"


@pytest.mark.slow_night
def test_in_one_coming(open_house: OpenHouse, picture: Picture) -> None:
    house = open_house("bpmp-dki")
    door, _reception, front = come(house, picture)
    ask(front, picture)
    answer(house, picture)
    hand_over(house, front, picture)
    house.lobby.fill_survey(LABEL, "Petugasnya sabar", picture)
    house.later(2)
    call_security(front, picture)
    bring_out(house, door, picture)
    finish(front)
    check(house)


@pytest.mark.slow_night
def test_the_result_follows_two_days_later(open_house: OpenHouse, picture: Picture) -> None:
    house = open_house("bpmp-dki")
    door, reception, front = come(house, picture)
    ask(front, picture, goes_home=True)
    call_security(front, picture)
    bring_out(house, door, picture)
    house.bureau.set_time("2026-11-25 09:00")
    answer(house, picture)
    come_again(house, door, reception, picture)
    front.click(front.workspace.rail.pages.buttons["queue"])
    front.key(Qt.Key.Key_F2)
    house.later(1)
    front.key(Qt.Key.Key_F4)
    tab = front.tab(VisitorTab, 1)
    front.wait(lambda: tab.view.title.text() == NAME)
    picture(front.window, "perjalanan-dki-17-loket-lagi")
    hand_over(house, front, picture)
    house.lobby.fill_survey(LABEL, "Petugasnya sabar", picture)
    house.later(2)
    call_security(front, picture)
    bring_out(house, door, picture, chair=False)
    finish(front)
    check(house, comings=2)


def come_again(house: JourneyOffice, door: OfficerWindow, reception: OfficerWindow, picture: Picture) -> None:
    """Two days later: whom the door has welcomed is joined to the visit of before, and brought in again."""
    page = door.open(SecurityPage)
    door.click(page.welcome.button)
    way = reception.open(CarePage)
    reception.row(way.visitors, NAME)
    reception.act(way.detail.acts, "again")
    picture(reception.box(), "perjalanan-dki-14-datang-lagi")
    reception.choose("Disambut")
    reception.wait(lambda: reception.toast == "Kedatangan kedua tercatat.")
    inside = door.open(CarePage)
    door.row(inside.visitors, NAME)
    picture(door.window, "perjalanan-dki-15-kedatangan-kedua")
    escort(house, door, inside, 4)
    guests = reception.open(GuestsPage)
    reception.row(guests.visits, NAME)
    reception.wait(lambda: guests.view.title.text() == NAME)
    reception.key(Qt.Key.Key_N, CTRL)
    reception.fill(reception.form(), service_id="Permohonan Informasi")
    reception.send()
    reception.gone()
    picture(reception.window, "perjalanan-dki-16-nomor-kedua")


def come(house: JourneyOffice, picture: Picture) -> tuple[OfficerWindow, OfficerWindow, OfficerWindow]:
    """Take steps 1 to 5, and return the windows of the door, the reception and the priority counter."""
    door, reception = house.desk(Role.SECURITY), house.desk(Role.RECEPTION)
    add_chair(door)
    front = house.desk(Role.FRONT_OFFICE, "Loket Prioritas", prints=True)
    bring_in(house, door, reception, picture)
    receive(house, reception, picture)
    check_requirements(house, front, picture)
    return door, reception, front


def add_chair(door: OfficerWindow) -> None:
    """The office has a wheelchair."""
    page = door.open(CarePage)
    door.click(page.devices_button)
    box = door.box()
    assert isinstance(box, DeviceBox)
    door.click(box.new_button)
    door.submit(kind="Kursi roda", label=CHAIR)
    door.wait(lambda: box.rows.count == 1)
    door.press(Qt.Key.Key_Escape)
    door.gone()


def bring_in(house: JourneyOffice, door: OfficerWindow, reception: OfficerWindow, picture: Picture) -> None:
    """Steps 1 and 2: what he says of himself alerts the reception; on wheels to the service unit."""
    page = door.open(SecurityPage)
    door.click(page.welcome.button)
    door.act(page.buttons, "vulnerable")
    door.fill(door.form(), grounds=PriorityReason.DISABILITY, help=Help.WHEELCHAIR)
    picture(door.box(), "perjalanan-dki-01-kelompok-rentan")
    door.click(door.form().verb)
    door.gone()
    alerts = reception.workspace.alerts
    reception.wait(alerts.isVisible)
    picture(reception.window, "perjalanan-dki-02-resepsionis-diberi-tahu")
    reception.click(alerts.take_button)
    reception.wait(lambda: not alerts.isVisible())
    way = door.open(CarePage)
    door.row(way.visitors, "Tamu tanpa nama")
    door.act(way.detail.acts, "lend")
    door.choose(CHAIR)
    door.wait(lambda: "take_back" in way.detail.acts.buttons)
    escort(house, door, way, 4)
    picture(door.window, "perjalanan-dki-03-pendampingan")


def escort(house: JourneyOffice, desk: OfficerWindow, page: CarePage, minutes: float) -> None:
    """The next way, from its beginning to its end."""
    desk.act(page.detail.acts, "escort")
    desk.wait(lambda: "arrived" in page.detail.acts.buttons)
    house.later(minutes)
    desk.act(page.detail.acts, "arrived")
    desk.wait(lambda: "arrived" not in page.detail.acts.buttons)


def receive(house: JourneyOffice, desk: OfficerWindow, picture: Picture) -> None:
    """Steps 3 and 4: the guest book, a priority number that the form offers by itself, to the counter."""
    page = desk.open(GuestsPage)
    desk.row(page.visits, "Tamu tanpa nama")
    desk.wait(lambda: not page.view.is_empty)
    desk.key(Qt.Key.Key_B, CTRL)
    desk.fill(desk.form(), name=NAME, institution="SLB Negeri 2")
    desk.press(Qt.Key.Key_Return)
    desk.gone()
    house.later(3)
    desk.key(Qt.Key.Key_N, CTRL)
    desk.fill(desk.form(), service_id="Permohonan Informasi")
    picture(desk.box(), "perjalanan-dki-04-nomor")
    desk.send()
    desk.gone()
    way = desk.open(CarePage)
    desk.row(way.visitors, LABEL)
    escort(house, desk, way, 1)
    picture(desk.window, "perjalanan-dki-05-pendampingan")


def check_requirements(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 5, at the priority counter."""
    house.later(5)
    front.key(Qt.Key.Key_F2)
    house.later(1)
    front.key(Qt.Key.Key_F4)
    tab = front.tab(VisitorTab, 1)
    front.act(tab.view.acts, "requirements")
    house.later(8)
    front.fill(front.form(), there="Salinan kartu identitas")
    picture(front.box(), "perjalanan-dki-06-persyaratan")
    front.click(front.form().verb)
    front.gone()
    picture(front.window, "perjalanan-dki-07-loket")


def ask(front: OfficerWindow, picture: Picture, *, goes_home: bool = False) -> None:
    """Ask the PPID team to prepare what is there, while she waits at the counter or goes home."""
    tab = front.tab(CaseTab, 2)
    front.wait(lambda: tab.form is not None)
    assert tab.form is not None
    front.fill(tab.form, detail="Data SLB se-DKI")
    front.click(tab.form.verb)
    acts = tab.pane.detail.acts
    front.act(acts, "outcome")
    front.submit(outcome=CaseOutcome.AVAILABLE)
    front.act(acts, "escalate")
    home = {"visitor": VisitorMode.FETCHES} if goes_home else {}
    front.submit(to=CaseDesk.PPID, instruction="Mohon disiapkan", **home)
    front.wait(lambda: front.current is None if goes_home else "withdraw" in acts.buttons)
    picture(front.window, "perjalanan-dki-08-diteruskan")


def answer(house: JourneyOffice, picture: Picture) -> None:
    """Step 6."""
    ppid = house.desk(Role.PPID)
    page = ppid.open(InboxPage)
    ppid.row(page.items, NAME)
    acts = page.detail.acts
    ppid.act(acts, "receive")
    ppid.wait(lambda: "receive" not in acts.buttons)
    picture(ppid.window, "perjalanan-dki-09-ppid")
    house.later(60)
    ppid.act(acts, "answer")
    ppid.submit(answer="Berkas data terlampir.")


def hand_over(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 7, with a receipt on paper."""
    acts = front.tab(CaseTab, 2).pane.detail.acts
    front.act(acts, "acknowledge")
    house.later(4)
    front.act(acts, "deliver")
    front.fill(front.form(), way=DeliveryChannel.DIRECT, receipt=True)
    front.send()
    front.wait(lambda: front.boxes() and front.box().keys)
    front.choose("Printer karcis")
    assert "Berkas data" in front.paper()
    front.act(acts, "close")
    front.press(Qt.Key.Key_Return)
    front.gone()
    picture(front.window, "perjalanan-dki-10-ditutup")
    house.later(4)


def call_security(front: OfficerWindow, picture: Picture) -> None:
    """Step 9."""
    page = front.open(CarePage)
    front.row(page.visitors, NAME)
    front.act(page.detail.acts, "security")
    front.wait(lambda: front.toast == "Petugas keamanan dipanggil.")
    front.wait(lambda: "acknowledge" in page.detail.acts.buttons)
    picture(front.window, "perjalanan-dki-11-panggil-keamanan")


def bring_out(house: JourneyOffice, door: OfficerWindow, picture: Picture, *, chair: bool = True) -> None:
    """Step 10, and the wheelchair comes back."""
    door.come()
    alerts = door.workspace.alerts
    door.wait(alerts.isVisible)
    picture(door.window, "perjalanan-dki-12-keamanan-dipanggil")
    door.click(alerts.look_button)
    page = door.open(CarePage)
    door.click(alerts.take_button)
    door.wait(lambda: not alerts.isVisible())
    escort(house, door, page, 4)
    if chair:
        door.act(page.detail.acts, "take_back")
        door.choose(f"{CHAIR}, baik")
        door.wait(lambda: "take_back" not in page.detail.acts.buttons)
    picture(door.window, "perjalanan-dki-13-diantar-keluar")


def finish(front: OfficerWindow) -> None:
    front.key(Qt.Key.Key_F9)
    front.key(Qt.Key.Key_F9)
    front.wait(lambda: front.current is None)


def check(house: JourneyOffice, comings: int = 1) -> None:
    """Look into the file: all ten steps in time, nothing owing, the chair free again."""
    bureau = house.bureau
    assert bureau.read(lambda tx: tx.value("SELECT count(*) FROM visit")) == comings
    for number in range(1, comings + 1):
        each = bureau.read(lambda tx, n=number: visits.get(tx, n))  # type: ignore[misc]
        found = bureau.read(lambda tx, n=number: deviations.of_visit(tx, n))  # type: ignore[misc]
        assert (each.ending, each.label, found) == (Ending.DONE, LABEL, ())
    visit = bureau.read(lambda tx: visits.get(tx, 1))
    assert bureau.steps(visit.id, StepState.IN_TIME) == list(range(1, 11))
    assert bureau.read(custody.all_held_cards) == ()
    assert bureau.read(declarations.open_alerts) == ()
    assert [
        device.is_free for device in bureau.read(lambda tx: assistive_devices.every_device(tx, visit.day))
    ] == [True]
    assert bureau.read(lambda tx: survey.token_of(tx, visit.id)) is not None
