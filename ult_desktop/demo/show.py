"""The demo on a screen: every mode in a window of its own, the printer's paper beside them."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ult_desktop.base import _
from ult_desktop.demo import office, processes
from ult_desktop.demo.paper_window import PaperWindow
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.kit import Theme, theme
from ult_desktop.ui.process import quit_on_signals

LOOK_MS = 500
SIZES = {"kiosk": "576x1024", "counter-1": "1366x768", "counter-2": "1366x768", "display": "1280x720"}


def run_show(folder: Path) -> int:
    """Start kiosk, two counters, display and the paper window; ends when the paper window is closed."""
    app = QApplication(sys.argv[:1])
    theme.prepare(app)
    window = PaperWindow(Theme("counter"))
    printer = VirtualPrinter(on_paper=window.paper_came.emit)
    window.control(printer)
    place = office.prepare_office(folder, printer.address)
    words = _("Kantor demo. Masuk di loket 1 sebagai {one}, di loket 2 sebagai {two}; kata sandi {password}.")
    window.explain(words.format(one=place.officers[0], two=place.officers[1], password=office.PASSWORD))
    stations = processes.Stations(folder, os.environ)
    for name, size in SIZES.items():
        mode = name.partition("-")[0]
        arguments = [mode, "--database", str(place.database), "--station", str(place.station(name))]
        stations.start(name, [*arguments, "--windowed", "--size", size])
    window.resize(400, 800)
    window.show()
    window.closed.connect(app.quit)
    watch = QTimer(app, interval=LOOK_MS)
    watch.timeout.connect(lambda: app.quit() if stations.all_ended() else None)
    watch.start()
    quit_on_signals(app)
    try:
        return app.exec()
    finally:
        stations.stop()
        printer.close()
