"""The demo without a screen: robots play the stations, and pictures of everything are left behind."""

import os
import time
from pathlib import Path

from ult_desktop.base import UserError, _, paths
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.demo import processes, scripts
from ult_desktop.demo.office import DEMO_STATION, DemoOffice, prepare_office
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.lookup import tickets_today
from ult_desktop.operations.office.office import Office

LONGEST_S = 150.0
LOOK_S = 0.2
STATIONS = ("kiosk", *scripts.VISITS, "display")


def rehearse(folder: Path, pictures: Path) -> str:
    """Run the main job once as separate processes; returns the summary, also left as `summary.txt`.

    Raises:
        UserError: a station did not get to the end of its script; its log says why.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    printer = VirtualPrinter()
    place = prepare_office(folder, printer.address, silent=True)
    logs = pictures / "logs"
    logs.mkdir(exist_ok=True)
    stations = processes.Stations(logs, {**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    try:
        for name in STATIONS:
            stations.start(name, _arguments(name, place, pictures))
        _wait(stations)
        for number, paper in enumerate(printer.papers, start=1):
            paper.image.save(pictures / f"ticket-{number}.png")
        papers, refused = len(printer.papers), len(printer.refused)
    finally:
        stations.stop()
        printer.close()
    _require_fine(stations, logs)
    summary = _summary(place, pictures, papers, refused)
    (pictures / "summary.txt").write_text(summary, encoding="utf-8")
    return summary


def _arguments(name: str, place: DemoOffice, pictures: Path) -> list[str]:
    settings = place.station(name)
    return ["demo-actor", name, str(place.database), str(settings), str(pictures)]


def _wait(stations: processes.Stations) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not stations.all_ended() and time.monotonic() < deadline:
        if any(stations.ended().values()):
            return
        time.sleep(LOOK_S)


def _require_fine(stations: processes.Stations, folder: Path) -> None:
    wrong = [name for name, code in stations.ended().items() if code]
    if wrong:
        raise UserError(
            _("Demo berhenti di {stations}.").format(stations=", ".join(wrong)),
            todo=_("Lihat catatan di {folder}.").format(folder=folder),
        )


def _summary(place: DemoOffice, pictures: Path, papers: int, refused: int) -> str:
    office = Office(place.database, DEMO_STATION, paths.journal_path(DEMO_STATION))
    try:
        tickets = office.read(lambda tx: tickets_today(tx, office.clock(), None))
        verdict = office.verify()
    finally:
        office.close()
    done = sum(ticket.state is TicketState.DONE for ticket in tickets)
    lines = [
        _("Nomor diambil: {n}").format(n=", ".join(sorted(ticket.label for ticket in tickets))),
        _("Karcis tercetak: {n}, perintah yang ditolak printer: {r}").format(n=papers, r=refused),
        _("Selesai dilayani: {n}").format(n=done),
        _("Berkas kantor: {state}, {n} catatan").format(
            state=_("utuh") if verdict.ok else _("TIDAK UTUH"), n=verdict.events
        ),
        _("Gambar: {folder}").format(folder=pictures),
    ]
    return "\n".join(lines) + "\n"
