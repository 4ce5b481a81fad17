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
_REQUEST_VALID_S = 90.0  # how long a request to end counts after it was written
_LOOK_S = 0.2  # between two looks at the stations that still run
_AGAIN = "again"  # the text of a request after which the stations start again


def _request_path() -> Path:
    return paths.data_folder() / "end.request"


def requested_exit_status() -> int | None:
    """Return the exit status with which this station has to end; None while nobody asks it to."""
    with suppress(OSError):
        # A request that a killed installer left behind must not end every station at its start.
        if abs(time.time() - _request_path().stat().st_mtime) < _REQUEST_VALID_S:
            return COME_BACK if _request_path().read_text() == _AGAIN else 0
    return None


def end_after_others() -> None:
    """Have Windows end this process after those with windows when it shuts down.

    A supervisor that ended before its station would take the station along.
    """
    if sys.platform == "win32":
        # Others have 0x280; lower ones are ended later:
        # https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-setprocessshutdownparameters
        ctypes.windll.kernel32.SetProcessShutdownParameters(0x180, 0)


def is_session_ending() -> bool:
    """Return whether Windows is shutting down or signing this account off."""
    # https://learn.microsoft.com/en-us/windows/win32/api/winuser/nf-winuser-getsystemmetrics
    shutting_down = 0x2000  # SM_SHUTTINGDOWN
    return sys.platform == "win32" and bool(ctypes.windll.user32.GetSystemMetrics(shutting_down))


@contextmanager
def note_presence() -> Iterator[None]:
    """Count this process, while the block lasts, among those that `end_stations` asks and waits for."""
    with ExitStack() as locks:
        with suppress(OSError):  # the lock of the station's name says what is wrong with the folder
            paths.data_folder().mkdir(parents=True, exist_ok=True)
            # Locks and not process numbers: the system frees a lock with its process, and a number may be
            # another program's by now. The process takes the first of the numbered locks that is free.
            numbered_locks = (ProcessLock(paths.presence_path(number)) for number in count(1))
            own_lock = next(lock for lock in numbered_locks if lock.try_lock())
            locks.callback(own_lock.unlock)
        yield


def end_stations(*, again: bool, patience_s: float = PATIENCE_S) -> None:
    """Ask the stations to end; return when no station of this PC runs any more.

    Raises:
        UserError: a station still runs after `patience_s`, or the PC's folder cannot be written.
    """
    if not running_accounts():
        return
    with _request_to_end(again=again):
        deadline = time.monotonic() + patience_s
        while names := running_accounts():
            if time.monotonic() > deadline:
                raise UserError(
                    _("ult-desktop masih berjalan di komputer ini: {names}.").format(
                        names=", ".join(sorted(names))
                    ),
                    _("Tidak ada yang diganti."),
                    _("Tutup jendelanya di semua akun PC ini, lalu ulangi."),
                )
            time.sleep(_LOOK_S)


def running_accounts() -> set[str]:
    """Return the accounts of the processes that note their presence on this PC; "?" is an unknown one."""
    accounts = set()
    for lock in map(ProcessLock, paths.presence_paths()):
        if not lock.try_lock():
            accounts.add(lock.holder() or "?")
        lock.unlock()
    return accounts


@contextmanager
def _request_to_end(*, again: bool) -> Iterator[None]:
    """Ask all stations to end while the block lasts. Raises UserError if the request cannot be written."""
    request = _request_path()
    # A station that read the file before its text is in it would end and not come back.
    part = request.with_name(f"{request.name}.part")
    try:
        part.write_text(_AGAIN if again else "")
        part.replace(request)
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis ({error}).").format(path=request, error=error.strerror),
            todo=_("Periksa hak tulis akun ini."),
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):
            request.unlink()


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
