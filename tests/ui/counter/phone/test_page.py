"""The page Telepon on a real office: what comes in."""

import msgspec
import pytest
from PySide6.QtCore import Qt

from tests.office import store_of
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.phone.conftest import CALLER, panel, picked_up, recorded
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import DeviationState
from ult_desktop.core.phone.commands import AnswerCall, EndCall, RecordCaller
from ult_desktop.core.phone.phone_call import NOTICE, CallState, PhoneCall
from ult_desktop.core.procedures.commands import AdoptProcedure
from ult_desktop.core.procedures.procedure import CallerField
from ult_desktop.core.visits.guest_book import NOTICE_VERSION
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.cases import cases, escalations
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import visit_steps
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.ui.counter.accountability.delegations_page import DelegationsPage
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspaces import HallWorkspace
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.phone.call_words import CallStage
from ult_desktop.ui.counter.phone.page import PhonePage
from ult_desktop.ui.kit.widgets.button import Button


def calls_today(bench: Bench) -> tuple[PhoneCall, ...]:
    return bench.office.read(lambda tx: phone_calls.of_day(tx, "2026-11-23"))


def test_from_the_one_key_to_the_closing_words(bench: Bench, picture: Picture) -> None:
    page = bench.open(PhonePage)
    bench.wait(lambda: page.board is not None)
    assert "Tuti Handayani" in page.idle.script.text()
    picture(bench.window, "counter-phone-idle-1366x768")
    page.idle.button.click()
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    assert call.caller.field("name").editor.hasFocus()
    picture(bench.window, "counter-phone-greeting-1366x768")
    bench.later(0.5)
    call.head.script.button.setFocus()
    bench.press(Qt.Key.Key_Space, call.head.script.button)
    bench.wait(call.head.script.button.isHidden)
    assert call.caller.field("name").editor.hasFocus()
    bench.later(1)
    recorded(bench, page)
    assert call.decide.form.field("answer").editor.hasFocus()
    bench.later(2)
    picture(bench.window, "counter-phone-decide-1366x768")
    bench.type(call.decide.form.field("answer"), "Mulai 15 Desember 2026.")
    call.decide.form.submit()
    bench.wait(lambda: call.stage is CallStage.CLOSE)
    assert call.head.script.words.text().endswith("selamat pagi Bapak/Ibu”")
    picture(bench.window, "counter-phone-close-1366x768")
    assert (bench.frame.width(), bench.frame.height()) == (1366, 768)
    call.head.script.button.click()
    bench.wait(lambda: page.call_panel is None)
    assert bench.toast == "Telepon selesai."
    (done,) = calls_today(bench)
    assert (done.state, done.answer, done.regency) == (
        CallState.ENDED,
        "Mulai 15 Desember 2026.",
        "Kota Binjai",
    )


@pytest.mark.parametrize("role", [Role.FRONT_OFFICE, Role.BACK_OFFICE])
def test_whoever_takes_the_call_writes_at_once_and_has_no_deviation(bench: Bench, role: Role) -> None:
    bench.sign_in("siti", role)
    page = bench.open(PhonePage)
    picked_up(bench, page)
    call = panel(page)
    bench.press(Qt.Key.Key_P)
    bench.wait(call.head.script.button.isHidden)
    for word in ("ak", " ", "Jon"):
        bench.type(bench.frame.focusWidget(), word)
    assert call.caller.field("name").value() == "pak Jon"
    recorded(bench, page)
    bench.type(call.decide.form.field("answer"), "Mulai 15 Desember 2026.")
    call.decide.form.submit()
    bench.wait(lambda: call.stage is CallStage.CLOSE)
    assert call.ending.hasFocus()
    bench.press(Qt.Key.Key_Return)
    bench.wait(lambda: page.call_panel is None)
    assert bench.office.read(deviations.waiting) == ()


def test_before_its_end_what_a_call_left_out_is_named_mended_and_explained(
    bench: Bench, picture: Picture
) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    call = panel(page)
    bench.do(
        RecordCaller(call_id=call.call.visit_id, name="Dedi Kurniawan", question="Kapan tunjangan cair?")
    )
    bench.wait(lambda: call.stage is CallStage.DECIDE)
    bench.later(9)
    bench.do(AnswerCall(call_id=call.call.visit_id, answer="Mulai 15 Desember 2026."))
    bench.wait(lambda: call.stage is CallStage.CLOSE)
    picture(bench.window, "counter-phone-close-terlewat-1366x768")
    written = call.ending.lacks_label.text()
    assert written.startswith("Akan tercatat sebagai penyimpangan: ")
    assert "(langkah 1)" in written
    assert "(langkah 3) · 9 menit, baku 5 menit" in written
    bench.press(Qt.Key.Key_U)
    bench.wait(lambda: "(langkah 1)" not in call.ending.lacks_label.text())
    assert "(langkah 3)" in call.ending.lacks_label.text()
    for key in (Qt.Key.Key_A, Qt.Key.Key_3):
        bench.press(key)
    picture(bench.window, "counter-phone-close-alasan-1366x768")
    bench.press(Qt.Key.Key_Return)
    bench.wait(lambda: page.call_panel is None)
    (late,) = bench.office.read(deviations.waiting)
    assert (late.steps, late.state, late.cause) == ((3,), DeviationState.EXPLAINED, "Antrean sedang ramai")


def test_the_clock_and_the_step_in_turn_go_on(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    bench.later(2)
    call = panel(page)
    call.show_time()
    assert call.head.clock.text() == "02:00"
    assert (call.head.strip.time.text(), call.head.strip.marks[0].tone) == ("02:00 dari 1 menit", "danger")
    recorded(bench, page)
    assert call.head.strip.marks[1].toolTip().startswith("2. Menanyakan")
    bench.office.perform(EndCall(call_id=call.call.visit_id, lost=True), bench.link.actor)
    over = bench.office.read(lambda tx: visit_steps(tx, call.call.visit_id, bench.clock.now))
    call.head.strip.show_steps(over, bench.clock.now, bench.zone)
    assert call.head.strip.title.text() == "Tidak ada langkah yang berjalan"


def test_what_is_excluded_asks_for_its_ground_and_the_survey_is_offered(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    form = panel(page).decide.form
    bench.type(form.field("answer"), "Tidak dapat dibuka.")
    assert not form.field("ground").is_shown
    form.field("excluded").show_value(True)
    form.submit()
    assert form.field("ground").error.text() == "Wajib diisi."
    form.field("ground").show_value(page.board.grounds[0].key if page.board else "")
    form.submit()
    bench.wait(lambda: panel(page).stage is CallStage.CLOSE)
    case = bench.office.read(lambda tx: cases.get(tx, panel(page).call.case_id or 0))
    assert case.outcome == "dikecualikan"
    offer = panel(page).survey
    offer.invite_button.click()
    bench.wait(offer.isHidden)


def test_a_long_story_does_not_force_the_window(bench: Bench, picture: Picture) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    story = CALLER["question"] * 12
    panel(page).caller.show_values({**CALLER, "question": story, "institution": "SMP " * 70})
    panel(page).caller.submit()
    bench.wait(lambda: panel(page).stage is CallStage.DECIDE)
    picture(bench.window, "counter-phone-long-1366x768", sound=False)
    assert (bench.frame.width(), bench.frame.height()) == (1366, 768)


def test_a_promise_with_its_hour(bench: Bench, picture: Picture) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    bench.press(Qt.Key.Key_B, held=Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: bench.frame.findChildren(FormBox))
    box = bench.box()
    assert isinstance(box, FormBox)
    assert box.form.field("instruction").value() == CALLER["question"]
    picture(box, "counter-phone-promise-box")
    bench.type(box.form.field("day"), "24-11-2026")
    box.form.submit()
    assert box.form.field("clock").error.text() == "Sebutkan jamnya juga."
    bench.type(box.form.field("clock"), "10.30")
    box.form.submit()
    bench.wait(lambda: page.call_panel is None)
    (waiting,) = bench.office.read(phone_calls.waiting)
    assert waiting.promised_at == bench.clock.now + (24 * 60 + 49) * 60_000
    assert page.calls.model.count_of("back") == 1


def test_put_through_with_one_key(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    bench.press(Qt.Key.Key_L, held=Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: page.call_panel is None)
    (waiting,) = bench.office.read(phone_calls.waiting)
    assert waiting.state is CallState.TRANSFERRED
    (hop,) = bench.office.read(lambda tx: escalations.open_of(tx, waiting.case_id or 0))
    assert hop.instruction == CALLER["question"]


def test_a_broken_line_is_asked_about_first(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    panel(page).head.lost_button.click()
    bench.box().close()
    assert page.call_panel is not None
    panel(page).head.lost_button.click()
    (yes,) = (each for each in bench.box().findChildren(Button) if each.text() == "Catat sebagai putus")
    yes.click()
    bench.wait(lambda: page.call_panel is None)
    assert [call.state for call in calls_today(bench)] == [CallState.LOST]


def test_a_caller_who_was_cut_off_is_gone_on_with(bench: Bench) -> None:
    """The telephone rings, F12 is pressed, and only then is it clear who calls."""
    page = bench.open(PhonePage)
    picked_up(bench, page)
    lost = panel(page).call.visit_id
    bench.office.perform(EndCall(call_id=lost, lost=True), bench.link.actor)
    bench.wait(lambda: page.call_panel is None)
    picked_up(bench, page)
    page.calls.choose(lost)
    bench.wait(lambda: bench.box().isVisible())
    (yes,) = (each for each in bench.box().findChildren(Button) if each.text() == "Lanjutkan")
    yes.click()
    bench.wait(lambda: page.call_panel is not None and page.call_panel.call.visit_id == lost)
    assert [call.visit_id for call in calls_today(bench)] == [lost]


def test_a_correction_comes_back_to_where_one_was(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    call = panel(page)
    call.decide.facts.change_button.click()
    bench.wait(lambda: call.stage is CallStage.RECORD)
    assert call.caller.field("name").value() == "Rahmat Siregar"
    regency = call.caller.field("regency")
    regency.show_value("Kab. Deli Serdang")
    assert regency.value() == "Kab. Deli Serdang"
    regency.show_value("Aceh Tamiang")  # another province, in the caller's own words
    assert regency.value() == "Aceh Tamiang"
    call.caller.field("name").show_value("Rahmat Siregar, S.Pd.")
    call.caller.submit()
    bench.wait(lambda: call.decide.facts.name.text().startswith("Rahmat Siregar, S.Pd."))
    assert call.stage is CallStage.DECIDE


def test_the_procedure_says_what_a_caller_is_asked(bench: Bench) -> None:
    """Fields that the procedure does not ask for stay as they were, also when the rest is corrected."""
    shipped = load_procedure("sumut-telepon")
    fewer = msgspec.structs.replace(shipped, caller_fields=(CallerField.PHONE, CallerField.NAME))
    bench.do(AdoptProcedure(procedure=fewer), bench.office.sign_in("admin", "rahasia-kita"))
    page = bench.open(PhonePage)
    picked_up(bench, page)
    call = panel(page)
    assert list(call.caller.values()) == ["phone", "name", "question"]
    bench.do(RecordCaller(call_id=call.call.visit_id, **CALLER))
    bench.wait(lambda: call.stage is CallStage.DECIDE)
    call.decide.facts.change_button.click()
    bench.wait(lambda: call.stage is CallStage.RECORD)
    call.caller.field("name").show_value("Rahmat Siregar, S.Pd.")
    call.caller.submit()
    bench.wait(lambda: call.decide.facts.name.text().startswith("Rahmat Siregar, S.Pd."))
    (noted,) = calls_today(bench)
    assert (noted.regency, noted.supporting) == (CALLER["regency"], CALLER["supporting"])


def test_what_was_typed_is_there_after_a_crash(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    bench.type(panel(page).caller.field("question"), "Kapan?")
    page.hide()
    again = bench.open(PhonePage)
    bench.wait(lambda: again.call_panel is not None)
    bench.wait(lambda: panel(again).caller.field("question").value() == "Kapan?")


def test_a_refusal_keeps_the_form(bench: Bench) -> None:
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    call = panel(page)
    bench.type(call.decide.form.field("answer"), "15 Desember")
    bench.office.perform(EndCall(call_id=call.call.visit_id, lost=True), bench.link.actor)
    call.decide.form.submit()
    bench.wait(lambda: "sudah ditutup" in bench.toast)


def test_the_caller_hears_what_his_data_is_for_before_it_is_written_down(
    bench: Bench, picture: Picture
) -> None:
    page = bench.open(PhonePage)
    bench.wait(lambda: page.board is not None)
    page.idle.button.click()
    bench.wait(lambda: page.call_panel is not None)
    call = panel(page)
    assert NOTICE not in call.head.script.words.text()
    call.head.script.button.click()
    bench.wait(lambda: call.head.script.words.text() == f"“{NOTICE}”")
    picture(bench.window, "counter-phone-notice-1366x768")
    recorded(bench, page)
    visit_id = calls_today(bench)[0].visit_id
    guest = bench.office.read(lambda tx: visits.guest_of(tx, visit_id))
    assert guest is not None
    assert guest.notice == NOTICE_VERSION


def test_an_office_without_a_telephone_procedure(bench: Bench, picture: Picture) -> None:
    store_of(bench.office).write(lambda tx: tx.run("UPDATE procedure SET retired_at = 1"))
    bench.sign_in("siti", Role.FRONT_OFFICE)
    page = bench.open(PhonePage, (1920, 1080), "kontras")
    picked_up(bench, page)
    call = panel(page)
    assert call.head.script.button.isHidden()
    assert call.head.strip.isHidden()
    assert "BPMP Provinsi Sumatera Utara" in call.head.script.words.text()
    assert NOTICE in call.head.script.words.text()
    picture(bench.window, "counter-phone-plain-1920x1080-kontras")


def test_the_one_key_works_on_every_page(bench: Bench, picture: Picture) -> None:
    bench.sign_in("admin")
    desk = bench.make_desk((1366, 768), "light", None)
    workspace = HallWorkspace(desk, action_table(), CounterServices(pages=(PhonePage, DelegationsPage)))
    bench.frame.show_page(workspace)
    bench.show(bench.frame, 1366, 768)
    bench.frame.activateWindow()
    bench.wait(bench.frame.isActiveWindow)
    workspace.show_page(DelegationsPage.name)
    bench.press(Qt.Key.Key_F12)
    page = workspace.pages[PhonePage.name]
    assert isinstance(page, PhonePage)
    bench.wait(lambda: page.call_panel is not None)
    assert workspace.page == PhonePage.name
    first = panel(page)
    bench.press(Qt.Key.Key_F12)
    page.refresh()
    bench.wait(lambda: not page.new_button.isEnabled())
    assert page.new_button.toolTip() == "Selesaikan dulu telepon yang sedang berlangsung."
    assert page.call_panel is first
    assert [call.state for call in calls_today(bench)] == [CallState.TALKING]
    picture(bench.frame, "counter-phone-with-rail-1366x768")


def test_a_caller_is_given_a_half_hour(bench: Bench, picture: Picture) -> None:
    """The number is seen in clear in the form, for it is written into the appointment."""
    page = bench.open(PhonePage)
    picked_up(bench, page)
    recorded(bench, page)
    picture(bench.window, "counter-telepon-janji-temu")
    panel(page).head.book_button.click()
    bench.wait(bench.has_box)
    box = bench.box()
    assert isinstance(box, FormBox)
    known = box.form.values()
    assert (known["name"], known["phone"]) == (CALLER["name"], CALLER["phone"])
