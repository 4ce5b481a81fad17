"""Run in a Windows: minimise a program's window, or wait until it is in front of all others.

`python -m tests.journeys.wine.front away|front WORDS`, where WORDS begin the window's title.
"""

import sys
import time
from collections.abc import Callable

PATIENCE_S = 240.0

if sys.platform == "win32":
    import win32con
    import win32gui

    def away(words: str) -> bool:
        if found := _window(words):
            win32gui.ShowWindow(found, win32con.SW_MINIMIZE)
        return bool(found) and bool(win32gui.IsIconic(found))

    def front(words: str) -> bool:
        found = _window(words)
        return bool(found) and not win32gui.IsIconic(found) and win32gui.GetForegroundWindow() == found

    def _window(words: str) -> int:
        windows: list[int] = []
        win32gui.EnumWindows(lambda each, _none: windows.append(each), None)
        shown = (each for each in windows if win32gui.IsWindowVisible(each))
        return next((each for each in shown if win32gui.GetWindowText(each).startswith(words)), 0)

    def wait_for(fact: Callable[[str], bool], words: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not fact(words):
            if time.monotonic() > deadline:
                raise SystemExit(f"not so: {words}")
            time.sleep(0.1)

    if __name__ == "__main__":
        wait_for({"away": away, "front": front}[sys.argv[1]], sys.argv[2])
