"""The wizard as a program: its window, and the mode whose place it took if it is left."""

from collections.abc import Callable
from pathlib import Path

from ult_desktop.app.assemble import Launch, run
from ult_desktop.app.identity import take_identity, the_app
from ult_desktop.app.wizard import SIZE, show_wizard
from ult_desktop.base.config import StationConfig, load_station
from ult_desktop.pc import ending
from ult_desktop.ui import process
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.theme import prepare
from ult_desktop.ui.setup.draft import Mode as DraftMode, SetupDraft
from ult_desktop.ui.setup.window import SetupWindow


def run_setup(
    station_file: Path, mode: DraftMode | None = None, if_left: Callable[[], Launch] | None = None
) -> int:
    """Set this PC up; return the exit status, `ending.SET_UP` if this PC has its mode now.

    Args:
        station_file: the PC's settings; those that are there already are offered again.
        mode: the mode that was to be started on a PC without settings.
        if_left: makes what is started if the wizard is left before its end; None ends the program.

    Raises:
        UserError: settings that are there are wrong, or the mode that was left cannot start.
    """
    status = process.SET_UP
    while status == process.SET_UP:
        if _show_wizard_for(station_file, mode):
            return ending.SET_UP
        if if_left is None:
            return 0
        status = run(if_left)
    return status


def _show_wizard_for(station_file: Path, mode: DraftMode | None) -> bool:
    """Show the wizard until it is finished or left; return whether it was finished."""
    app = the_app()
    prepare(app)
    take_identity(app, "counter")
    config = load_station(station_file) if station_file.exists() else StationConfig(mode=mode or "")
    window = SetupWindow(Theme.for_window("counter", *SIZE), station_file, SetupDraft.of_station(config))
    results: list[object] = []
    window.finished.connect(results.append)
    window.finished.connect(lambda _result: app.exit())
    show_wizard(window)
    return bool(results)
