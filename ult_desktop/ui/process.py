"""The process of a station on its PC: the only one of its name, with a log file, ended in order.

Python's cycles are taken apart in the thread of the windows alone. Left to itself Python collects in
whichever thread crosses its threshold. On a worker thread that ends the program at once when a cycle holds
a part of a window, for Qt takes its objects apart only where they live.
"""

import ctypes
import gc
import logging
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.base import UserError, _, paths
from ult_desktop.base.errors import RunsAlready
from ult_desktop.base.private_files import LogLine, PrivateLog
from ult_desktop.base.process_lock import ProcessLock, account
from ult_desktop.db.lock_check.location import on_network, system_mounts
from ult_desktop.pc import ending

log = logging.getLogger(__name__)
_SHARE_LOCK = "share"
_FRONT_REQUEST = ".wanted"  # suffix of the file by which a second start asks the running station to the front
_ANY_PROCESS = -1  # ASFW_ANY
ANSWER_S = 5.0  # in which a running station comes to the front
LOG_BYTES, LOG_FILES = 1_000_000, 5  # the size of a log file, and how many older ones are kept
SIGNAL_LOOK_MS = 200  # in which a signal of the system is noticed
LOOK_MS = 1000  # between two looks for requests of other processes, and at the garbage


def _lock_place(database: Path, name: str) -> Path:
    return paths.lock_path(_SHARE_LOCK if on_network(database, system_mounts()) else name)


def lock_station(database: Path, name: str) -> ProcessLock:
    """Return the lock of the station `name`, held until it is unlocked.

    Two kiosks under one name on one PC would print and journal over each other. On a share one PC runs one
    mode (docs/store.md, rule 4: several writers on one PC stall for 5-10 s over SMB).

    Raises:
        RunsAlready: it runs already.
        UserError: this PC's own folder cannot be written.
    """
    path = _lock_place(database, name)
    lock = ProcessLock(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        locked = lock.try_lock()
    except OSError as error:
        raise _own_folder_unwritable(path.parent) from error
    if locked:
        return lock
    other = lock.holder()
    if other not in ("", account()):
        raise RunsAlready(
            _("ult-desktop sudah berjalan di komputer ini, pada akun {account}.").format(account=other),
            _("Yang sudah berjalan tidak terganggu."),
            _("Keluar dari akun itu lebih dahulu (“Sign out”, tidak cukup berganti pengguna)."),
        )
    raise RunsAlready(
        _("Stasiun {station} sudah berjalan di komputer ini.").format(station=name)
        if path == paths.lock_path(name)
        else _("ult-desktop sudah berjalan di komputer ini."),
        _("Yang sudah berjalan tidak terganggu."),
        _("Pakai jendela yang sudah terbuka, atau beri nama lain (Pengaturan, Komputer ini)."),
        in_front=_bring_to_front(path.with_suffix(_FRONT_REQUEST)),
    )


def _bring_to_front(request: Path) -> bool:
    """Ask the station that runs, by a file, to show its window; return whether it answered in `ANSWER_S`."""
    if sys.platform == "win32":
        # Windows lets a program take the front only if the one that has it, here this one, allows it:
        # https://learn.microsoft.com/en-us/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    with suppress(OSError):
        request.touch()
        until = time.monotonic() + ANSWER_S
        while request.exists() and time.monotonic() < until:
            time.sleep(0.1)
        if not request.exists():  # the station answers by deleting it
            return True
        request.unlink(missing_ok=True)
    return False


def show_when_started_again(window: QWidget, database: Path, name: str) -> None:
    """Bring the station's window to the front when somebody starts it a second time."""
    request = _lock_place(database, name).with_suffix(_FRONT_REQUEST)

    def look() -> None:
        with suppress(OSError):
            request.unlink()  # fails unless somebody asked
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

    _look_each_second(window, look)


def _own_folder_unwritable(folder: Path) -> UserError:
    return UserError(
        _("Folder {folder} di komputer ini tidak dapat ditulisi.").format(folder=folder),
        _("Berkas kantor tidak tersentuh."),
        _("Periksa hak tulis dan ruang kosong di komputer ini."),
    )


def log_to_file(station: str) -> None:
    """Log to the station's own file too from now on, if that can be written."""
    path = paths.log_path(station)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = PrivateLog(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    except OSError as error:
        log.warning("no log file: %s", error)
        return
    for old in [known for known in logging.getLogger().handlers if isinstance(known, PrivateLog)]:
        logging.getLogger().removeHandler(old)
        old.close()
    handler.setFormatter(LogLine())
    logging.getLogger().addHandler(handler)


def log_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log a bug in a slot with its traceback; the station goes on."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    log.critical("a bug", exc_info=(kind, error, trace))


def quit_on_signals(app: QApplication) -> None:
    """End the program in order on Ctrl+C and on a shutdown of the system, which Qt alone ignores."""
    for number in (signal.SIGINT, signal.SIGTERM):
        # exit(), not quit(): since Qt 6 `quit` asks the windows to close, and a locked kiosk refuses.
        # https://doc.qt.io/qt-6/qcoreapplication.html#quit
        signal.signal(number, lambda *_args: app.exit(0))
    heartbeat = QTimer(app, interval=SIGNAL_LOOK_MS)
    # CPython runs a signal's handler between two of its own instructions, and within Qt's loop there are
    # none: https://docs.python.org/3/library/signal.html#execution-of-python-signal-handlers
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start()


RESTART = 76
"""The loop's status when the station is to begin again with its settings as they are now."""
SET_UP = 77
"""The loop's status when the wizard is to lead through this PC's settings again."""
RESTORE = 78
"""The loop's status when an office is to be restored from a backup."""

_ASKED_BY = "restore_asked_by"


def restart() -> None:
    """Close the window and begin again."""
    QApplication.exit(RESTART)


_OFFICE_AT = "office_at"


def go_on_at(old: Path, new: Path) -> None:
    """Close the window and begin again where the office is now.

    Any mention of `old` means `new` from then on.
    """
    app = QApplication.instance()
    if app is not None:
        # In the application, which lives on between two loops; the window and its link are gone by then.
        app.setProperty(_OFFICE_AT, {**(app.property(_OFFICE_AT) or {}), str(old): str(new)})
    restart()


def office_now_at(place: Path) -> Path:
    """Return where the office that was at `place` is now, as `go_on_at` said; else `place` itself."""
    app = QApplication.instance()
    moved = (app.property(_OFFICE_AT) if app is not None else None) or {}
    return Path(moved.get(str(place), place))


def set_up_again() -> None:
    """Close the window and open the wizard with this PC's settings; leaving it starts the station again."""
    QApplication.exit(SET_UP)


def restore(login: str = "") -> None:
    """Close the window and open that of the restore; leaving it starts the station again.

    `login` is that of the admin who asks; "" where the file is damaged or gone, and nobody can sign in.
    """
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_ASKED_BY, login)
    QApplication.exit(RESTORE)


def restore_asked_by(app: QApplication) -> str:
    """Return who asked for a restore last, as given to `restore`."""
    return str(app.property(_ASKED_BY))


def quit_when_asked(app: QApplication) -> None:
    """End in order, drafts and all, when somebody exchanges or removes the program."""

    def look() -> None:
        status = ending.requested_exit_status()
        if status is not None:
            app.exit(status)

    _look_each_second(app, look)


def _look_each_second(owner: QObject, look: Callable[[], None]) -> None:
    timer = QTimer(owner, interval=LOOK_MS)
    timer.timeout.connect(look)
    timer.start()


def close_if_open(window: QWidget) -> None:
    """Close the window, so that it ends what it runs and leaves the counter, unless it is closed already."""
    if window.isVisible():
        window.close()


class GarbageWatch(QObject):
    """The watch of Python's garbage.

    While it lives, only its own looks collect garbage. They come as often as Python's own would.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()
        # WORKAROUND cycles of Python that hold QObjects may be collected on any thread, and Qt wants them
        # deleted on their own: https://doc.qt.io/qt-6/threads-qobject.html; what happens else is described
        # in https://tschoenfelder.de/blog/pyqt_gc. It can go when PySide hands such objects to their
        # thread.
        self._by_itself = gc.isenabled()
        gc.disable()

    def close(self) -> None:
        self._timer.stop()
        if self._by_itself:
            gc.enable()


def collect_due() -> None:
    """Collect the oldest generation whose threshold is crossed, with all that are younger."""
    for generation in (2, 1, 0):
        # Python's own rule, without its further one for the oldest generation:
        # https://docs.python.org/3.11/library/gc.html#gc.set_threshold
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
