"""The window Rekap antarkantor as a program of its own: it opens no office."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from ult_desktop.app.identity import take_identity, the_app
from ult_desktop.app.wizard import SIZE, show_wizard
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.theme import prepare
from ult_desktop.ui.summary.window import SummaryWindow


def show_summaries(place: Path | None, today: Callable[[], date]) -> int:
    """Show the window until it is closed; return the exit status. `place` is the folder of summaries."""
    app = the_app()
    prepare(app)
    take_identity(app, "counter")
    return show_wizard(SummaryWindow(Theme.for_window("counter", *SIZE), place, today))
