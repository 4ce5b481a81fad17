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

UNSEEN = "ULT_UNSEEN"  # set by a supervisor that nobody sees, for the mode whose output it keeps
SUPERVISED = "ULT_SUPERVISED"  # set by each supervisor for its mode
SUPERVISED_S = 60.0  # then the box closes, as nobody may be there, and the mode is started again
WRONG_USE = 2  # click's status for a wrong option, and ours for wrong settings: no restart helps


class StderrCopy(io.StringIO):
    """The standard error that remembers what is written, and passes it on to the one before."""

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
    """Return whether nobody sees this process's standard error; known once `run_visibly` has begun."""
    return isinstance(sys.stderr, StderrCopy)


def environment_of_child() -> dict[str, str]:
    """Return the environment of a supervised child; it is marked when nobody sees the standard error here."""
    return {**os.environ, SUPERVISED: "1", **({UNSEEN: "1"} if is_unseen() else {})}


def take_supervised() -> bool:
    """Return whether a supervisor started this process; the programs that this one starts have none."""
    return bool(os.environ.pop(SUPERVISED, ""))


def run_visibly(work: Callable[[], object]) -> None:
    """Do `work`; if it fails and nobody sees its standard error, show in a box what it wrote there."""
    supervised = os.environ.pop(UNSEEN, "")
    # Without a console Python has no standard error on Windows:
    # https://docs.python.org/3/library/sys.html#sys.__stderr__
    if sys.stderr is not None and not supervised:
        work()
        return
    sys.stderr = written = StderrCopy(sys.stderr)
    try:
        work()
    except SystemExit as end:
        if end.code and written.getvalue():
            stays = not supervised or end.code == WRONG_USE
            show_words(written.getvalue().strip(), None if stays else SUPERVISED_S)
        raise


def show_words(words: str, seconds: float | None, box: str = "ult_desktop.app.refusal") -> None:
    """Show `words` until a person closes them, or for `seconds`; without Qt in Windows' own box."""
    try:
        importlib.import_module(box).show_refusal(words, seconds)
    except ImportError:
        if sys.platform == "win32":
            ctypes.windll.user32.MessageBoxW(None, words, _("ult-desktop berhenti"), 0x30)  # MB_ICONWARNING
