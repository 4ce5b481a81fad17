"""A start whose standard error nobody sees: a double click on Windows, or a supervisor started so."""

import ctypes
import importlib
import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from typing_extensions import override

from ult_desktop.base import _

UNSEEN = "ULT_UNSEEN"  # a supervisor that nobody sees says so to the mode, whose output it keeps
SUPERVISED_S = 60.0  # then the box makes way: perhaps nobody is there, and the mode shall be started again
WRONG_USE = 2  # click's own status for a wrong option; with wrong settings too it would end so for ever


class StderrCopy(io.StringIO):
    """Remembers what is written, and passes it on to where it went before."""

    def __init__(self, before: TextIO | None) -> None:
        super().__init__()
        self._before = before

    @override
    def write(self, words: str) -> int:
        if self._before is not None:
            self._before.write(words)
            self._before.flush()
        return super().write(words)


def is_unseen() -> bool:
    """Return whether nobody sees what this process says, once `run_told` has begun."""
    return isinstance(sys.stderr, StderrCopy)


def environment_of_child() -> dict[str, str]:
    """Return the environment of a child; it is marked when nobody sees this process's standard error."""
    return {**os.environ, UNSEEN: "1"} if is_unseen() else dict(os.environ)


def run_told(work: Callable[[], object]) -> None:
    """Do `work`; what it says on a standard error that nobody sees, and then fails, is shown in a box too."""
    supervised = os.environ.pop(UNSEEN, "")
    # Without a console Python has no standard error on Windows:
    # https://docs.python.org/3/library/sys.html#sys.__stderr__
    if sys.stderr is not None and not supervised:
        work()
        return
    sys.stderr = heard = StderrCopy(sys.stderr)
    try:
        work()
    except SystemExit as end:
        if end.code and heard.getvalue():
            comes_again = supervised and end.code != WRONG_USE
            show_words(heard.getvalue().strip(), SUPERVISED_S if comes_again else None)
        raise


def show_words(words: str, seconds: float | None, box: str = "ult_desktop.app.refusal") -> None:
    """Until they are closed, or for `seconds`; where Qt cannot be loaded, in the box of Windows itself."""
    try:
        importlib.import_module(box).show_refusal(words, seconds)
    except ImportError:
        if sys.platform == "win32":
            ctypes.windll.user32.MessageBoxW(None, words, _("ult-desktop berhenti"), 0x30)  # MB_ICONWARNING
