"""The robots that play the demo's stations, and their scripts."""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ult_desktop.app.assemble import Launch, Mode, assemble
from ult_desktop.base.config import load_station
from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.demo.office import PASSWORD
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import prepare

log = logging.getLogger(__name__)
POLL_MS = 60  # between two looks at a script's condition
SETTLE_MS = 700  # the kiosk ignores touches for so long after a change of page
TIMEOUT_MS = 45_000  # for a condition to come true

Condition = Callable[[], bool]
Script = Iterator[Condition]
"""A generator that acts, and yields the condition to wait for before it goes on."""


class Robot(QObject):
    """The robot that follows a script in a window, and takes pictures of it.

    Signals:
        finished: the script is over (True), or a condition did not come true in time (False).
    """

    finished = Signal(bool)

    def __init__(self, window: QWidget, pictures: Path) -> None:
        super().__init__(window)
        self.window = window
        self._pictures = pictures
        self._script: Script = iter(())
        self._condition: Condition = lambda: True
        self._waited_ms = 0
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, script: Script) -> None:
        self._script = script
        self._timer.start()

    def click(self, words: str) -> None:
        """Click the button whose text or spoken name begins with `words`."""
        button = self.button(words)
        if button is None:
            raise LookupError(words)
        button.click()

    def touch(self, words: str) -> Script:
        """Wait for the button, let a new page settle, then click as a visitor would."""
        yield self.sees(words)
        yield pause(SETTLE_MS)
        self.click(words)

    def button(self, words: str) -> QAbstractButton | None:
        """Return the button that a person could press whose text or spoken name begins with `words`."""
        for button in self.window.window().findChildren(QAbstractButton):
            is_named = button.text().startswith(words) or button.accessibleName().startswith(words)
            if is_named and button.isVisible() and button.isEnabled():
                return button
        return None

    def sees(self, words: str) -> Condition:
        return lambda: self.button(words) is not None

    def press(self, key: Qt.Key) -> None:
        """Trigger the window's shortcut of this key."""
        for shortcut in self.window.findChildren(QShortcut):
            if shortcut.key() == QKeySequence(key) and shortcut.isEnabled():
                shortcut.activated.emit()

    def picture(self, name: str) -> None:
        self.window.grab().save(str(self._pictures / f"{name}.png"))

    def _step(self) -> None:
        if not self._condition():
            self._waited_ms += POLL_MS
            if self._waited_ms > TIMEOUT_MS:
                log.error("waited in vain at %s", getattr(self._script, "gi_frame", None))
                self.picture(f"{self.objectName()}-macet")
                self._finish(succeeded=False)
            return
        self._waited_ms = 0
        try:
            self._condition = next(self._script)
        except StopIteration:
            self._finish(succeeded=True)

    def _finish(self, *, succeeded: bool) -> None:
        self._timer.stop()
        self.finished.emit(succeeded)


def pause(milliseconds: int) -> Condition:
    """Return a condition that comes true after a while, so that an animation is over in a picture."""
    remaining_ms = milliseconds

    def is_over() -> bool:
        nonlocal remaining_ms
        remaining_ms -= POLL_MS  # a robot asks once every `POLL_MS`
        return remaining_ms <= 0

    return is_over


SERVICES = ("Informasi", "Dapodik", "Tunjangan")  # the kiosk takes a number for each, and a priority number
VISITS = {"counter-1": 2, "counter-2": 2}  # the visitors whom each counter serves
PRINTED_MS = 900  # until the number's page says that its ticket is printed


def kiosk_script(robot: Robot, window: KioskWindow) -> Script:
    """Take the numbers, a priority number too, and look at the page in English."""
    yield robot.sees("Informasi")
    yield pause(500)
    robot.picture("kiosk-1-beranda")
    for number, service in enumerate(SERVICES):
        yield from _take_number(robot, window, service, "kiosk-2-nomor" if number == 0 else "")
    yield from robot.touch("Layanan prioritas")
    yield robot.sees("Lansia")
    yield pause(300)
    robot.picture("kiosk-3-prioritas")
    yield from robot.touch("Lansia")
    yield from robot.touch("Lanjut")
    yield from _take_number(robot, window, "Informasi", "kiosk-4-nomor-prioritas")
    yield from robot.touch("English")
    yield robot.sees("Information")
    yield pause(300)
    robot.picture("kiosk-5-english")


def _take_number(robot: Robot, window: KioskWindow, service: str, picture: str) -> Script:
    yield from robot.touch(service)
    # Not the number's page: a waiting counter calls the number at once, which ends that page.
    yield lambda: window.flow.scene.issued is not None
    if picture:
        yield pause(PRINTED_MS)
        robot.picture(picture)
    window.end_visit()
    yield robot.sees("Tampilan")


def counter_script(visits: int, login: str) -> Callable[[Robot, CounterWindow], Script]:
    """Return a script: the officer signs in and serves `visits` visitors by keyboard."""

    def script(robot: Robot, window: CounterWindow) -> Script:
        name, page = robot.objectName(), window.sign_in
        yield page.button.isEnabled
        robot.picture(f"{name}-1-masuk")
        page.officer.setCurrentIndex(page.officer.findData(login))
        page.password.insert(PASSWORD)
        robot.click("Masuk")
        yield lambda: window.session is not None and window.session.board is not None
        yield pause(2000)  # the display's picture without a call is taken first
        for number in range(visits):
            # Until somebody is called: the other counter may have been faster.
            while _board(window).mine.current is None:
                yield lambda: _board(window).next_up is not None
                robot.press(Qt.Key.Key_F2)
                yield pause(800)
            yield from _serve_one(robot, window, f"{name}-2" if number == 0 else "")
        yield pause(600)
        robot.picture(f"{name}-3-selesai")

    return script


def _serve_one(robot: Robot, window: CounterWindow, pictures: str) -> Script:
    yield pause(500)
    if pictures:
        robot.picture(f"{pictures}-dipanggil")
    robot.press(Qt.Key.Key_F4)
    yield lambda: _is_serving(window)
    yield pause(600)
    if pictures:
        robot.picture(f"{pictures}-melayani")
    robot.press(Qt.Key.Key_F9)  # the missing parts are shown
    yield pause(800)
    robot.press(Qt.Key.Key_F9)
    yield lambda: _board(window).mine.current is None


def _is_serving(window: CounterWindow) -> bool:
    visitor = _board(window).mine.current
    return visitor is not None and visitor.arrived_at is not None


def _board(window: CounterWindow) -> CounterBoard:
    session = window.session
    if session is None or session.board is None:
        raise LookupError("no board yet")
    return session.board


def display_script(robot: Robot, window: DisplayWindow) -> Script:
    """Take pictures of a call that fills the screen and, after the last call, of the list of calls."""
    began: list[object] = []
    ended: list[object] = []
    window.announcements.began.connect(began.append)
    window.announcements.over.connect(lambda: ended.append(1))
    yield lambda: not window.lobby.stage.is_waiting
    yield pause(1100)  # the clock ticks once in the office's zone
    robot.picture("display-1-tenang")
    yield lambda: bool(began)
    yield pause(1200)
    robot.picture("display-2-panggilan")
    yield lambda: len(ended) >= sum(VISITS.values())
    yield pause(600)
    robot.picture("display-3-daftar")


MIN_SHOWN_S = 2.5  # of a call on the display, which nobody has to read
LOGINS = {"counter-1": "siti", "counter-2": "budi"}
SIZES = {Mode.KIOSK: (1080, 1920), Mode.COUNTER: (1366, 768), Mode.DISPLAY: (1920, 1080)}


def run_actor(name: str, database: Path, settings: Path, pictures: Path) -> int:
    """Play the station `name` ("kiosk", "counter-1", "display"); return 0 if its script came to its end."""
    logging.basicConfig(level=logging.INFO)
    app = QApplication(sys.argv[:1])
    sys.excepthook = _end_at_bug
    prepare(app)
    mode = Mode(name.partition("-")[0])
    station = assemble(Launch(mode, database, load_station(settings), SIZES[mode], MIN_SHOWN_S))
    station.window.resize(*SIZES[mode])
    station.window.show()
    robot = Robot(station.window, pictures)
    robot.setObjectName(name)
    robot.finished.connect(lambda succeeded: app.exit(0 if succeeded else 1))
    robot.follow(_script(robot, name))
    try:
        return app.exec()
    finally:
        station.close()


def _end_at_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End this station after any bug: nobody is at its screen who could go on."""
    log.critical("a bug", exc_info=(kind, error, trace))
    QApplication.exit(1)


def _script(robot: Robot, name: str) -> Script:
    window = robot.window
    if isinstance(window, KioskWindow):
        return kiosk_script(robot, window)
    if isinstance(window, DisplayWindow):
        return display_script(robot, window)
    if isinstance(window, CounterWindow):
        return counter_script(VISITS[name], LOGINS[name])(robot, window)
    raise TypeError(window)
