"""Start a mode again when the installer has exchanged the program: by a script that is no part of it."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SCRIPT = "restart.cmd"
_NO_WINDOW = 0x0800_0000


def start_later(words: Sequence[str]) -> None:
    """`run WORDS` in this account once the exchange is over; what was not installed does not come back."""
    folder = Path(sys.executable).parents[1]
    if (folder / SCRIPT).exists():
        subprocess.Popen(  # noqa: S603
            ["cmd.exe", "/c", str(folder / SCRIPT), "run", *words],  # noqa: S607
            cwd=folder,
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
