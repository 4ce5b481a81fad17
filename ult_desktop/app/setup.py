"""The wizard as a program: its window, and then the mode that the PC was set up for."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ult_desktop.app.assemble import Launch, Mode, run
from ult_desktop.app.identity import take_identity, the_app
from ult_desktop.app.wizard import SIZE, show_wizard
from ult_desktop.base.config import StationConfig, load_station
from ult_desktop.db.store.server_address import office_at
from ult_desktop.ui import process
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.theme import prepare
from ult_desktop.ui.setup.draft import Mode as DraftMode, SetupDraft
from ult_desktop.ui.setup.window import SetupWindow


def run_setup(
    station_file: Path, mode: DraftMode | None = None, if_left: Callable[[], Launch] | None = None
) -> int:
    """Set this PC up and start the mode that it was set up for; return the exit status.

    Args:
        station_file: the PC's settings; those that are there already are offered again.
        mode: the mode that was to be started on a PC without settings.
        if_left: makes what is started if the wizard is left before its end; None ends the program.

    Raises:
        UserError: settings that are there are wrong, or the mode cannot start.
    """
    status = process.SET_UP
    while status == process.SET_UP:
        if _show_wizard_for(station_file, mode):
            if_left = partial(_launch, station_file)  # from now on this PC has its mode
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


def _launch(station_file: Path) -> Launch:
    config = load_station(station_file)
    return Launch(Mode(config.mode), office_at(config.database), config, settings=station_file)
