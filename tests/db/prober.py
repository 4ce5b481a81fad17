"""The other process of the lock proof, kept at hand: tests open an office some thousand times."""

import subprocess
import sys
import threading
from pathlib import Path

from ult_desktop.base.own_program import own_command
from ult_desktop.db.lock_check import folder_probe

ROOT = Path(__file__).parents[2]
ANSWERING = """
import sys
from pathlib import Path
from ult_desktop.db.lock_check.folder_probe import probe
for line in sys.stdin:
    print(probe(Path(line.removesuffix("\\n"))), flush=True)
"""
_start_anew = folder_probe._ask_other


class Prober:
    """Tries the locks as `ult-desktop lock-probe` does; started with the first question."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._one_at_a_time = threading.Lock()

    def ask(self, command: tuple[str, ...], path: Path) -> str:
        """Ask in the place of `folder_probe._ask_other`; another program than ours is started as ever."""
        if command != (*own_command(), "lock-probe"):
            return _start_anew(command, path)
        with self._one_at_a_time:
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-c", ANSWERING],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    encoding="utf-8",
                )
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            print(path, file=self._process.stdin, flush=True)
            return self._process.stdout.readline().strip()

    def close(self) -> None:
        if self._process is not None:
            with self._process:
                self._process.kill()
