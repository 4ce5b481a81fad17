"""The request to the system that the screen stays on while a kiosk or the lobby's TV is shown.

Windows asks for no administrator; it takes the request back with the process. Linux has no request that every
desktop hears: there the settings of the desktop decide (docs/it-guide.md).
"""

import ctypes
import logging
import sys

log = logging.getLogger(__name__)
# https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-setthreadexecutionstate
_CONTINUOUS, _SYSTEM_REQUIRED, _DISPLAY_REQUIRED = 0x8000_0000, 0x1, 0x2


def keep_awake(*, on: bool) -> None:
    """Keep screen and PC from falling asleep, or let them again. Call it on the thread of the windows.

    Windows keeps the request for the thread that made it.
    """
    if sys.platform == "win32":
        state = _CONTINUOUS | (_SYSTEM_REQUIRED | _DISPLAY_REQUIRED if on else 0)
        if not ctypes.windll.kernel32.SetThreadExecutionState(state):
            log.warning("Windows refused to keep the screen on")
