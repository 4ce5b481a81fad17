"""A process that ends when this one does, however this one ends."""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import IO

if sys.platform == "win32":
    from functools import cache

    import win32api
    import win32con
    import win32job

    @cache
    def _job() -> object:
        """Return a job of Windows, whose processes end when its last handle is closed.

        This process holds the only handle. What a process of the job starts is not in the job.
        """
        job, kind = win32job.CreateJobObject(None, ""), win32job.JobObjectExtendedLimitInformation
        limits = win32job.QueryInformationJobObject(job, kind)
        limits["BasicLimitInformation"]["LimitFlags"] |= (
            # The system closes the handle of a process that was killed as well. What the child itself starts
            # breaks away: an installer must outlive the station.
            # https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-jobobject_basic_limit_information
            win32job.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | win32job.JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK
        )
        win32job.SetInformationJobObject(job, kind, limits)
        return job

    def _bind(process: "subprocess.Popen[bytes]") -> None:
        rights = win32con.PROCESS_SET_QUOTA | win32con.PROCESS_TERMINATE
        win32job.AssignProcessToJobObject(_job(), win32api.OpenProcess(rights, False, process.pid))

    _end_with_parent: Callable[[], None] | None = None
else:
    import ctypes
    import signal

    _PR_SET_PDEATHSIG = 1
    _system = ctypes.CDLL(None)

    def _bind(process: "subprocess.Popen[bytes]") -> None:
        """Do nothing: the process bound itself."""

    def _end_with_parent() -> None:
        """Bind the child to its parent. It runs in the child, before its program."""
        # The signal comes with the end of the parent's thread, not of its process:
        # https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
        _system.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start_bound(
    command: Sequence[str], out: int | IO[bytes], environment: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    """Start `command` without input and with all of its output going to `out`.

    On Linux the process ends with the thread that started it: call this on a thread that stays.
    """
    process = subprocess.Popen(  # noqa: S603
        command,
        # A supervisor reads what a station says as it comes, and must not lose the last words of one that
        # crashes.
        bufsize=0,
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.STDOUT,
        env=environment,
        preexec_fn=_end_with_parent,  # noqa: PLW1509  (one system call, and no lock is taken)
    )
    _bind(process)
    return process
