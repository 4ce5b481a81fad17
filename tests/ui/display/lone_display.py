"""A lobby TV as a process of its own, on a cable that the test pulls and plugs in.

Run as `python -m tests.ui.display.lone_display FILE PORT`: ten times a second a line tells how it looks;
"pull" and "plug" on its standard input do that to its cable. Its clock runs a minute each tenth of a second.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.hanging import Cable, over_a_cable, watched_over_a_cable
from ult_desktop.app import assemble
from ult_desktop.base.config import DisplayConfig, StationConfig, SyncConfig
from ult_desktop.db.store import watcher
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kit.theme import prepare
from ult_desktop.ui.office_link.link import OfficeLink

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60.0
Look = dict[str, Any]


class LoneDisplay:
    """The process, seen from the test."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._says, self._hears = process.stdin, process.stdout

    def tell(self, words: str) -> None:
        self._says.write(words + "\n")
        self._says.flush()

    def wait(self, fact: Callable[[Look], bool]) -> Look:
        """How it looks as soon as that is so."""
        until = time.monotonic() + PATIENCE_S
        look: Look = {}
        while time.monotonic() < until:
            look = json.loads(self._hears.readline())
            if fact(look):
                return look
        raise AssertionError(look)


@contextmanager
def lone_display(path: Path, port: int) -> Iterator[LoneDisplay]:
    command = [sys.executable, "-m", "tests.ui.display.lone_display", str(path), str(port)]
    pipe = subprocess.PIPE
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=quiet, text=True) as process:
        try:
            yield LoneDisplay(process)
        finally:
            process.kill()


def _listen() -> None:
    for line in sys.stdin:
        {"pull": Cable.pull, "plug": Cable.plug_in}[line.strip()]()


def _look(window: DisplayWindow, link: OfficeLink) -> None:
    screen = window.lobby
    calls = screen.stage.calls
    look = {
        "connection": link.connection.value,
        "notice": calls.notice.text() if calls.notice.isVisible() else "",
        "waiting": screen.stage.is_waiting,
        "shown": calls.shown,
        "clock": screen.header.clock.time_label.text(),
    }
    print(json.dumps(look), flush=True)  # noqa: T201


def main(path: Path, port: int) -> None:
    qt = QApplication(sys.argv[:1])
    prepare(qt)
    began, start = time.monotonic(), datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    OfficeLink.now = lambda _link: start + timedelta(minutes=(time.monotonic() - began) * 10)  # type: ignore[assignment, method-assign]
    vars(assemble)["OfficeLink"] = partial(OfficeLink, opening=over_a_cable)
    vars(watcher)["engine_at"] = watched_over_a_cable
    Cable.plug_in()
    sync = SyncConfig(poll_ms=100, hint_port=port, hint_address="127.0.0.1")
    config = StationConfig(
        name="tv", sync=sync, display=DisplayConfig(voice="off", chime=False, bilingual=False)
    )
    station = assemble.assemble(assemble.Launch(assemble.Mode.DISPLAY, path, config, (1280, 720), 0.05))
    assert isinstance(station.window, DisplayWindow)
    station.window.show()
    looking = QTimer(qt, interval=100)
    looking.timeout.connect(partial(_look, station.window, station.link))
    looking.start()
    threading.Thread(target=_listen, daemon=True).start()
    qt.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
