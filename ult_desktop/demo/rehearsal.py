"""The demo as it runs: the show for a person at a screen, and the rehearsal by robots without one."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.app.previews import pixmap_of
from ult_desktop.base import UserError, _, paths
from ult_desktop.base.bound_process import start_bound
from ult_desktop.base.own_program import own_command
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.demo import actor
from ult_desktop.demo.office import DEMO_STATION, PASSWORD, DemoOffice, prepare_office
from ult_desktop.devices.virtual_printer.canvas import Paper
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.lookup import tickets_today
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kit import Column, Theme, theme, widgets
from ult_desktop.ui.process import quit_on_signals

if TYPE_CHECKING:
    from collections.abc import Callable

PAPERS_SHOWN = 10  # the newest
PAPER_WIDTH = 320  # pixels


class PaperWindow(QWidget):
    """The window that shows the printer's paper, newest on top, and has buttons for a printer's troubles.

    Signals:
        paper_came: the printer made a `Paper`; its thread emits this.
        closed: the window was closed, which ends the demo.
    """

    paper_came = Signal(object)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWindowTitle(_("Printer karcis (tiruan)"))
        self.setProperty("kind", "page")
        column = Column(theme, self, gap=12, margins=(20, 20, 20, 20))
        self._words = widgets.Label("", "small", wrap=True)
        column.addWidget(self._words)
        self._buttons = Column(theme, gap=8)
        column.addLayout(self._buttons)
        self.empty = widgets.Label(_("Belum ada karcis. Ambil nomor di kios."), "body", "soft", wrap=True)
        self.papers = Column(theme, gap=16)
        self.papers.addStretch(1)
        content = QWidget()
        content.setProperty("kind", "scrolled")
        content.setLayout(self.papers)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        column.addWidget(self.empty)
        column.addWidget(area, 1)
        self.paper_came.connect(self._show_paper, Qt.ConnectionType.QueuedConnection)
        theme.apply(self)

    def explain(self, words: str) -> None:
        self._words.setText(words)

    def add_trouble_buttons(self, printer: VirtualPrinter) -> None:
        """Add a button for each trouble of this printer, and one that mends it."""
        troubles: tuple[tuple[str, Callable[[], None]], ...] = (
            (_("Kertas habis"), printer.paper_out),
            (_("Buka tutup"), printer.cover_open),
            (_("Macet"), printer.hang),
            (_("Perbaiki"), printer.restore),
        )
        for words, act in troubles:
            button = widgets.Button(self._theme, words)
            # `clicked` passes a bool; the default of `bound_act` is the act of this round of the loop.
            button.clicked.connect(lambda _checked=False, bound_act=act: bound_act())
            self._buttons.addWidget(button)

    def _show_paper(self, paper: Paper) -> None:
        self.empty.hide()
        picture, pixmap = QLabel(), pixmap_of(paper.image)
        picture.setPixmap(pixmap.scaledToWidth(PAPER_WIDTH, Qt.TransformationMode.SmoothTransformation))
        self.papers.insertWidget(0, picture, 0, Qt.AlignmentFlag.AlignHCenter)
        while self.papers.count() > PAPERS_SHOWN + 1:
            item = self.papers.takeAt(self.papers.count() - 2)
            if item is not None and (old := item.widget()) is not None:
                old.deleteLater()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)


STOP_TIMEOUT_S = 5.0  # for a station to end by itself


class Stations:
    """The processes of the demo's stations, which are stopped together."""

    def __init__(self, log_folder: Path, environment: Mapping[str, str]) -> None:
        self._logs = log_folder
        self._environment = dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: Sequence[str]) -> None:
        log = self._logs / f"{name}.log"
        with log.open("wb") as out:
            self._running[name] = start_bound([*own_command(), *arguments], out, self._environment)

    def exit_statuses(self) -> dict[str, int]:
        """Return the exit status of each station that has ended."""
        codes = {name: process.poll() for name, process in self._running.items()}
        return {name: code for name, code in codes.items() if code is not None}

    def have_ended(self) -> bool:
        return len(self.exit_statuses()) == len(self._running)

    def stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            try:
                process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


POLL_MS = 500
SIZES = {"kiosk": "576x1024", "counter-1": "1366x768", "counter-2": "1366x768", "display": "1280x720"}


def run_show(folder: Path) -> int:
    """Show kiosk, two counters, display and the paper window until the paper window is closed.

    It also ends when all stations have ended. Return the exit status.
    """
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    window = PaperWindow(Theme("counter"))
    printer = VirtualPrinter(on_paper=window.paper_came.emit)
    window.add_trouble_buttons(printer)
    demo = prepare_office(folder, printer.address)
    words = _("Kantor demo. Masuk di loket 1 sebagai {one}, di loket 2 sebagai {two}; kata sandi {password}.")
    window.explain(words.format(one=demo.officers[0], two=demo.officers[1], password=PASSWORD))
    stations = Stations(folder, os.environ)
    for name, size in SIZES.items():
        mode = name.partition("-")[0]
        arguments = [mode, "--database", str(demo.database), "--station", str(demo.settings_path(name))]
        stations.start(name, [*arguments, "--windowed", "--size", size])
    window.resize(400, 800)
    window.show()
    window.closed.connect(app.quit)
    poll = QTimer(app, interval=POLL_MS)
    poll.timeout.connect(lambda: app.quit() if stations.have_ended() else None)
    poll.start()
    quit_on_signals(app)
    try:
        return app.exec()
    finally:
        stations.stop()
        printer.close()


REHEARSAL_TIMEOUT_S = 150.0
POLL_S = 0.2
STATIONS = ("kiosk", *actor.VISITS, "display")


def rehearse(folder: Path, pictures: Path) -> str:
    """Let a robot play each station, in a process of its own; return the summary.

    The folder `pictures` gets the robots' pictures, the tickets, the logs and the summary.

    Raises:
        UserError: a robot did not reach the end of its script; its log says why.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    printer = VirtualPrinter()
    demo = prepare_office(folder, printer.address, silent=True)
    logs = pictures / "logs"
    logs.mkdir(exist_ok=True)
    stations = Stations(logs, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    try:
        for name in STATIONS:
            settings = demo.settings_path(name)
            stations.start(name, ["demo-actor", name, str(demo.database), str(settings), str(pictures)])
        _wait_until_ended(stations)
        for number, paper in enumerate(printer.papers, start=1):
            paper.image.save(pictures / f"ticket-{number}.png")
        papers, refused = len(printer.papers), len(printer.refused)
    finally:
        stations.stop()
        printer.close()
    _require_success(stations, logs)
    summary = _summary(demo, pictures, papers, refused)
    (pictures / "summary.txt").write_text(summary, encoding="utf-8")
    return summary


def _wait_until_ended(stations: Stations) -> None:
    deadline = time.monotonic() + REHEARSAL_TIMEOUT_S
    while not stations.have_ended() and time.monotonic() < deadline:
        if any(stations.exit_statuses().values()):
            return
        time.sleep(POLL_S)


def _require_success(stations: Stations, folder: Path) -> None:
    failed = [name for name, code in stations.exit_statuses().items() if code]
    if failed:
        raise UserError(
            _("Demo berhenti di {stations}.").format(stations=", ".join(failed)),
            todo=_("Lihat catatan di {folder}.").format(folder=folder),
        )


def _summary(demo: DemoOffice, pictures: Path, papers: int, refused: int) -> str:
    office = Office(demo.database, DEMO_STATION, paths.journal_path(DEMO_STATION))
    try:
        tickets = office.read(lambda tx: tickets_today(tx, office.clock(), None))
        verdict = office.verify()
    finally:
        office.close()
    done = [ticket for ticket in tickets if ticket.state is TicketState.DONE]
    lines = [
        _("Nomor diambil: {n}").format(n=", ".join(sorted(ticket.label for ticket in tickets))),
        _("Karcis tercetak: {n}, perintah yang ditolak printer: {r}").format(n=papers, r=refused),
        _("Selesai dilayani: {n}").format(n=len(done)),
        _("Berkas kantor: {state}, {n} catatan").format(
            state=_("utuh") if verdict.ok else _("TIDAK UTUH"), n=verdict.events
        ),
        _("Gambar: {folder}").format(folder=pictures),
    ]
    return "\n".join(lines) + "\n"
