"""One station of the demo that runs by itself: the real window, used by a robot."""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from ult_desktop.app.assemble import Launch, Mode, assemble
from ult_desktop.base.config import load_station
from ult_desktop.demo.robot import Robot, Script
from ult_desktop.demo.scripts import VISITS, counter_script, display_script, kiosk_script
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import prepare

log = logging.getLogger(__name__)
HOLD_S = 2.5  # nobody has to read the screen
LOGINS = {"counter-1": "siti", "counter-2": "budi"}
SIZES = {Mode.KIOSK: (1080, 1920), Mode.COUNTER: (1366, 768), Mode.DISPLAY: (1920, 1080)}


def run_actor(name: str, database: Path, settings: Path, pictures: Path) -> int:
    """Play the station `name` ("kiosk", "counter-1", "display"); 0 when the script came to its end."""
    logging.basicConfig(level=logging.INFO)
    app = QApplication(sys.argv[:1])
    sys.excepthook = _give_up
    prepare(app)
    mode = Mode(name.partition("-")[0])
    station = assemble(Launch(mode, database, load_station(settings), SIZES[mode], HOLD_S))
    station.window.resize(*SIZES[mode])
    station.window.show()
    robot = Robot(station.window, pictures)
    robot.setObjectName(name)
    robot.finished.connect(lambda fine: app.exit(0 if fine else 1))
    robot.follow(_script(robot, name))
    try:
        return app.exec()
    finally:
        station.close()


def _give_up(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Any bug ends the demo at once: nobody is there to go on in spite of it."""
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
