"""What the robots do at each station when the demo runs by itself."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from ult_desktop.core.queue.boards import CounterBoard
from ult_desktop.demo.office import PASSWORD
from ult_desktop.demo.robot import Robot, Script, pause
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow

SERVICES = ("Informasi", "Dapodik", "Tunjangan")  # and a priority number
VISITS = {"counter-1": 2, "counter-2": 2}
PRINTED_MS = 900


def kiosk_script(robot: Robot, window: KioskWindow) -> Script:
    """Take a few numbers and a priority number, look at the views."""
    yield robot.sees("Informasi")
    yield pause(500)
    robot.picture("kiosk-1-beranda")
    for turn, service in enumerate(SERVICES):
        yield from _take(robot, window, service, "kiosk-2-nomor" if turn == 0 else "")
    yield from robot.touch("Layanan prioritas")
    yield robot.sees("Lansia")
    yield pause(300)
    robot.picture("kiosk-3-prioritas")
    yield from robot.touch("Lansia")
    yield from robot.touch("Lanjut")
    yield from _take(robot, window, "Informasi", "kiosk-4-nomor-prioritas")
    yield from robot.touch("English")
    yield robot.sees("Information")
    yield pause(300)
    robot.picture("kiosk-5-english")


def _take(robot: Robot, window: KioskWindow, service: str, picture: str) -> Script:
    yield from robot.touch(service)
    yield window.shell.taken.isVisible
    if picture:
        yield pause(PRINTED_MS)
        robot.picture(picture)
    window.shell.taken.done.emit()
    yield robot.sees("Tampilan")


def counter_script(visits: int, login: str) -> Callable[[Robot, CounterWindow], Script]:
    """Sign in, serve `visits` visitors by keyboard, look at the day."""

    def script(robot: Robot, window: CounterWindow) -> Script:
        name, page = robot.objectName(), window.sign_in
        yield page.button.isEnabled
        robot.picture(f"{name}-1-masuk")
        page.officer.setCurrentIndex(page.officer.findData(login))
        robot.type_into(page.password, PASSWORD)
        robot.click("Masuk")
        yield lambda: window.session is not None and window.session.board is not None
        yield pause(2000)  # the display shows its calm face first
        for turn in range(visits):
            yield from _call_next(robot, window)
            yield from _serve_one(robot, window, f"{name}-2" if turn == 0 else "")
        yield pause(600)
        robot.picture(f"{name}-3-selesai")

    return script


def _call_next(robot: Robot, window: CounterWindow) -> Script:
    """Press F2 until somebody is called: the other counter may have been faster."""
    while _board(window).mine.current is None:
        yield lambda: _board(window).next_up is not None
        robot.press(Qt.Key.Key_F2)
        yield pause(800)


def _serve_one(robot: Robot, window: CounterWindow, pictures: str) -> Script:
    yield pause(500)
    if pictures:
        robot.picture(f"{pictures}-dipanggil")
    robot.press(Qt.Key.Key_F4)
    yield lambda: (visitor := _board(window).mine.current) is not None and visitor.arrived_at is not None
    yield pause(600)
    if pictures:
        robot.picture(f"{pictures}-melayani")
    robot.press(Qt.Key.Key_F9)  # what is missing is told
    yield pause(800)
    robot.press(Qt.Key.Key_F9)
    yield lambda: _board(window).mine.current is None


def _board(window: CounterWindow) -> CounterBoard:
    session = window.session
    if session is None or session.board is None:
        raise LookupError("no board yet")
    return session.board


def display_script(robot: Robot, window: DisplayWindow) -> Script:
    """Watch a first call fill the screen, then, when all are over, the list of calls."""
    began: list[object] = []
    over: list[object] = []
    window.announcements.began.connect(began.append)
    window.announcements.over.connect(lambda: over.append(1))
    yield lambda: not window.lobby.stage.is_waiting
    yield pause(1100)  # the clock ticks once in the office's zone
    robot.picture("display-1-tenang")
    yield lambda: bool(began)
    yield pause(1200)
    robot.picture("display-2-panggilan")
    yield lambda: len(over) >= sum(VISITS.values())
    yield pause(600)
    robot.picture("display-3-daftar")
