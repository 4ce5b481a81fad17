"""The demo on a screen: four stations and the paper, started together and ended together."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.program import answer_of, is_free, start, wait_until
from ult_desktop.demo.rehearsal import PAPER_WIDTH, PAPERS_SHOWN, PaperWindow, Stations
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kit.theme import Theme, prepare
from ult_desktop.ui.kit.widgets.button import Button

PAPER = TicketPaper(
    office=("UNIT LAYANAN TERPADU", "BPMP"), label="A012", service="Informasi", issued="hari ini", code="K7M2"
)


@pytest.mark.slow
def test_all_stations_come_up_and_go_together(tmp_path: Path, own_home: Path) -> None:
    process = start("demo", QT_QPA_PLATFORM="offscreen", TMPDIR=str(tmp_path))
    wait_until(lambda: modes(tmp_path) == ["counter", "counter", "display", "kiosk"], process)
    process.send_signal(signal.SIGTERM)
    answer = answer_of(process)
    assert answer.code == 0, answer.err
    assert all(is_free(path) for path in (own_home / "ult-desktop").glob("running-*.lock"))
    assert list(tmp_path.glob("ult-demo-*")) == []


def modes(folder: Path) -> list[str]:
    for path in folder.glob("ult-demo-*/office.db"):
        office = Office(path, "pengamat", folder / "journal.db")
        lines = office.hall_board().stations
        office.close()
        return sorted(line.mode for line in lines)
    return []


def test_a_station_that_does_not_listen_is_ended_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.demo.rehearsal.STOP_TIMEOUT_S", 0.1)
    deaf = "import signal as s; s.signal(s.SIGTERM, s.SIG_IGN); print('up', flush=True); s.pause()"
    monkeypatch.setattr("ult_desktop.demo.rehearsal.own_command", lambda: (sys.executable, "-c", deaf))
    stations = Stations(tmp_path, os.environ)
    stations.start("kiosk", [])
    log = tmp_path / "kiosk.log"
    wait_until(lambda: log.stat().st_size > 0, stations._running["kiosk"])
    assert not stations.have_ended()
    stations.stop()
    assert stations.exit_statuses() == {"kiosk": -signal.SIGKILL}


@pytest.fixture
def shown(qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[PaperWindow, VirtualPrinter]]:
    prepare(qapp)
    window = PaperWindow(Theme("counter"))
    device = VirtualPrinter(on_paper=window.paper_came.emit)
    window.add_trouble_buttons(device)
    window.explain("Masuk sebagai siti.")
    qtbot.addWidget(window)
    window.resize(400, 800)
    window.show()
    yield window, device
    device.close()


def press(window: PaperWindow, words: str) -> None:
    next(each for each in window.findChildren(Button) if each.text() == words).click()


@pytest.mark.slow
def test_the_paper_is_shown_newest_first(shown: tuple[PaperWindow, VirtualPrinter], qtbot: QtBot) -> None:
    window, device = shown
    printer = TicketPrinter(parse_address(device.address))
    assert window.empty.isVisible()
    for _n in range(PAPERS_SHOWN + 2):
        printer.print(PAPER)
    qtbot.waitUntil(lambda: window.papers.count() == PAPERS_SHOWN + 1)
    assert not window.empty.isVisible()
    (picture,) = (each for each in window.findChildren(QLabel) if window.papers.indexOf(each) == 0)
    assert picture.pixmap().width() == PAPER_WIDTH


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Kertas habis", PrinterState.PAPER_OUT),
        ("Buka tutup", PrinterState.COVER_OPEN),
        ("Macet", PrinterState.NO_ANSWER),
    ],
)
def test_the_printers_day_can_be_spoilt(
    shown: tuple[PaperWindow, VirtualPrinter], words: str, state: PrinterState
) -> None:
    window, device = shown
    printer = TicketPrinter(parse_address(device.address))
    press(window, words)
    assert printer.ask() is state
    press(window, "Perbaiki")
    assert printer.ask() is PrinterState.READY


def test_closing_the_paper_ends_the_demo(shown: tuple[PaperWindow, VirtualPrinter], qtbot: QtBot) -> None:
    window, _device = shown
    with qtbot.waitSignal(window.closed):
        window.close()
