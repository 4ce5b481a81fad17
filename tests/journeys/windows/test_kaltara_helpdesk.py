"""POS Kaltara helpdesk, at the window of everybody who has a part in it."""

import pytest
from PySide6.QtCore import Qt

from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.house import JourneyOffice
from tests.journeys.windows.truth import StepTruth, require_register, require_true
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.case_tab import CaseTab
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.visits.visitor_tabs import VisitorTab
from ult_desktop.ui.kiosk.guest_book.book import Question

NAME = "Yohanes Lawai"
SCRIPT = {
    1: StepTruth(StepState.IN_TIME),  # written by the visitor while the number waits: the queue's minutes
    2: StepTruth(StepState.LATE, 1 + 11, Role.FRONT_OFFICE),  # of ten
    3: StepTruth(StepState.IN_TIME, 3, Role.FRONT_OFFICE),
    4: StepTruth(StepState.IN_TIME, 15, Role.HELPDESK),
    5: StepTruth(StepState.IN_TIME, 30, Role.HELPDESK),
    6: StepTruth(StepState.IN_TIME, 5),
}


@pytest.mark.slow
def test_solved_at_once(open_house: OpenHouse, picture: Picture) -> None:
    house = open_house("bpmp-kaltara")
    label = register(house, picture)
    house.later(20)  # in the queue, which is nobody's
    front = house.desk(Role.FRONT_OFFICE, "Loket 1")
    helper = house.desk(Role.HELPDESK, "Tanpa loket")
    verify(house, front, picture)
    direct(house, front, picture)
    ask(house, helper, picture)
    solve(house, helper, picture)
    house.later(5)
    house.lobby.fill_survey(label, "Jelas", picture)
    require_true(house, 1, SCRIPT)
    what = "Memeriksa identitas pemohon, Lewat waktu · langkah 2"
    late = f"{what} · {label} · Siti Rahmawati · 12 menit, baku 10 menit, Terbuka"
    require_register(house, picture, "perjalanan-kaltara-06-penyimpangan", late)
    assert house.bureau.read(lambda tx: visits.get(tx, 1)).ending == Ending.DONE


def register(house: JourneyOffice, picture: Picture) -> str:
    """Step 1: a number and the guest book, both at the kiosk."""
    lobby = house.lobby
    label = lobby.take_number("Informasi & Konsultasi", picture=picture)
    house.later(4)
    said = {
        Question.NAME: NAME,
        Question.INSTITUTION: "SD 003 Malinau",
        Question.REGENCY: "Kab. Malinau",
        Question.LETTER: "421",
    }
    lobby.sign_guest_book(label, said, picture)
    return label


def verify(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 2: called, on the way for a minute, and eleven until the identity is verified."""
    front.key(Qt.Key.Key_F2)
    house.later(1)
    front.key(Qt.Key.Key_F4)
    house.later(11)
    tab = front.tab(VisitorTab, 1)
    front.act(tab.view.acts, "identity")
    front.fill(front.form(), kind=IdDocument.KTP, number="0077")
    picture(front.box(), "perjalanan-kaltara-02-identitas")
    front.press(Qt.Key.Key_Return)
    front.gone()


def direct(house: JourneyOffice, front: OfficerWindow, picture: Picture) -> None:
    """Step 3: to the helpdesk officer of the category; the counter is free again."""
    tab = front.tab(CaseTab, 2)
    front.wait(lambda: tab.form is not None)
    house.later(3)
    front.click(tab.hand_over_button)
    helper = house.bureau.officer_id(Role.HELPDESK)
    front.fill(front.form(), officer_id=helper, remark="Dapodik")
    picture(front.box(), "perjalanan-kaltara-03-arahkan")
    front.send()
    front.gone()
    front.key(Qt.Key.Key_F9)
    front.key(Qt.Key.Key_F9)
    front.wait(lambda: front.current is None)


def ask(house: JourneyOffice, helper: OfficerWindow, picture: Picture) -> None:
    """Step 4: the visitor is at the helpdesk and tells what is wrong."""
    page = helper.open(InboxPage)
    helper.row(page.items, NAME)
    helper.act(page.detail.acts, "greet")
    helper.wait(helper.boxes)
    house.later(15)
    helper.come()
    helper.fill(helper.form(), detail="Dapodik tidak sinkron sejak Jumat")
    picture(helper.box(), "perjalanan-kaltara-04-permohonan")
    helper.send()
    helper.gone()


def solve(house: JourneyOffice, helper: OfficerWindow, picture: Picture) -> None:
    """Step 5."""
    page = helper.workspace.pages[CasesPage.name]
    assert isinstance(page, CasesPage)
    acts = page.pane.detail.acts
    house.later(30)
    helper.act(acts, "outcome")
    helper.submit(outcome=CaseOutcome.AVAILABLE)
    helper.act(acts, "answer")
    helper.submit(answer="Sinkronkan ulang setelah pukul 20.")
    helper.act(acts, "deliver")
    helper.submit(way=DeliveryChannel.DIRECT)
    picture(helper.window, "perjalanan-kaltara-05-disampaikan")
    helper.act(acts, "close")
    helper.press(Qt.Key.Key_Return)
    helper.gone()
