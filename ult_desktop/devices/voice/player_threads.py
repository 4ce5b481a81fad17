"""A workaround that keeps a player's own threads away from Python, whose lock the window may hold.

Qt plays on threads of its own. A thread that takes its part of a player down holds Qt's lock of that part's
connections and notifies each sender of them. For a sender made in Python it asks, under the interpreter's
lock, whether Python overrides `disconnectNotify`. The window, in `QMediaPlayer.stop()`, has that lock and
waits for Qt's: both wait for ever. PySide asks an object only until it once found no override
(`Sbk_GetPyOverride` in its libshiboken), so each object is asked as soon as it is made, when no thread waits.
"""

# WORKAROUND seen with PySide6 6.12 (docs/devices.md, "Windows and pictures").
# https://bugreports.qt.io/browse/PYSIDE-803 is about the lock that virtual methods take, and about the cache
# of unused overrides that this fills; no report of `disconnectNotify` is known. It can go when PySide asks
# without the lock.

from PySide6.QtCore import QObject, QTimer


def keep_off_python(*objects: QObject) -> None:
    """Ask players, their sinks and outputs once. Call it on the thread that made them, before they play."""
    receiver = QTimer()
    for sender in objects:
        sender.destroyed.connect(receiver.stop)
        sender.destroyed.disconnect(receiver.stop)
