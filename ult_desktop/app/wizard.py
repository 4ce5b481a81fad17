"""A window shown before a station or between two: the first set-up, the restore, a kiosk's PIN."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.app.identity import the_app
from ult_desktop.ui import process

# With the frame that the system adds, 1366×768 still shows all of it above a task bar.
SIZE = (1100, 640)


def show_wizard(window: QWidget) -> int:
    """Show `window` in a wizard's size, until it ends Qt's event loop; return the loop's exit status."""
    return run_window(window, partial(_show, window))


def run_window(window: QWidget, show: Callable[[], None]) -> int:
    """Run Qt's event loop with `window`, which `show` shows, and close it then; return the exit status."""
    app, watch = the_app(), process.GarbageWatch()
    process.quit_on_signals(app)
    try:
        show()
        return app.exec()
    finally:
        process.close_if_open(window)
        window.deleteLater()
        watch.close()


def _show(window: QWidget) -> None:
    room = QApplication.primaryScreen().availableGeometry()
    window.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
    window.move(room.center() - window.rect().center())
    window.show()
