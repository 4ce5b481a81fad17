"""POS Sumut tatap muka, each of its paths, at the window of everybody who has a part in it."""

import pytest
from PySide6.QtCore import Qt

from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.hands import CTRL
from tests.journeys.windows.house import JourneyOffice
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseOutcome, SubReason
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.accountability import deviations
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import custody, visits
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.procedures.steps_tab import StepsTab
from ult_desktop.ui.counter.visits.guests_page import GuestsPage
from ult_desktop.ui.counter.visits.security_page import SecurityPage
from ult_desktop.ui.counter.visits.visitor_tabs import VisitorTab

NAME = "Dedi Kurniawan"
QUESTION = "Kapan tunjangan profesi triwulan IV cair?"
ANSWER = "Cair 15 Desember 2026, lihat surat edaran 12."


@pytest.mark.slow_night
@pytest.mark.parametrize("path", ["a", "b", "c"])
def test_every_path(open_house: OpenHouse, picture: Picture, path: str) -> None:
    """Walk A (told at once), B (over the back office) and C (over the unit that directs)."""
    house = open_house("bpmp-sumut")
    door = house.desk(Role.SECURITY)
    welcome(house, door, picture)
    label = receive(house, picture)
    house.later(20)
    front = house.desk(Role.FRONT_OFFICE, "Loket 1", prints=True)
    identify(house, front, picture)
    ask(house, front, picture)
    if path == "a":
        answer_here(house, front, picture)
    else:
        send_on(house, front, picture)
        answer(house, picture, over_unit=path == "c")
        front.act(front.tab(CaseTab, 2).pane.detail.acts, "acknowledge")
    tell(house, front, picture)
    house.later(1)
    house.lobby.fill_survey(label, "Kursinya empuk", picture)
    leave(door)
    check(house, left_out={"a": [10, 11, 12, 13, 14], "b": [13, 14], "c": []}[path])


def welcome(house: JourneyOffice, door: OfficerWindow, picture: Picture) -> None:
    """Step 1: one key at the door, and a badge (tag tamu)."""
    page = door.open(SecurityPage)
    door.key(Qt.Key.Key_N, CTRL)
    door.act(page.buttons, "badge")
    door.submit(number="07")
    door.wait(lambda: "badge_back" in page.buttons.buttons)
    picture(door.window, "perjalanan-sumut-01-keamanan")
    house.later(2)


def receive(house: JourneyOffice, picture: Picture) -> str:
    """Steps 2 to 4: purpose, guest book and card at the reception, the number at the kiosk, a seat."""
    desk = house.desk(Role.RECEPTION)
    page = desk.open(GuestsPage)
    desk.row(page.visits, "Tamu tanpa nama")
    desk.act(page.view.acts, "purpose")
    desk.fill(desk.form(), purpose="Tunjangan")
    desk.press(Qt.Key.Key_Return)
    desk.gone()
    house.later(2)
    write_guest_book(desk, picture)
    hold_card(desk, picture)
    picture(desk.window, "perjalanan-sumut-03-resepsionis")
    label = house.lobby.take_number("Tunjangan Profesi", picture=picture)
    desk.act(page.view.acts, "join")
    desk.submit(label=label)
    desk.act(page.view.acts, "card_back")
    desk.wait(lambda: "card" in page.view.acts.buttons)
    house.later(1)
    picture(desk.window, "perjalanan-sumut-05-duduk")
    desk.act(page.view.acts, "tick")
    desk.wait(lambda: desk.toast == "Langkah 4 selesai.")
    return label


def write_guest_book(desk: OfficerWindow, picture: Picture) -> None:
    desk.key(Qt.Key.Key_B, CTRL)
    form = desk.form()
    desk.fill(form, name=NAME, institution="SMPN 1 Medan", regency="Kota Med", phone="0812 6000 1234")
    picture(desk.box(), "perjalanan-sumut-02-buku-tamu")
    desk.send()
    desk.gone()


def hold_card(desk: OfficerWindow, picture: Picture) -> None:
    desk.key(Qt.Key.Key_D, CTRL)
    desk.fill(desk.form(), held=True, place="laci resepsionis")
    picture(desk.box(), "perjalanan-sumut-02-kartu")
    desk.press(Qt.Key.Key_Return)
    desk.gone()


def identify(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Steps 5 to 7: called by F2, received by F4, the card looked at and handed back."""
    front.key(Qt.Key.Key_F2)
    house.later(2)
    front.key(Qt.Key.Key_F4)
    tab = front.tab(VisitorTab, 1)
    front.act(tab.view.acts, "card")
    front.submit(held=True)
    front.act(tab.view.acts, "identity")
    front.fill(front.form(), kind=IdDocument.KTP, number="0042")
    picture(front.box(), "perjalanan-sumut-06-identitas")
    front.press(Qt.Key.Key_Return)
    front.gone()
    front.act(tab.view.acts, "card_back")
    front.wait(lambda: "card" in tab.view.acts.buttons)
    picture(front.window, "perjalanan-sumut-07-loket")
    house.later(2)


def ask(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 8: what he wants."""
    tab = front.tab(CaseTab, 2)
    front.wait(lambda: tab.form is not None)
    assert tab.form is not None
    front.fill(tab.form, detail=QUESTION)
    picture(front.window, "perjalanan-sumut-08-permohonan")
    front.send()
    acts = tab.pane.detail.acts
    front.wait(lambda: "outcome" in acts.buttons and acts.buttons["outcome"].hasFocus())
    house.later(2)


def answer_here(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 9: it is known here, and said in one's own words."""
    front.press(Qt.Key.Key_Return)
    front.fill(front.form(), outcome=CaseOutcome.AVAILABLE)
    front.send()
    front.gone()
    front.act(front.tab(CaseTab, 2).pane.detail.acts, "answer")
    front.fill(front.form(), answer=ANSWER)
    picture(front.box(), "perjalanan-sumut-a-jawaban")
    front.send()
    front.gone()


def send_on(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Steps 9 and 10: nobody here knows, so the back office is asked."""
    acts = front.tab(CaseTab, 2).pane.detail.acts
    front.press(Qt.Key.Key_Return)
    form = front.form()
    front.fill(form, outcome=CaseOutcome.UNAVAILABLE)
    front.fill(form, sub_reason=SubReason.UNKNOWN_HERE)
    picture(front.box(), "perjalanan-sumut-09-hasil")
    front.send()
    front.gone()
    house.later(3)
    front.act(acts, "escalate")
    front.fill(front.form(), instruction="Mohon jadwal pencairannya.")
    picture(front.box(), "perjalanan-sumut-10-teruskan")
    front.click(front.form().verb)
    front.gone()
    front.wait(lambda: "withdraw" in acts.buttons)
    picture(front.window, "perjalanan-sumut-11-diteruskan")
    house.later(2)


def answer(house: JourneyOffice, picture: Picture, *, over_unit: bool) -> None:
    """Steps 11 to 14, without the mouse once the request is chosen: Enter does what comes next."""
    back = house.desk(Role.BACK_OFFICE)
    page = back.open(InboxPage)
    back.row(page.items, NAME)
    acts = page.detail.acts
    back.wait(lambda: "receive" in acts.buttons)
    picture(back.window, "perjalanan-sumut-12-kotak-masuk")
    back.press(Qt.Key.Key_Return)
    back.wait(lambda: "receive" not in acts.buttons)
    house.later(2)
    if over_unit:
        back.act(acts, "refer")
        back.fill(back.form(), instruction="Mohon arahan.")
        picture(back.box(), "perjalanan-sumut-c-disposisi")
        back.click(back.form().verb)
        back.gone()
        direct(house, picture)
        back.act(acts, "acknowledge")
        back.wait(lambda: "answer" in acts.buttons)
        back.act(acts, "answer")
        assert back.form().field("answer").value() == ANSWER, "the unit's words are there to be passed on"
    else:
        back.act(acts, "answer")
        back.fill(back.form(), answer=ANSWER)
    picture(back.box(), "perjalanan-sumut-13-jawab")
    back.send()
    back.gone()


def direct(house: JourneyOffice, picture: Picture) -> None:
    """Step 13: the unit reads the disposition and directs."""
    unit = house.desk(Role.RELATED_UNIT)
    page = unit.open(InboxPage)
    unit.row(page.items, NAME)
    unit.act(page.detail.acts, "receive")
    unit.wait(lambda: "receive" not in page.detail.acts.buttons)
    house.later(4)
    unit.act(page.detail.acts, "answer")
    unit.fill(unit.form(), answer=ANSWER)
    picture(unit.box(), "perjalanan-sumut-c-arahan")
    unit.send()
    unit.gone()


def tell(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Steps 15 and 16: told with a receipt on paper, the case closed, the number done."""
    tab = front.tab(CaseTab, 2)
    acts = tab.pane.detail.acts
    house.later(4)
    front.act(acts, "deliver")
    front.fill(front.form(), way=DeliveryChannel.DIRECT, receipt=True)
    picture(front.box(), "perjalanan-sumut-14-sampaikan")
    front.click(front.form().verb)
    front.wait(lambda: front.boxes() and front.box().keys)
    front.choose("Printer karcis")
    assert "Cair 15 Desember" in front.paper()
    house.later(3)
    front.act(acts, "close")
    front.fill(front.form(), survey=True)
    front.click(front.form().verb)
    front.gone()
    steps = front.tab(StepsTab, 3)
    front.wait(lambda: steps.rail.rows and steps.rail.isVisible())
    picture(front.window, "perjalanan-sumut-15-langkah")
    front.key(Qt.Key.Key_F9)
    front.key(Qt.Key.Key_F9)
    front.wait(lambda: front.current is None)


def leave(door: OfficerWindow) -> None:
    """The badge comes back at the door."""
    page = door.open(SecurityPage)
    door.act(page.buttons, "badge_back")
    door.choose("07 kembali")
    door.wait(lambda: "badge" in page.buttons.buttons)


def check(house: JourneyOffice, left_out: list[int]) -> None:
    """Look into the file: every step of the path in time, nothing owing, everything handed back."""
    bureau = house.bureau
    visit = bureau.read(lambda tx: visits.get(tx, 1))
    assert bureau.steps(visit.id, StepState.IN_TIME) == [n for n in range(1, 17) if n not in left_out]
    assert bureau.steps(visit.id, StepState.SKIPPED) == left_out
    assert bureau.read(lambda tx: deviations.of_visit(tx, visit.id)) == ()
    assert visit.ending == Ending.DONE
    assert bureau.read(custody.all_held_cards) == ()
    assert bureau.read(custody.badges_out) == ()
    assert bureau.read(lambda tx: survey.token_of(tx, visit.id)) is not None
