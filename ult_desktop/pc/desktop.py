"""The session in which the program runs: its windows are seen at this PC, elsewhere, or by nobody."""

import os
import sys
from enum import StrEnum

if sys.platform == "win32":
    import win32api
    import win32ts

_REMOTE_SESSION = 0x1000  # SM_REMOTESESSION, which pywin32 has no name for


class Desktop(StrEnum):
    """The place where a window of this session is seen."""

    HERE = "here"
    REMOTE = "remote"  # on another PC, by Remote Desktop
    NOWHERE = "nowhere"


def desktop() -> Desktop:
    """Return where this session's windows are seen."""
    if sys.platform == "win32":
        # Services are in session 0, which has no screen, and so are tasks that run without a sign-in and
        # commands over SSH: https://learn.microsoft.com/en-us/windows/win32/services/interactive-services
        if win32ts.ProcessIdToSessionId(os.getpid()) == 0:
            return Desktop.NOWHERE
        return Desktop.REMOTE if win32api.GetSystemMetrics(_REMOTE_SESSION) else Desktop.HERE
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    has_screen = sys.platform != "linux" or any(os.environ.get(name) for name in names)
    return Desktop.HERE if has_screen else Desktop.NOWHERE
