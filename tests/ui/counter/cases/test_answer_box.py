"""A visitor is answered in one box: from “dilayani” to closed and finished in few acts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter.cases.conftest import CaseBench
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.shown import is_told
from ult_desktop.core.cases.case import Case, CaseKind, CaseOutcome, CaseState
from ult_desktop.core.cases.commands import AddFaq, Escalate, OpenCase
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.office import services
from ult_desktop.db.procedures import marks
from ult_desktop.db.queue import tickets
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.cases.case_tab import AnswerBox, CaseTab
from ult_desktop.ui.counter.cases.lists_boxes import AnswerBankBox
from ult_desktop.ui.counter.frame.workspaces import PAGES, TABS, CounterWorkspace

ASKED, ANSWER = "Kapan tunjangan triwulan IV cair?", "Mulai 15 Desember 2026."
CTRL = Qt.KeyboardModifier.ControlModifier


class AtTheCounter:
    """Siti serves a visitor at counter 1, in the real window. `acts` counts her keys that type no words."""

    def __init__(self, bench: CaseBench, qtbot: QtBot, show: Show) -> None:
        self.bench, self._qtbot, self.acts = bench, qtbot, 0
        self.ticket = bench.serve()
        counter = RealCounter(bench, qtbot, show)
        self.window = counter.open(PAGES, TABS)
        bench.frame = self.window.frame
        self.window.sign_in.officer.setCurrentIndex(self.window.sign_in.officer.findData("siti"))
        self.window.sign_in.counter.setCurrentIndex(self.window.sign_in.counter.findData(1))
        workspace = counter.sign_in("siti")
        assert isinstance(workspace, CounterWorkspace)
        self.workspace = workspace
        bench.wait(lambda: workspace.queue.situation is not None)
        assert workspace.queue.tabs is not None
        tab = workspace.queue.tabs.tabs[CaseTab.name]
        assert isinstance(tab, CaseTab)
        self.tab = tab
        bench.wait(lambda: is_told(tab) and tab.now_serving.visit is not None)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.acts += 1
        self._qtbot.keyClick(self.keyboard(), key, held)

    def type(self, words: str) -> None:
        self._qtbot.keyClicks(self.keyboard(), words)

    def keyboard(self) -> QWidget:
        """The widget with the focus. Offscreen, Qt makes no window active by itself when a box closes."""
        front = QApplication.activeModalWidget() or self.window
        front.activateWindow()
        self.bench.wait(front.isActiveWindow)
        focus = front.focusWidget()
        assert focus is not None
        return focus

    def box(self) -> AnswerBox:
        self.bench.wait(lambda: [b for b in self.window.findChildren(AnswerBox) if b.isVisible()])
        return self.window.findChildren(AnswerBox)[-1]

    def case(self) -> Case:
        visit = self.bench.office.read(lambda tx: visits.of_ticket(tx, self.ticket.id))
        assert visit is not None
        found = self.bench.office.read(lambda tx: cases.case_of_visitor(tx, visit.id))
        assert found is not None
        return found

    def is_finished(self) -> bool:
        ticket = self.bench.office.read(lambda tx: tickets.get(tx, self.ticket.id))
        assert self.window.session is not None
        return ticket.state is TicketState.DONE and not self.window.session.under_way


@pytest.fixture
def desk(bench: CaseBench, qtbot: QtBot, show: Show) -> AtTheCounter:
    return AtTheCounter(bench, qtbot, show)


def test_from_serving_to_finished_in_five_acts(desk: AtTheCounter, picture: Picture) -> None:
    desk.press(Qt.Key.Key_J, CTRL)
    box = desk.box()
    desk.type(ASKED)
    desk.press(Qt.Key.Key_Tab)
    desk.type(ANSWER)
    picture(box, "counter-jawab-langsung")
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.bench.wait(lambda: desk.workspace.queue.is_ending)
    picture(desk.window, "counter-selesai-sesudah-jawab")
    desk.press(Qt.Key.Key_Return)
    desk.bench.wait(desk.is_finished)
    case = desk.case()
    assert (case.state, case.outcome, case.detail, case.answer) == (
        CaseState.CLOSED, CaseOutcome.AVAILABLE, ASKED, ANSWER,
    )  # fmt: skip
    assert desk.acts <= 6


def test_from_the_panel_of_the_end(desk: AtTheCounter, picture: Picture) -> None:
    desk.press(Qt.Key.Key_F9)
    desk.bench.wait(lambda: desk.workspace.queue.is_ending)
    picture(desk.window, "counter-selesai-belum-dijawab")
    desk.press(Qt.Key.Key_J)
    desk.box()
    desk.type(ASKED)
    desk.press(Qt.Key.Key_Tab)
    desk.type(ANSWER)
    desk.press(Qt.Key.Key_Return, CTRL)
    answer = desk.workspace.queue.ending.mend_buttons["answer"]
    desk.bench.wait(answer.isHidden)
    desk.press(Qt.Key.Key_F9)
    desk.bench.wait(desk.is_finished)
    assert desk.case().state is CaseState.CLOSED
    assert desk.acts <= 6


def test_a_slash_inserts_from_the_answer_bank(desk: AtTheCounter, qtbot: QtBot) -> None:
    faq = desk.bench.by("bela", AddFaq(question=ASKED, answer=ANSWER))
    desk.press(Qt.Key.Key_J, CTRL)
    box = desk.box()
    desk.type("Tunjangan")
    desk.press(Qt.Key.Key_Tab)
    desk.type("12/2020 ")
    assert box.answer.value() == "12/2020"
    box.answer.show_value("")
    desk.type("/")
    (bank,) = desk.window.findChildren(AnswerBankBox)
    desk.bench.wait(lambda: bank.rows.selected is not None or bank.rows.model.total)
    bank.reject()
    assert box.answer.value() == "/"
    box.answer.show_value("")
    desk.type("/")
    bank = desk.window.findChildren(AnswerBankBox)[-1]
    desk.bench.wait(lambda: bank.rows.model.total)
    bank.rows.choose(faq.id)
    desk.bench.wait(bank.use_button.isEnabled)
    bank.use_button.click()
    assert box.answer.value() == ANSWER
    box.form.submit()
    desk.bench.wait(lambda: desk.workspace.queue.is_ending)
    assert desk.bench.office.read(lambda tx: answer_bank.get(tx, faq.id)).used == 1


def test_what_was_typed_in_the_tab_is_in_the_box(desk: AtTheCounter) -> None:
    tabs = desk.workspace.queue.tabs
    assert tabs is not None
    tabs.bar.setCurrentIndex(list(tabs.tabs).index(CaseTab.name))
    desk.bench.wait(lambda: desk.tab.form is not None)
    assert desk.tab.form is not None
    desk.tab.form.show_values({"detail": ASKED})
    desk.press(Qt.Key.Key_J, CTRL)
    assert desk.box().form.field("detail").value() == ASKED


def test_what_was_typed_stays_when_the_box_is_left(desk: AtTheCounter) -> None:
    desk.press(Qt.Key.Key_J, CTRL)
    desk.box()
    desk.type(ASKED)
    desk.press(Qt.Key.Key_Escape)
    desk.bench.wait(lambda: not desk.window.findChildren(AnswerBox))
    desk.press(Qt.Key.Key_J, CTRL)
    desk.bench.wait(lambda: desk.box().form.field("detail").value() == ASKED)


def test_an_open_case_is_answered_with_its_words_in_sight(desk: AtTheCounter, picture: Picture) -> None:
    visit = desk.tab.now_serving.visit
    assert visit is not None
    desk.bench.by("siti", OpenCase(visit_id=visit.id, detail=ASKED))
    desk.press(Qt.Key.Key_J, CTRL)
    box = desk.box()
    assert list(box.form.values()) == ["answer", "excluded", "way", "receipt"]
    desk.type("Tidak dapat dibuka.")
    box.form.field("excluded").show_value(True)
    box.form.field("way").show_value(DeliveryChannel.WHATSAPP)
    picture(box, "counter-jawab-langsung-dikecualikan")
    box.form.submit()
    assert box.form.field("ground").error.text() == "Wajib diisi."
    assert box.form.field("proof").error.text() == "Wajib diisi."
    box.form.show_values({"ground": "17h", "proof": "Pesan 3"})
    box.form.submit()
    desk.bench.wait(lambda: desk.case().state is CaseState.CLOSED)
    assert desk.case().outcome is CaseOutcome.EXCLUDED


def test_a_case_at_another_desk_is_not_answered_here(desk: AtTheCounter) -> None:
    visit = desk.tab.now_serving.visit
    assert visit is not None
    case = desk.bench.by("siti", OpenCase(visit_id=visit.id, detail=ASKED))
    desk.bench.by("siti", Escalate(case_id=case.id, instruction="Mohon dicek"))
    desk.press(Qt.Key.Key_J, CTRL)
    desk.bench.wait(lambda: "masih di unit lain" in desk.bench.toast)


def test_the_steps_end_when_the_question_and_the_answer_were_there(desk: AtTheCounter) -> None:
    desk.press(Qt.Key.Key_J, CTRL)
    desk.box()
    desk.bench.later(1)
    desk.type(ASKED)
    asked = desk.bench.clock.now
    desk.press(Qt.Key.Key_Tab)
    desk.bench.later(1)
    desk.type(ANSWER)
    desk.bench.later(2)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.bench.wait(lambda: desk.workspace.queue.is_ending)
    visit = desk.bench.office.read(lambda tx: visits.of_ticket(tx, desk.ticket.id))
    assert visit is not None
    found = desk.bench.office.read(lambda tx: marks.of_visit(tx, visit))
    assert next(each.at for each in found if each.event is StepEvent.CASE_OPENED) == asked


def test_a_complaint_asks_for_its_class(bench: CaseBench, qtbot: QtBot, show: Show) -> None:
    """The number of the complaints' service."""
    offered = bench.office.read(services.active)
    complaint = next(each for each in offered if "Pengaduan" in each.definition.name.indonesian)
    number = bench.by("siti", commands.IssueTicket(service_id=complaint.id)).ticket
    bench.by("siti", commands.CallTicket(counter=1, ticket_id=number.id))
    desk_ticket = bench.by("siti", commands.Arrive(counter=1))
    bench.serve = lambda: desk_ticket  # type: ignore[method-assign]
    desk = AtTheCounter(bench, qtbot, show)
    desk.press(Qt.Key.Key_J, CTRL)
    box = desk.box()
    box.form.show_values({"detail": ASKED, "answer": ANSWER})
    box.form.submit()
    assert box.form.field("complaint_class").error.text() == "Wajib diisi."
    box.form.show_values({"complaint_class": "pengaduan_biasa"})
    box.form.submit()
    bench.wait(lambda: desk.workspace.queue.is_ending)
    assert desk.case().kind is CaseKind.COMPLAINT
