"""Runs whose standard error nobody sees, after a double click on Windows: a box shows why they failed."""

import ctypes
import importlib
import io
import os
import sys
from collections.abc import Callable
from typing import TextIO

from typing_extensions import override

from ult_desktop.base import _

UNSEEN = "ULT_UNSEEN"  # a supervisor whose own standard error nobody sees sets it for the mode that it starts
SUPERVISED = "ULT_SUPERVISED"  # every supervisor sets it for the mode that it starts
# The box of a supervised mode closes then: nobody may be there, and the mode starts again.
SUPERVISED_BOX_S = 60.0
WRONG_USE = 2  # click's status for a wrong option, and ours for wrong settings: no restart helps


class StderrCopy(io.StringIO):
    """The standard error that keeps what is written, and passes it on to `original`."""

    def __init__(self, original: TextIO | None) -> None:
        super().__init__()
        self._original = original

    @override
    def write(self, words: str) -> int:
        if self._original is not None:
            self._original.write(words)
            self._original.flush()
        return super().write(words)


def is_unseen() -> bool:
    """Return whether nobody sees this process's standard error; known once `run_visibly` has begun."""
    return isinstance(sys.stderr, StderrCopy)


def environment_of_child() -> dict[str, str]:
    """Return the environment of a supervised child; it is marked when nobody sees the standard error here."""
    return {**os.environ, SUPERVISED: "1", **({UNSEEN: "1"} if is_unseen() else {})}


def take_supervised() -> bool:
    """Return whether a supervisor started this process, and take its mark from the environment."""
    return bool(os.environ.pop(SUPERVISED, ""))


def run_visibly(work: Callable[[], object]) -> None:
    """Do `work`; if it fails and nobody sees its standard error, show in a box what it wrote there."""
    is_supervised_unseen = bool(os.environ.pop(UNSEEN, ""))
    # Without a console Python has no standard error on Windows:
    # https://docs.python.org/3/library/sys.html#sys.__stderr__
    if sys.stderr is not None and not is_supervised_unseen:
        work()
        return
    sys.stderr = written = StderrCopy(sys.stderr)
    try:
        work()
    except SystemExit as end:
        if end.code and written.getvalue():
            starts_again = is_supervised_unseen and end.code != WRONG_USE
            show_words(written.getvalue().strip(), SUPERVISED_BOX_S if starts_again else None)
        raise


def show_words(words: str, seconds: float | None, box: str = "ult_desktop.app.refusal") -> None:
    """Show `words` until a person closes them, or for `seconds`; without Qt in Windows' own box."""
    try:
        importlib.import_module(box).show_refusal(words, seconds)
    except ImportError:
        if sys.platform == "win32":
            ctypes.windll.user32.MessageBoxW(None, words, _("ult-desktop berhenti"), 0x30)  # MB_ICONWARNING
