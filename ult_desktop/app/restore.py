"""The window that is shown in place of a station's while its office is restored."""

from ult_desktop.app.wizard import SIZE, show_wizard
from ult_desktop.ui import process
from ult_desktop.ui.kit import Theme
from ult_desktop.ui.restore.window import RestorePlace, RestoreWindow

__all__ = ["RestorePlace", "show_restore"]


def show_restore(place: RestorePlace) -> int:
    """Show the restore until it is left; return the loop's status."""
    window = RestoreWindow(Theme.for_window("counter", *SIZE), place)
    window.left.connect(process.restart)
    return show_wizard(window)
