"""Keeps a player's own threads away from Python, whose lock the window holds while it waits for them.

Qt plays on threads of its own. One that takes its part of a player down holds Qt's lock of that part's
connections and tells each sender of them. A sender made in Python asks there, under the interpreter's lock,
whether Python overrides `disconnectNotify`; the window, in `QMediaPlayer.stop()`, has that lock and waits for
Qt's. Both stand still for ever. PySide asks an object only until it once found no override
(`Sbk_GetPyOverride` in its libshiboken), so each is asked where nobody waits: as soon as it is made.
"""

from PySide6.QtCore import QObject, QTimer


def keep_off_python(*made: QObject) -> None:
    """Call it on the thread that made them, before they play: players, their sinks and outputs."""
    receiver = QTimer()
    for sender in made:
        sender.destroyed.connect(receiver.stop)
        sender.destroyed.disconnect(receiver.stop)
