"""The entries about a station in the log of Windows: its start, its end, its failures.

They are for those who watch many PCs. No entry names a person. On Linux systemd keeps the words of `run`.
"""

import ctypes
import os
import sys
from enum import IntEnum

from ult_desktop.pc.registry import Hive, Registry

SOURCE = "ULT Desktop"
_KEY = rf"SYSTEM\CurrentControlSet\Services\EventLog\Application\{SOURCE}"
_ERROR, _INFORMATION = 1, 4


class LogEntry(IntEnum):
    """The kinds of entries, by their number in the log (*Event ID*)."""

    STARTED = 1
    ENDED = 2
    FAILED = 3
    WRONG_SETTINGS = 4


def register(registry: Registry) -> None:
    """Let Windows show the words of an entry as they are. Raises PermissionError as `Registry.write` does."""
    # EventCreate.exe, which is part of Windows, has the texts of the entries 1 to 1000: what is logged alone.
    windows = os.environ.get("SYSTEMROOT", r"C:\Windows")
    registry.write(Hive.PC, _KEY, "EventMessageFile", rf"{windows}\System32\EventCreate.exe")
    registry.write(Hive.PC, _KEY, "TypesSupported", 7)  # errors, warnings, information


def unregister(registry: Registry) -> None:
    """Take back what `register` did; earlier entries stay. Raises PermissionError as it does."""
    for name in ("EventMessageFile", "TypesSupported"):
        registry.delete(Hive.PC, _KEY, name)


def write_entry(entry: LogEntry, words: str) -> None:
    """Write an entry; a log that is full or closed stops no station."""
    if sys.platform == "win32":
        # https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-reporteventw
        windows = ctypes.windll.advapi32
        windows.RegisterEventSourceW.restype = ctypes.c_void_p
        log = ctypes.c_void_p(windows.RegisterEventSourceW(None, SOURCE))
        if log.value is not None:  # None is the null handle
            kind = _INFORMATION if entry in (LogEntry.STARTED, LogEntry.ENDED) else _ERROR
            text = (ctypes.c_wchar_p * 1)(words)
            windows.ReportEventW(log, kind, 0, entry.value, None, 1, 0, text, None)
            windows.DeregisterEventSource(log)
