"""The end of the stations that run on this PC, and their restart when the program has been exchanged."""

import ctypes
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.process_lock import ProcessLock

RUNS_ALREADY = 79  # the exit status of a second start of a station
SET_UP = 80  # the exit status of a mode after the wizard: what this PC was set up for is to be started
COME_BACK = 75  # the exit status of a station that is to start again when the program has been exchanged
PATIENCE_S = 60.0  # how long stations are given to end
_COUNTS_S = 90.0  # how long a request to end counts after it was written
_LOOK_S = 0.2
_AGAIN = "again"  # the text of a request after which the stations start again


def _request() -> Path:
    return paths.data_folder() / "end.request"


def asked_to_end() -> int | None:
    """Return the exit status with which this station has to end; None while nobody asks it to."""
    with suppress(OSError):
        # A request that a killed installer left behind must not end every station at its start.
        if abs(time.time() - _request().stat().st_mtime) < _COUNTS_S:
            return COME_BACK if _request().read_text() == _AGAIN else 0
    return None


def end_after_others() -> None:
    """Have Windows end this process after those with windows when it shuts down.

    A supervisor that ended before its station would take the station along.
    """
    if sys.platform == "win32":
        # Others have 0x280; lower ones are ended later:
        # https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-setprocessshutdownparameters
        ctypes.windll.kernel32.SetProcessShutdownParameters(0x180, 0)


def session_ends() -> bool:
    """Return whether Windows is shutting down or signing this account off."""
    # https://learn.microsoft.com/en-us/windows/win32/api/winuser/nf-winuser-getsystemmetrics
    shutting_down = 0x2000
    return sys.platform == "win32" and bool(ctypes.windll.user32.GetSystemMetrics(shutting_down))


@contextmanager
def present() -> Iterator[None]:
    """Count this process, while the block lasts, among those that `end_stations` asks and waits for."""
    with ExitStack() as locks:
        with suppress(OSError):  # the lock of the station's name says what is wrong with the folder
            paths.data_folder().mkdir(parents=True, exist_ok=True)
            # Locks and not process numbers: the system frees a lock with its process, and a number may be
            # another program's by now.
            places = (ProcessLock(paths.presence_path(number)) for number in count(1))
            locks.callback(next(place for place in places if place.try_lock()).unlock)
        yield


def end_stations(*, again: bool, patience_s: float = PATIENCE_S) -> None:
    """Ask the stations to end; return when no station of this PC runs any more.

    Raises:
        UserError: a station still runs after `patience_s`, or the PC's folder cannot be written.
    """
    if not running():
        return
    with _asking(again=again):
        deadline = time.monotonic() + patience_s
        while names := running():
            if time.monotonic() > deadline:
                raise UserError(
                    _("ult-desktop masih berjalan di komputer ini: {names}.").format(
                        names=", ".join(sorted(names))
                    ),
                    _("Tidak ada yang diganti."),
                    _("Tutup jendelanya di semua akun PC ini, lalu ulangi."),
                )
            time.sleep(_LOOK_S)


def running() -> set[str]:
    """Return the accounts of the processes that are `present` on this PC; "?" is an unknown one."""
    locks = map(ProcessLock, paths.presence_paths())
    return {lock.holder() or "?" for lock in locks if _is_held(lock)}


def _is_held(lock: ProcessLock) -> bool:
    free = lock.try_lock()
    lock.unlock()
    return not free


@contextmanager
def _asking(*, again: bool) -> Iterator[None]:
    try:
        _request().write_text(_AGAIN if again else "")
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis ({error}).").format(path=_request(), error=error.strerror),
            todo=_("Periksa hak tulis akun ini."),
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            _request().unlink()


SCRIPT = "restart.cmd"
_NO_WINDOW = 0x0800_0000


def start_later(words: Sequence[str]) -> None:
    """Start `run WORDS` in this account when the program has been exchanged.

    It does nothing if the program was not installed: only an installation has the script for it.
    """
    folder = Path(sys.executable).parents[1]
    if (folder / SCRIPT).exists():
        # Not by this program itself: its folder is being exchanged. The script lies next to that folder.
        subprocess.Popen(  # noqa: S603
            ["cmd.exe", "/c", str(folder / SCRIPT), "run", *words],  # noqa: S607
            cwd=folder,
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
