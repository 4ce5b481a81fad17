"""An officer at a real counter window, by keyboard and mouse: `officer DATABASE SETTINGS TASK`.

They find what they want by what stands on it, and go on when they see what they wait for. Whoever else has a
part in the task works at another station. The officer reports "done" with the keys and clicks (typed words
apart), the time of its own (CPU, ms) that the program took for each act until its result was seen, and the
words that were sought in vain.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from benchmarks.actors.said import tell
from benchmarks.place import PASSWORD, open_office
from ult_desktop.app.assemble import Launch, Mode, assemble
from ult_desktop.base.config import load_station
from ult_desktop.core.access.roles import Actor, roles_from
from ult_desktop.core.cases import commands as cases
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands as queue
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.access import officers
from ult_desktop.db.office import services
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.theme import prepare

SIZE = (1366, 768)
PATIENCE_S = 15.0
RESTS_S = 1.0
_BLINK_S = 0.002
COUNTER = 1
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
VISITOR = "Ani Guru"
T = TypeVar("T")


class Lost(Exception):
    """The officer does not see what they need."""


@dataclass
class Hand:
    """The officer's hands and eyes on one window."""

    window: QWidget
    acts: int = 0
    spent: list[float] = field(default_factory=list)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN, *, sees: str = "") -> None:
        """Press a key wherever the keyboard is, and wait for what it shows."""
        focus = self._keyboard() or self.window
        self._act(lambda: QTest.keyClick(focus, key, held), sees)

    def click(self, words: str, *, sees: str = "") -> None:
        """Click the button, the tab or the row on which `words` stand."""
        target, place = self._await(lambda: self._find(words), words)
        self._act(lambda: QTest.mouseClick(target, LEFT, PLAIN, place), sees)

    def type(self, words: str) -> None:
        """Type into whatever has the keyboard, which is no act."""
        focus = self._keyboard()
        if focus is None or not _is_editor(focus):
            raise Lost(f"no field has the keyboard for {words!r}, but {type(focus).__name__}")
        QTest.keyClicks(focus, words)

    def wait_until(self, fact: Callable[[], bool], what: str) -> None:
        """Wait until it is so; `what` says what is missing else."""
        self._await(lambda: fact() or None, what)

    def rest(self) -> None:
        """Let the first pages come to rest, and count from here."""
        end = time.monotonic() + RESTS_S
        self.wait_until(lambda: time.monotonic() > end, "rest")
        self.acts, self.spent = 0, []

    def _act(self, act: Callable[[], object], sees: str) -> None:
        self.acts += 1
        began = time.process_time()
        act()
        self._await(lambda: not sees or self._sees(sees) or None, sees)
        self.spent.append((time.process_time() - began) * 1000)

    def _front(self) -> QWidget:
        """Return the window or the dialog over it.

        Offscreen, none becomes active by itself when a dialog closes.
        """
        front = QApplication.activeModalWidget() or self.window
        if not front.isActiveWindow():
            front.activateWindow()
            self._await(lambda: front.isActiveWindow() or None, "the window in front")
        return front

    def _keyboard(self) -> QWidget | None:
        return self._front().focusWidget()

    def _await(self, look: Callable[[], T | None], wanted: str) -> T:
        end = time.monotonic() + PATIENCE_S
        while True:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            found = look()
            if found is not None:
                return found
            # Else the eye itself would take the processor for as long as a disk is slow.
            time.sleep(_BLINK_S)
            if time.monotonic() > end:
                there = " | ".join(filter(None, self._written()))
                raise Lost(f"{wanted!r} is not to be seen; there is: {there[:2000]}")

    def _sees(self, words: str) -> bool:
        return any(words in each for each in self._written())

    def _written(self) -> Iterator[str]:
        """Yield every word on the window, its rows and its dialogs."""
        for widget in self.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            yield widget.text() if isinstance(widget, (QLabel, QAbstractButton)) else ""
            yield widget.accessibleName()
            if isinstance(widget, QAbstractItemView):
                yield from (words for words, _place in _rows(widget))

    def _find(self, words: str) -> tuple[QWidget, QPoint] | None:
        front = self._front()
        for widget in front.findChildren(QWidget):
            if widget.isVisible() and widget.isEnabled() and _is_called(widget, words):
                return widget, widget.rect().center()
        for tabs in front.findChildren(QTabBar):
            for number in range(tabs.count() if tabs.isVisible() else 0):
                if tabs.tabText(number).startswith(words):
                    return tabs, tabs.tabRect(number).center()
        for rows in front.findChildren(QAbstractItemView):
            for said, place in _rows(rows) if rows.isVisible() else ():
                if words in said:
                    return rows.viewport(), place
        return None


def _is_called(widget: QWidget, words: str) -> bool:
    if isinstance(widget, QAbstractButton):
        return words in (widget.text(), widget.accessibleName())
    return _is_editor(widget) and widget.accessibleName().startswith(words)


def _is_editor(widget: QWidget) -> bool:
    return isinstance(widget, (QLineEdit, QPlainTextEdit, QComboBox))


def _rows(view: QAbstractItemView) -> Iterator[tuple[str, QPoint]]:
    """Yield the rows of a list in words, and where each is."""
    model = view.model()
    for number in range(model.rowCount()):
        index = model.index(number, 0)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or ""
        yield str(said), view.visualRect(index).center()


class Others:
    """Whoever else of the office has a part in a task, at a station of their own."""

    def __init__(self, path: Path) -> None:
        self.office = open_office(path, "others")
        self._people = {row.login: row for row in self.office.read(officers.all_active)}

    def do(self, login: str, command: Command) -> Any:  # noqa: ANN401  (each ask has its own answer)
        """Perform as that officer; "" is the kiosk."""
        person = self._people.get(login)
        actor = Actor(station=self.office.station)
        if person is not None:
            roles = roles_from(person.roles)
            actor = Actor(station=actor.station, officer_id=person.id, name=person.name, roles=roles)
        return self.office.perform(command, actor)

    def come(self) -> int:
        """Let a visitor take a number; return its id."""
        service = self.office.read(services.active)[0]
        number: int = self.do("", queue.IssueTicket(service_id=service.id)).ticket.id
        return number

    def serve(self) -> int:
        """Call and receive a visitor at the counter; return the visit's id."""
        ticket = self.come()
        self.do("siti", queue.CallTicket(counter=COUNTER, ticket_id=ticket))
        self.do("siti", queue.Arrive(counter=COUNTER))
        visit = self.office.read(lambda tx: visits.of_ticket(tx, ticket))
        if visit is None:
            raise Lost("the visit of a number that is served")
        return visit.id

    def case(self) -> int:
        """Serve a visitor whose matter stays open; return the case's id."""
        visit = self.serve()
        self.do("siti", SignGuestBook(visit_id=visit, name=VISITOR, institution="SDN 1 Tarakan"))
        opened = self.do("siti", cases.OpenCase(visit_id=visit, detail="Tunjangan triwulan III belum cair"))
        self.do("siti", queue.Finish(counter=COUNTER))
        case: int = opened.id
        return case

    def escalate(self) -> None:
        """Send such a case to the back office."""
        self.do("siti", cases.Escalate(case_id=self.case(), instruction="Mohon jadwal pencairannya."))


@dataclass(frozen=True)
class Task:
    """A task: whose it is, what was before, what the hand does; `proof` counts the rows that it makes."""

    login: str
    before: Callable[[Others], object]
    script: Callable[[Hand], object]
    proof: str
    page: str = ""


def call_next(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F2, sees="dipanggil")


def finish(hand: Hand) -> None:
    """End with an outcome from the office's list, by its digit."""
    hand.press(Qt.Key.Key_F9, sees="Hasil")
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_F9, sees="selesai: ")


def transfer(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F7, sees="Alihkan")
    hand.press(Qt.Key.Key_B)
    hand.press(Qt.Key.Key_Return, sees="Urungkan")


def sign_guest_book(hand: Hand) -> None:
    hand.press(Qt.Key.Key_F9, sees="buku tamu")
    hand.press(Qt.Key.Key_B, sees="Nama")
    hand.type(VISITOR)
    hand.press(Qt.Key.Key_Tab)
    hand.type("SDN 1 Tarakan")
    hand.press(Qt.Key.Key_Return, CTRL, sees=VISITOR)


def answer_at_once(hand: Hand) -> None:
    """Write question and answer; delivery, outcome, closing and finishing come with them."""
    hand.press(Qt.Key.Key_J, CTRL, sees="Jawab dan selesaikan")
    hand.type("Kapan tunjangan triwulan IV cair?")
    hand.press(Qt.Key.Key_Tab)
    hand.type("Mulai 15 Desember 2026.")
    hand.press(Qt.Key.Key_Return, CTRL, sees="A001 selesai")
    hand.press(Qt.Key.Key_Return, sees="selesai.")


def receive(hand: Hand) -> None:
    """Receive a guest at the reception: guest book, and a number."""
    hand.press(Qt.Key.Key_T, CTRL, sees="Nama")
    hand.type(VISITOR)
    hand.press(Qt.Key.Key_Tab)
    hand.type("SDN 1 Tarakan")
    hand.press(Qt.Key.Key_Return, CTRL, sees=VISITOR)
    hand.press(Qt.Key.Key_N, CTRL, sees="Layanan")
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return, sees="A001")


def open_case(hand: Hand) -> None:
    hand.press(Qt.Key.Key_2, ALT, sees="Isi permohonan")
    hand.click("Isi permohonan")
    hand.type("Tunjangan triwulan III belum cair")
    hand.press(Qt.Key.Key_Return, CTRL, sees="0001/ULT")


def send_on(hand: Hand) -> None:
    hand.click(f"{VISITOR},", sees="Teruskan")
    hand.click("Teruskan", sees="Kepada")
    hand.click("Pertanyaan")
    hand.type("Mohon jadwal pencairannya.")
    hand.press(Qt.Key.Key_Return, CTRL, sees="diteruskan")


def answer_in_back_office(hand: Hand) -> None:
    hand.click(f"{VISITOR},", sees="Lembar disposisi")
    hand.press(Qt.Key.Key_Return, sees="diterima")
    hand.click("Jawab", sees="Batal")
    hand.type("Cair 15 Desember 2026.")
    hand.press(Qt.Key.Key_Return, CTRL, sees="Pilih sebuah permintaan")


def answer_call(hand: Hand) -> None:
    """Answer a question at once, from the greeting to the last word."""
    hand.press(Qt.Key.Key_F12, sees="Nama")
    hand.type(VISITOR)
    hand.click("Pertanyaan")
    hand.type("Kapan tunjangan triwulan IV cair?")
    hand.press(Qt.Key.Key_Return, CTRL, sees="Jawaban")
    hand.type("Mulai 15 Desember 2026.")
    hand.press(Qt.Key.Key_Return, CTRL, sees="Tutup telepon")
    hand.press(Qt.Key.Key_Return, sees="Telepon selesai")


def change_page(hand: Hand) -> None:
    hand.click("Permohonan", sees="Lewat waktu")


TASKS = {
    "call": Task("siti", Others.come, call_next, "SELECT count(*) FROM ticket WHERE state = 'called'"),
    "finish": Task("siti", Others.serve, finish, "SELECT count(*) FROM ticket WHERE state = 'done'"),
    "transfer": Task("siti", Others.serve, transfer, "SELECT count(*) FROM ticket WHERE state = 'waiting'"),
    "guest book": Task("siti", Others.serve, sign_guest_book, "SELECT count(*) FROM guest"),
    "answer": Task(
        "siti", Others.serve, answer_at_once, "SELECT count(*) FROM casefile WHERE state = 'closed'"
    ),
    "reception": Task("nina", lambda _: None, receive, "SELECT count(*) FROM ticket JOIN guest", page="Tamu"),
    "case": Task("siti", Others.serve, open_case, "SELECT count(*) FROM casefile"),
    "escalate": Task("siti", Others.case, send_on, "SELECT count(*) FROM escalation", page="Permohonan"),
    "back office": Task(
        "backoffice",
        Others.escalate,
        answer_in_back_office,
        "SELECT count(*) FROM escalation WHERE state = 'answered'",
    ),
    "phone": Task(
        "telepon", lambda _: None, answer_call, "SELECT count(*) FROM phone_call WHERE state = 'ended'"
    ),
    "page": Task("siti", Others.come, change_page, "SELECT 1"),
}


def sign_in(window: CounterWindow, hand: Hand, task: Task) -> None:
    """Sign in before the task begins; it is not counted."""
    page = window.sign_in
    hand.wait_until(page.button.isEnabled, "the sign-in")
    at = COUNTER if task.login == "siti" else None
    page.counter.setCurrentIndex(page.counter.findData(at))
    page.counter.activated.emit(page.counter.currentIndex())
    page.officer.setCurrentIndex(page.officer.findData(task.login))
    page.password.setText(PASSWORD)
    page.button.click()
    hand.wait_until(lambda: window.workspace is not None and window.workspace.isVisible(), "the counter")
    if task.page:
        hand.click(task.page)


def main(database: str, settings: str, name: str) -> int:
    app = QApplication(sys.argv[:1])
    prepare(app)
    task, lost = TASKS[name], ""
    others = Others(Path(database))
    for login in (
        task.login,
        "admin",
    ):  # whose keys are there when the admin comes gets personal data to read
        others.office.sign_in(login, PASSWORD)
    others.do("siti", queue.StaffCounter(counter=COUNTER))
    task.before(others)
    station = assemble(Launch(Mode.COUNTER, Path(database), load_station(Path(settings)), SIZE))
    if not isinstance(station.window, CounterWindow):
        raise TypeError(station.window)
    station.window.resize(*SIZE)
    station.window.show()
    hand = Hand(station.window)
    try:
        sign_in(station.window, hand, task)
        hand.rest()
        task.script(hand)
    except Lost as why:
        lost = str(why)
    done = bool(others.office.read(lambda tx: tx.number(task.proof)))
    tell("done", acts=hand.acts, spent=hand.spent, lost=lost, done=done)
    others.office.close()
    station.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
