"""Draws the pictures of the manuals from the program as it is: run it before an installer is built.

It opens the wizard, and a demo office's kiosk and counter, where nobody sees them, goes through the pages
that the manuals name, and leaves the pictures in `resources/manual/pictures`, or in the folder that is named.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("ULT_FOLDER", tempfile.mkdtemp(prefix="ult-buku-"))
os.environ["TZ"] = "WITA-8"  # the demo office's: a window shows the PC's own until it has read the office
if sys.platform != "win32":
    time.tzset()

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.app.assemble import Launch, Mode, assemble
from ult_desktop.base.config import load_station
from ult_desktop.base.paths import journal_path
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.accountability.commands import AnswerAbsence
from ult_desktop.core.cases.commands import OpenCase
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.commands import SignGuestBook, WelcomeVisitor
from ult_desktop.db.store import clock
from ult_desktop.demo.actor import Robot, Script, pause
from ult_desktop.demo.office import DEMO_STATION, PASSWORD, prepare_office
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.ui.counter.help import manual_box
from ult_desktop.ui.kit.theme import Theme, prepare
from ult_desktop.ui.setup.draft import SetupDraft
from ult_desktop.ui.setup.window import SetupWindow

if TYPE_CHECKING:
    from ult_desktop.ui.counter.frame.workspace import Workspace
    from ult_desktop.ui.counter.window import CounterWindow

SIZE, WIZARD_SIZE = (1366, 768), (1024, 640)
# A Monday, 09.00 in the office's zone. Time stands still, so that two builds of a commit draw the same.
MORNING = to_stamp(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
STANDING = clock.ClockSources(ticks=lambda: 0, own=lambda: MORNING, share=lambda _folder, _station: MORNING)
VISITORS = 6
CASES = (
    ("Dedi Kurniawan", "SMPN 1 Tarakan", "Hasil akreditasi sekolah tahun lalu untuk lampiran laporan"),
    ("Maria Tandi", "SDN 004 Nunukan", "Cara memperbaiki data guru yang tercatat ganda di Dapodik"),
    ("Ahmad Fauzi", "Dinas Pendidikan Malinau", "Jadwal pendampingan rapor pendidikan triwulan ini"),
)


def names() -> set[str]:
    """Every picture that a manual or the page of the first day asks for."""
    topics = [topic.text for book in manual_box.load_manuals() for topic in book.topics]
    texts = (*topics, manual_box.load_sheet(manual_box.FIRST_DAY))
    return {name.removesuffix(".png") for text in texts for name in manual_box.pictures_of(text)}


WIZARD = {
    "hari-kantor-baru": SetupDraft(kind="server", place=r"\\SERVER\ult"),
    "hari-gabung": SetupDraft(kind="join", place=r"\\PC-1\ult\office.db"),
}
Drawn = Callable[[Robot], Script]


def wizard_tour(name: str, robot: Robot) -> Script:
    yield pause(600)
    robot.picture(name)


def kiosk_tour(robot: Robot) -> Script:
    yield robot.sees(load_office().services[0].name.indonesian)
    yield pause(1500)
    robot.picture("hari-kios")


def tour(robot: Robot, window: "CounterWindow") -> Script:
    page = window.sign_in
    yield page.button.isEnabled
    robot.picture("masuk")
    page.officer.setCurrentIndex(page.officer.findData("admin"))
    page.password.insert(PASSWORD)
    robot.click("Masuk")
    yield lambda: window.session is not None and window.session.board is not None
    yield pause(600)
    robot.press(Qt.Key.Key_F2)
    yield pause(900)
    robot.press(Qt.Key.Key_F4)
    yield pause(900)
    robot.picture("antrean")
    workspace = cast("Workspace", window.workspace)
    for where, about, name in (
        ("day", None, "hari-ini"),
        ("cases", None, "permohonan"),
        ("settings", "services", "pengaturan"),
        ("settings", "officers", "petugas"),
    ):
        workspace.show_page(where, about)
        yield pause(1500)
        robot.picture(name)


def draw(folder: Path) -> int:
    """Leave the pictures in `folder`; 0 when all of them could be drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    clock.SYSTEM = STANDING
    app = QApplication(sys.argv[:1])
    prepare(app)
    with tempfile.TemporaryDirectory() as scratch:
        place = prepare_office(Path(scratch), "none", silent=True)
        _fill(place.database)
        status = 0
        for name, draft in WIZARD.items():
            theme = Theme.for_window("counter", *WIZARD_SIZE)
            window = SetupWindow(theme, Path(scratch) / "wizard.toml", draft)
            status |= _drawn(app, window, folder, partial(wizard_tour, name), WIZARD_SIZE)
        for mode, settings, drawn in (
            (Mode.KIOSK, "kiosk", kiosk_tour),
            (Mode.COUNTER, "counter-1", lambda robot: tour(robot, cast("CounterWindow", robot.window))),
        ):
            at = load_station(place.settings_path(settings))
            station = assemble(Launch(mode, place.database, at, SIZE, 0.0))
            try:
                status |= _drawn(app, station.window, folder, drawn)
            finally:
                station.close()
    drawn = {path.stem: path for path in folder.glob("*.png")}
    for path in drawn.values():
        _made_small(path)
    return status or int(not names() <= drawn.keys())


def _made_small(path: Path) -> None:
    """Keep 256 colours of a picture: a third of the bytes, and no difference that a reader sees."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _drawn(
    app: QApplication, window: QWidget, folder: Path, script: Drawn, size: tuple[int, int] = SIZE
) -> int:
    """Let a robot go through the window; 0 when it came to its end."""
    window.resize(*size)
    window.show()
    robot = Robot(window, folder)
    robot.setObjectName("buku")
    robot.finished.connect(lambda fine: app.exit(0 if fine else 1))
    robot.follow(script(robot))
    status = app.exec()
    window.close()
    return status


def _fill(database: Path) -> None:
    """People wait and cases are open, so that the pages have something to show; nobody is missed today."""
    office = Office(database, DEMO_STATION, journal_path(DEMO_STATION))
    try:
        admin = office.sign_in("admin", PASSWORD)
        office.keys.open(admin, PASSWORD)
        for role in (Role.SECURITY, Role.RECEPTION):
            office.perform(AnswerAbsence(role=role, without=False), admin)
        for name, institution, detail in CASES:
            visit_id = office.perform(WelcomeVisitor(), admin).id
            line = SignGuestBook(visit_id=visit_id, name=name, institution=institution, purpose="informasi")
            office.perform(line, admin)
            office.perform(OpenCase(visit_id=visit_id, detail=detail, service_id=1), admin)
        for place in range(VISITORS):
            ask = IssueTicket(service_id=1 + place % 3, at_kiosk=True)
            office.perform(ask, Actor(station="kios-1"))
    finally:
        office.close()


if __name__ == "__main__":
    sys.exit(draw(Path(sys.argv[1]) if sys.argv[1:] else manual_box.pictures_folder()))
