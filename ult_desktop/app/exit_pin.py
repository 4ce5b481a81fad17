"""The choice of an exit PIN, at a kiosk that fills the screen and has none yet; no PIN is preset."""

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from ult_desktop.app.wizard import run_window
from ult_desktop.base import UserError
from ult_desktop.base.config import default_path, load_station
from ult_desktop.base.station_file import write_station
from ult_desktop.ui import process
from ult_desktop.ui.kiosk.frame.pin_page import PinChoice
from ult_desktop.ui.kit import Theme


def ask_for_pin(settings: Path | None, database: Path) -> int:
    """Ask until a PIN is in the settings, or the page is left without one; return the loop's status.

    `settings` is the station's file, None the usual one. A file that is not there is made. Settings that name
    no office get `database`.
    """
    size = QApplication.primaryScreen().geometry()
    page = PinChoice(Theme.for_window("kiosk", size.width(), size.height()))

    def store_pin(pin: str) -> None:
        try:
            config = load_station(settings)
            place, kiosk = config.database or str(database), replace(config.kiosk, exit_pin=pin)
            write_station(settings or default_path(), replace(config, database=place, kiosk=kiosk))
        except UserError as error:
            page.refuse(error)
        else:
            process.restart()

    page.chosen.connect(store_pin)
    page.given_up.connect(QApplication.quit)
    return run_window(page, page.fill_screen)
