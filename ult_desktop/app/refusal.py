"""The window that says why the program did not start; the program has no other window then."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ult_desktop.app.identity import the_app
from ult_desktop.base import UserError, _
from ult_desktop.pc.desktop import Desktop, desktop
from ult_desktop.ui.kit.dialogs import tell
from ult_desktop.ui.kit.theme import Theme, prepare

WIDTH, HEIGHT = 720, 480  # pixels


def show_refusal(words: str, seconds: float | None = None) -> None:
    """Show `words` until a person closes them, or for `seconds`; without a screen do nothing."""
    if desktop() is Desktop.NOWHERE:
        return
    app = the_app()
    prepare(app)
    theme, window = Theme("counter"), QWidget()
    window.resize(WIDTH, HEIGHT)
    theme.apply(window)
    box = tell(window, theme, UserError(_("ult-desktop berhenti"), todo=words), app.quit)
    if seconds is not None:
        QTimer.singleShot(round(seconds * 1000), box, box.close)
    app.exec()
