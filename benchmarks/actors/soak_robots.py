"""The scripts for a `Robot`: the work of people at each window of a soak, for as long as the day is."""

import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from benchmarks.place import PASSWORD
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.commands import AnswerEscalation, DeliverAnswer, Escalate, OpenCase
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.queue.boards import Call, IssuedTicket
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.survey.commands import FillSurvey
from ult_desktop.core.survey.survey import SurveyAnswers, SurveyMode
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.demo.actor import SETTLE_MS, Condition, Robot, Script, pause
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.request_ids import new_id
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow

SERVICES = ("Informasi", "Dapodik", "Tunjangan")
BACK_OFFICES = (5, 6)
_FOR_A_GROUP = "Untuk rombongan"
ANSWERED_MS = 4000


class StationDay:
    """The day of a station: its dice, what it reports, and whether it is over."""

    robot: Robot

    def __init__(self, name: str, number: int, dice: random.Random, control: Path, told: Path) -> None:
        self.name, self.number, self.dice = name, number, dice
        self._control, self._told = control, told

    def told_to(self, what: str) -> bool:
        """Return whether the soak has laid a file of this name: "close" the entrance, or "end"."""
        return (self._control / what).exists()

    def tell(self, kind: str, **more: object) -> None:
        with self._told.open("ab") as out:
            out.write(msgspec.json.encode({"kind": kind, "at": time.monotonic(), **more}) + b"\n")

    def some(self, least_ms: int, most_ms: int) -> Condition:
        return pause(self.dice.randint(least_ms, most_ms))


def soon(fact: Condition, most_ms: int = ANSWERED_MS) -> Condition:
    """Return a condition: `fact` holds, or the time is over that a person waits before looking again."""
    over = pause(most_ms)
    return lambda: fact() or over()


def kiosk_day(day: StationDay, window: KioskWindow) -> Script:
    """Let one visitor after the other take a number, some of them with priority."""
    window.flow.taken.connect(lambda issued: _tell_number(day, issued))
    robot, shell = day.robot, window.shell
    while True:
        yield lambda: shell.page is shell.home and window.flow.scene.board is not None
        yield day.some(SETTLE_MS, SETTLE_MS + 900)
        if day.told_to("close"):
            continue
        if day.dice.random() < 0.15 and robot.button("Layanan prioritas"):
            robot.click("Layanan prioritas")
            for words in ("Lansia", "Lanjut"):
                yield soon(robot.sees(words))
                yield pause(SETTLE_MS)
                if robot.button(words):
                    robot.click(words)
            yield soon(robot.sees(SERVICES[0]))
            yield pause(SETTLE_MS)
        service = day.dice.choice(SERVICES)
        if robot.button(service):
            robot.click(service)
        yield soon(lambda: shell.taken.isVisible() or robot.button(_FOR_A_GROUP) is not None, 8000)
        if robot.button(_FOR_A_GROUP):  # as many as these robots take within a minute
            robot.click(_FOR_A_GROUP)
            yield soon(shell.taken.isVisible, 8000)
        yield day.some(900, 1500)
        if shell.taken.isVisible():
            shell.taken.done.emit()


def _tell_number(day: StationDay, issued: IssuedTicket) -> None:
    day.tell("number", label=issued.ticket.label, alone=issued.ticket.id < 0)


def display_day(day: StationDay, window: DisplayWindow) -> Script:
    """Report every call that fills the screen, and where it began to listen. Nobody uses the display."""
    window.announcements.began.connect(lambda call: _tell_call(day, call))
    while window.feed.seq is None:
        yield pause(0)
    day.tell("listens", seq=window.feed.seq)
    while True:
        yield pause(1000)


def _tell_call(day: StationDay, call: Call) -> None:
    day.tell("call", seq=call.seq, label=call.label)


def counter_day(day: StationDay, window: CounterWindow) -> Script:
    """Sign in once, then call, receive, open cases, answer those of others, finish."""
    page, link = window.sign_in, window._link  # noqa: SLF001
    yield page.button.isEnabled
    page.officer.setCurrentIndex(page.officer.findData(f"p{day.number}"))
    page.password.insert(PASSWORD)
    day.robot.click("Masuk")
    yield lambda: window.session is not None and window.session.board is not None
    day.tell("signed in")
    while not day.told_to("end"):
        _clear_the_way(day, window)
        current = _current(window)
        if current is None:
            yield from _idle(day, window)
        elif current.state is TicketState.CALLED:
            yield day.some(300, 1500)
            yield from _press(day, window, Qt.Key.Key_F4, current)
        else:
            if day.dice.random() < 0.4:
                link.perform(partial(_open_case, day, current.id), refused=lambda _error: None)
            yield day.some(800, 5000)
            yield from _press(day, window, Qt.Key.Key_F9, current)
            if day.dice.random() < 0.5:
                link.perform(partial(_survey, day, current.id), refused=lambda _error: None)
    while True:
        yield pause(1000)


def _idle(day: StationDay, window: CounterWindow) -> Script:
    link = window._link  # noqa: SLF001
    if day.number in BACK_OFFICES:
        link.perform(partial(_answer_one, day), refused=lambda _error: None)
    link.perform(partial(_deliver_one, day), refused=lambda _error: None)
    session = window.session
    if session is not None and session.board is not None and session.board.next_up is not None:
        yield from _press(day, window, Qt.Key.Key_F2, None)
    yield day.some(300, 900)


def _press(day: StationDay, window: CounterWindow, key: Qt.Key, before: Ticket | None) -> Script:
    day.robot.press(key)
    state = None if before is None else before.state

    def moved() -> bool:
        now = _current(window)
        return (None if now is None else now.state) is not state

    yield soon(moved)


def _current(window: CounterWindow) -> Ticket | None:
    session = window.session
    return None if session is None or session.board is None else session.board.mine.current


def _clear_the_way(day: StationDay, window: CounterWindow) -> None:
    """Give the password again after idling, and close a box that came up."""
    box = QApplication.activeModalWidget()
    if isinstance(box, QDialog):
        day.tell("box", title=box.windowTitle())
        box.reject()
    page = window.lock.page
    if page is not None:
        QTest.keyClicks(page.password, PASSWORD)
        QTest.keyClick(page.password, Qt.Key.Key_Return)


Act = Callable[[Command], object]


def _acting(day: StationDay, office: Office, actor: Actor) -> Act:
    """Return a function that performs under a request of its own, and reports it when it is acknowledged."""

    def act(command: Command) -> object:
        request = new_id()
        answer = office.perform(command, actor, request)
        day.tell("done", act=type(command).__name__, request=request)
        return answer

    return act


def _open_case(day: StationDay, ticket_id: int, office: Office, actor: Actor) -> None:
    visit = office.read(lambda tx: visits.of_ticket(tx, ticket_id))
    if visit is not None:
        act = _acting(day, office, actor)
        act(OpenCase(visit_id=visit.id, detail=f"Permohonan {ticket_id}"))
        case = _first(office, "SELECT id FROM casefile WHERE visit_id = ?", visit.id)
        act(Escalate(case_id=case or 0, instruction="Mohon dicek"))


def _answer_one(day: StationDay, office: Office, actor: Actor) -> None:
    hop = _first(office, "SELECT min(id) FROM escalation WHERE state IN ('sent', 'received')")
    if hop is not None:
        _acting(day, office, actor)(AnswerEscalation(escalation_id=hop, answer="Cair Jumat"))


def _deliver_one(day: StationDay, office: Office, actor: Actor) -> None:
    query = "SELECT min(id) FROM casefile WHERE state = 'answered' AND owner_id = ?"
    case = _first(office, query, actor.officer_id or 0)
    if case is not None:
        _acting(day, office, actor)(DeliverAnswer(case_id=case, way=DeliveryChannel.PHONE, proof="Diangkat"))


def _survey(day: StationDay, ticket_id: int, office: Office, actor: Actor) -> None:
    said = SurveyAnswers(answers={element.key: 4 for element in questionnaire().elements})
    _acting(day, office, actor)(FillSurvey(ticket_id=ticket_id, said=said, mode=SurveyMode.ASSISTED))


def _first(office: Office, sql: str, *values: int) -> int | None:
    def look(tx: Transaction) -> int | None:
        found = tx.column(sql, *values)
        return None if not found or found[0] is None else int(found[0])

    return office.read(look)
