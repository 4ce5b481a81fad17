"""A Windows under Wine, its screen, and what is seen there."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from tools.windows.wine import environment, fresh, said, screen, start, windows_path

PATIENCE_S = 180.0
COLOURS = (
    100  # a window with words has more, for the edges of its letters are shaded; an empty screen has one
)
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


@dataclass(frozen=True)
class WineAnswer:
    """The output of a program under Wine, errors too, and its exit status."""

    code: int
    out: str


@dataclass(frozen=True)
class WineSession:
    """One Windows and its screen; `folder` is its files, `place` an ordinary folder of this test run."""

    folder: Path
    display: str
    place: Path

    def start(self, *words: object) -> "subprocess.Popen[bytes]":
        """`ult-desktop WORDS`, with journal, log and settings below `place`."""
        account = {"WIN_PD_OVERRIDE_LOCAL_APPDATA": windows_path(self.place / "account")}
        spoken = ["-m", "ult_desktop", *(str(word) for word in words)]
        return start(spoken, {**environment(self.folder, self.display), **account})

    def run(self, *words: object) -> WineAnswer:
        process = self.start(*words)
        out = b"".join(said(process)).decode()
        return WineAnswer(process.returncode, out)

    def python(self, *words: str) -> WineAnswer:
        """Python with these arguments."""
        process = start(words, environment(self.folder, self.display))
        out = b"".join(said(process)).decode()
        return WineAnswer(process.returncode, out)

    def wait_for_window(self, process: "subprocess.Popen[bytes]", picture: Path) -> QImage:
        """The screen as soon as a window with words stands on it, left as `picture`."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            seen = self.look(picture)
            if _colours(seen) > COLOURS:
                return seen
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline, f"nothing to be seen: {picture}"
            threading.Event().wait(0.5)

    def look(self, picture: Path) -> QImage:
        """The screen, left as `picture`."""
        variables = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}
        subprocess.run([sys.executable, "-c", GRAB, picture], env=variables, check=True, capture_output=True)
        return QImage(str(picture))


@contextmanager
def wine_session(place: Path) -> Iterator[WineSession]:
    with fresh() as folder, screen() as display:
        yield WineSession(folder, display, place)


def _colours(picture: QImage) -> int:
    step = 2
    return len(
        {
            picture.pixel(x, y)
            for x in range(0, picture.width(), step)
            for y in range(0, picture.height(), step)
        }
    )
