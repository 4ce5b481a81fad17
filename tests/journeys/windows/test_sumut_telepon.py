"""POS Sumut telepon, path B with a call back, at the window of everybody who has a part in it."""

import pytest
from PySide6.QtCore import Qt

from tests.journeys.windows.conftest import OpenHouse
from tests.journeys.windows.desk import OfficerWindow
from tests.journeys.windows.house import JourneyOffice
from tests.journeys.windows.truth import DAY, StepTruth, require_register, require_true
from tests.ui.conftest import Picture
from ult_desktop.core.access.roles import Role
from ult_desktop.core.phone.phone_call import AttemptResult, CallState
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.db import phone_calls
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.counter.phone.call_words import CallStage
from ult_desktop.ui.counter.phone.page import PhonePage

NAME = "Rahmat Siregar"
ANSWER = "Mulai 15 Desember 2026."
SCRIPT = {
    1: StepTruth(StepState.IN_TIME, 0.5, Role.PHONE),
    2: StepTruth(StepState.IN_TIME, 2, Role.PHONE),
    3: StepTruth(StepState.IN_TIME, 3, Role.PHONE),
    4: StepTruth(StepState.IN_TIME, 1, Role.PHONE),
    5: StepTruth(StepState.LATE, 12, Role.BACK_OFFICE),  # of ten
    6: StepTruth(StepState.IN_TIME, 3, Role.PHONE),
    7: StepTruth(StepState.IN_TIME, 0.5, Role.PHONE),
}


@pytest.mark.slow
def test_path_b_with_a_call_back(open_house: OpenHouse, picture: Picture) -> None:
    house = open_house("bpmp-sumut")
    desk = house.desk(Role.PHONE)
    record(house, desk, picture)
    promise(house, desk, picture)
    coordinate(house, picture)
    house.later(60)  # nobody is on the line: whose minutes should these be
    call_back(house, desk, picture)
    require_true(house, 1, SCRIPT)
    what = "Mengoordinasikan dengan unit terkait, Lewat waktu · langkah 5"
    late = f"{what} · 0001/ULT/2026 · Bambang Sutrisno · 12 menit, baku 10 menit, Terbuka"
    require_register(house, picture, "perjalanan-telepon-09-penyimpangan", late)
    check(house)


def panel(desk: OfficerWindow, stage: CallStage) -> CallPanel:
    """The call on the line, as soon as it is there."""
    page = desk.workspace.pages[PhonePage.name]
    assert isinstance(page, PhonePage)
    desk.wait(lambda: page.call_panel is not None and page.call_panel.stage is stage)
    assert page.call_panel is not None
    return page.call_panel


def record(house: JourneyOffice, desk: OfficerWindow, picture: Picture) -> None:
    """Steps 1 and 2: picked up by F12 on whatever page, half a minute of greeting, two of questions."""
    desk.key(Qt.Key.Key_F12)
    call = panel(desk, CallStage.RECORD)
    picture(desk.window, "perjalanan-telepon-01-salam")
    house.later(0.5)
    desk.click(call.head.script.button)
    desk.wait(call.head.script.button.isHidden)
    house.later(2)
    desk.fill(
        call.caller,
        name=NAME,
        institution="SMP Negeri 3 Binjai",
        regency="Kota Bin",
        phone="0811 3906 6690",
        supporting="NUPTK 1234",
        question="Kapan tunjangan profesi triwulan IV dibayarkan?",
    )
    picture(desk.window, "perjalanan-telepon-02-penelepon")
    desk.send()


def promise(house: JourneyOffice, desk: OfficerWindow, picture: Picture) -> None:
    """Steps 3 and 4: weighed for three minutes; the caller hears that the office will call back."""
    call = panel(desk, CallStage.DECIDE)
    picture(desk.window, "perjalanan-telepon-03-telaah")
    house.later(3)
    desk.click(call.decide.promise_button)
    picture(desk.box(), "perjalanan-telepon-04-janji")
    house.later(1)
    desk.submit()


def coordinate(house: JourneyOffice, picture: Picture) -> None:
    """Step 5: the back office asks the unit; twelve minutes until the answer is at the telephone."""
    back = house.desk(Role.BACK_OFFICE)
    page = back.open(InboxPage)
    back.row(page.items, NAME)
    acts = page.detail.acts
    house.later(2)
    back.act(acts, "receive")
    back.wait(lambda: "receive" not in acts.buttons)
    back.act(acts, "refer")
    back.fill(back.form(), instruction="Jadwal triwulan IV?")
    picture(back.box(), "perjalanan-telepon-05-disposisi")
    back.send()
    back.gone()
    house.later(8)
    ask_unit(house)
    house.later(2)
    back.row(page.items, "jawaban kembali")
    back.act(acts, "acknowledge")
    back.wait(lambda: page.items.count == 1)
    back.row(page.items, NAME)
    back.act(acts, "answer")
    picture(back.box(), "perjalanan-telepon-06-jawab")
    back.send()
    back.gone()


def ask_unit(house: JourneyOffice) -> None:
    unit = house.desk(Role.RELATED_UNIT)
    page = unit.open(InboxPage)
    unit.row(page.items, NAME)
    unit.act(page.detail.acts, "receive")
    unit.act(page.detail.acts, "answer")
    unit.submit(answer=ANSWER)


def call_back(house: JourneyOffice, desk: OfficerWindow, picture: Picture) -> None:
    """Steps 6 and 7: the first time nobody picks up; half an hour later the answer is read out."""
    dial(desk)
    house.later(1)
    call = panel(desk, CallStage.TELL)
    desk.click(call.tell.failures[AttemptResult.NO_ANSWER])
    house.later(30)
    dial(desk)
    call = panel(desk, CallStage.TELL)
    assert call.tell.words.text() == ANSWER
    picture(desk.window, "perjalanan-telepon-07-telepon-balik")
    house.later(3)
    desk.click(call.tell.done_button)
    call = panel(desk, CallStage.CLOSE)
    house.later(0.5)
    picture(desk.window, "perjalanan-telepon-08-salam-penutup")
    desk.click(call.head.script.button)
    desk.wait(lambda: desk.toast == "Telepon selesai.")


def dial(desk: OfficerWindow) -> None:
    page = desk.open(PhonePage)
    desk.wait(lambda: page.call_panel is None)
    desk.row(page.calls, NAME)
    desk.act(page.detail.acts, "dial")


def check(house: JourneyOffice) -> None:
    bureau = house.bureau
    call = bureau.read(lambda tx: phone_calls.of_day(tx, DAY)[0])
    assert (call.state, call.answer) == (CallState.ENDED, ANSWER)
    tried = bureau.read(lambda tx: phone_calls.attempts_of(tx, 1))
    assert [each.result for each in tried] == [AttemptResult.NO_ANSWER, AttemptResult.REACHED]
    assert not bureau.read(lambda tx: visits.get(tx, 1)).is_open
