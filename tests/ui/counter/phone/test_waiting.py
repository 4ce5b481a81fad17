"""The page Telepon: who is called back, and who is on hold."""

import pytest
from PySide6.QtWidgets import QLineEdit

from tests.office import PASSWORD
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.phone.conftest import CALLER, panel
from tests.ui.shown import all_done
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.commands import AnswerEscalation
from ult_desktop.core.phone.commands import (
    DialBack,
    EndAttempt,
    EndCall,
    ForwardCall,
    RecordCaller,
    StartCall,
)
from ult_desktop.core.phone.phone_call import AttemptResult, CallState, PhoneCall
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import escalations
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.unmasking import CLEAR_MS
from ult_desktop.ui.counter.phone.call_words import CallStage
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.kit.widgets.button import Button

ANSWER = "Mulai 15 Desember 2026, langsung ke rekening guru yang SKTP-nya sudah terbit."


def forwarded(bench: Bench, name: str = CALLER["name"], **how: int | bool) -> int:
    """A call that came in at another time and went on to the back office; its id."""
    call_id = bench.do(StartCall()).visit_id
    bench.do(RecordCaller(call_id=call_id, **{**CALLER, "name": name}))
    bench.do(ForwardCall(call_id=call_id, **how))  # type: ignore[arg-type]
    return int(call_id)


@pytest.fixture
def back(bench: Bench) -> Actor:
    """Somebody of the back office, who does not act at this station."""
    bench.engage("bambang", Role.BACK_OFFICE, name="Bambang Sutrisno")
    return bench.office.sign_in("bambang", PASSWORD)


def answer(bench: Bench, call_id: int, back: Actor) -> None:
    case_id = call_now(bench, call_id).case_id or 0
    (hop,) = bench.office.read(lambda tx: escalations.open_of(tx, case_id))
    bench.do(AnswerEscalation(escalation_id=hop.id, answer=ANSWER), back)


def call_now(bench: Bench, call_id: int) -> PhoneCall:
    return bench.office.read(lambda tx: phone_calls.get(tx, call_id))


def opened(bench: Bench, call_id: int) -> PhonePage:
    """The page with that call chosen in the list."""
    page = bench.open(PhonePage)
    page.open_subject(call_id)
    bench.wait(lambda: not page.detail.is_empty and page.calls.selected == call_id)
    return page


def press(page: PhonePage, name: str) -> None:
    page.detail.acts.buttons[name].click()


def test_the_list_tells_whom_to_call_next(bench: Bench, back: Actor, picture: Picture) -> None:
    late = forwarded(bench, "Ibu Nurhayati", promised_at=bench.clock.now + 60_000)
    answer(bench, late, back)
    bench.do(DialBack(call_id=late))
    bench.do(EndAttempt(call_id=late, result=AttemptResult.NO_ANSWER))
    bench.later(30)
    forwarded(bench, "Pak Rusdi")
    line = forwarded(bench, "Pak Togar", live=True)
    lost = bench.do(StartCall()).visit_id
    bench.do(EndCall(call_id=lost, lost=True))
    page = opened(bench, late)
    bench.wait(lambda: page.attempts.lines)
    titles = [page.calls.model.row_at(page.calls.model.index(n)) for n in range(4)]
    assert [row.title for row in titles if row] == [
        "Pak Togar",
        "Ibu Nurhayati",
        "Pak Rusdi",
        "Penelepon belum dicatat",
    ]
    assert page.calls.model.count_of("overdue") == 1
    assert page.board is not None
    assert page.board.overdue == 1
    assert bench.waiting(page) == 2
    picture(bench.window, "counter-phone-waiting-1366x768")
    page.calls.choose(line)
    bench.wait(lambda: page.detail.title.text() == "Pak Togar")
    assert list(page.detail.acts.buttons) == ["take", "promise", "give_up", "case", "contact"]
    page.calls.choose(lost)
    bench.wait(lambda: page.detail.title.text() == "Penelepon belum dicatat")
    assert list(page.detail.acts.buttons) == ["resume"]


def test_a_number_is_seen_by_who_asks_until_another_is_looked_at(bench: Bench) -> None:
    first, other = forwarded(bench, "Ibu Nurhayati"), forwarded(bench, "Pak Rusdi")
    page = opened(bench, first)
    bench.wait(lambda: "0811••••669" in page.detail.subtitle.text())
    page.detail.acts.buttons["contact"].click()
    bench.wait(lambda: CALLER["phone"] in page.detail.subtitle.text())
    assert "contact" not in page.detail.acts.buttons
    page.calls.choose(other)
    bench.wait(lambda: page.detail.title.text() == "Pak Rusdi")
    page.calls.choose(first)
    bench.wait(lambda: "0811••••669" in page.detail.subtitle.text())


def test_a_number_is_masked_again_after_a_minute(bench: Bench) -> None:
    page = opened(bench, forwarded(bench))
    page.detail.acts.buttons["contact"].click()
    bench.wait(lambda: CALLER["phone"] in page.detail.subtitle.text())
    assert page._clear_timer.isActive()
    assert page._clear_timer.interval() == CLEAR_MS
    page._clear_timer.timeout.emit()
    assert "0811••••669" in page.detail.subtitle.text()
    assert "contact" in page.detail.acts.buttons


def test_called_back_and_told(bench: Bench, back: Actor, picture: Picture) -> None:
    call_id = forwarded(bench)
    answer(bench, call_id, back)
    bench.later(40)
    page = opened(bench, call_id)
    press(page, "dial")
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    assert call.stage is CallStage.TELL
    assert call.tell.done_button.hasFocus()
    bench.wait(lambda: CALLER["phone"] in call.tell.facts.number.text())
    picture(bench.window, "counter-phone-tell-1366x768")
    assert (bench.frame.width(), bench.frame.height()) == (1366, 768)
    assert "menyampaikan jawaban" in call.head.script.words.text(), "nobody asks again what the caller wants"
    bench.later(3)
    call.tell.done_button.click()
    bench.wait(lambda: call.stage is CallStage.CLOSE)
    call.head.show_time(bench.now())
    assert call.head.clock.text() == "03:00", "since he was called back, not since he first called"
    call.head.script.button.click()
    bench.wait(lambda: page.call_panel is None)
    assert call_now(bench, call_id).state is CallState.ENDED


def test_nobody_answered_and_the_promise_stands(bench: Bench) -> None:
    call_id = forwarded(bench)
    page = opened(bench, call_id)
    page.calls.opened.emit(call_id)
    bench.wait(lambda: page.call_panel is not None)
    panel(page).tell.failures[AttemptResult.NO_ANSWER].click()
    bench.wait(lambda: page.call_panel is None)
    assert call_now(bench, call_id).last_result == "tidak_diangkat"
    bench.wait(lambda: [line.what.text() for line in page.attempts.lines] == ["Tidak diangkat"])


def test_reached_before_the_answer(bench: Bench) -> None:
    call_id = forwarded(bench)
    page = opened(bench, call_id)
    press(page, "dial")
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    assert call.tell.form.field("answer").editor.hasFocus()
    call.tell.later_button.click()
    box = bench.box()
    assert isinstance(box, FormBox)
    assert box.title.text() == "Jadwalkan ulang telepon"
    box.form.submit()
    bench.wait(lambda: page.call_panel is None)
    assert call_now(bench, call_id).last_result == "tersambung"


def test_the_back_office_takes_the_line(bench: Bench, back: Actor, picture: Picture) -> None:
    call_id = forwarded(bench, live=True)
    bench.link.actor = back
    page = opened(bench, call_id)
    press(page, "take")
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    assert call.tell.later_button.text() == "Janji telepon balik …"
    picture(bench.window, "counter-phone-taken-1366x768")
    call.tell.later_button.click()
    box = bench.box()
    assert isinstance(box, FormBox)
    assert box.title.text() == "Janji telepon balik"
    box.form.submit()
    bench.wait(lambda: page.call_panel is None)
    bench.wait(lambda: "dial" in page.detail.acts.buttons)
    press(page, "dial")
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    bench.type(call.tell.form.field("answer"), "Mulai 15 Desember.")
    call.tell.form.submit()
    bench.wait(lambda: call.stage is CallStage.CLOSE)
    assert call_now(bench, call_id).answer == "Mulai 15 Desember."


def test_given_up_with_a_reason(bench: Bench, back: Actor) -> None:
    call_id = forwarded(bench)
    answer(bench, call_id, back)
    page = opened(bench, call_id)
    press(page, "give_up")
    box = bench.box()
    (field,) = box.findChildren(QLineEdit)
    bench.type(field, "Nomor tidak aktif")
    (yes,) = (each for each in box.findChildren(Button) if each.text() == "Hentikan")
    yes.click()
    bench.wait(lambda: call_now(bench, call_id).state is CallState.LOST)


def test_to_the_case_and_a_lost_call_goes_on(bench: Bench) -> None:
    call_id = forwarded(bench)
    page = opened(bench, call_id)
    press(page, "case")
    assert bench.jumps == [("cases", call_now(bench, call_id).case_id)]
    press(page, "promise")
    box = bench.box()
    assert isinstance(box, FormBox)
    bench.type(box.form.field("clock"), "11.00")
    box.form.submit()
    bench.wait(lambda: call_now(bench, call_id).promised_at == bench.clock.now + 79 * 60_000)
    lost = bench.do(StartCall()).visit_id
    bench.do(EndCall(call_id=lost, lost=True))
    bench.wait(lambda: page.calls.count == 2)
    page.calls.choose(lost)
    bench.wait(lambda: "resume" in page.detail.acts.buttons)
    page.calls.opened.emit(lost)
    bench.wait(lambda: all_done(bench.link))
    assert call_now(bench, lost).state is CallState.LOST, "Enter starts no clock: nobody is on the line"
    page.detail.acts.buttons["resume"].click()
    bench.wait(lambda: call_now(bench, lost).state is CallState.TALKING)
