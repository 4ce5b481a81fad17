"""The demo's stations as separate processes of this program."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from ult_desktop.db.lock_check.folder_probe import own_command

TIMEOUT_S = 5.0


class Stations:
    """Processes that are started together and ended together."""

    def __init__(self, log_folder: Path, environment: Mapping[str, str]) -> None:
        self._logs = log_folder
        self._environment = dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, arguments: Sequence[str]) -> None:
        log = self._logs / f"{name}.log"
        with log.open("wb") as out:
            self._running[name] = subprocess.Popen(  # noqa: S603
                [*own_command(), *arguments],
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env=self._environment,
            )

    def ended(self) -> dict[str, int]:
        """Exit status of each station that has ended."""
        codes = {name: process.poll() for name, process in self._running.items()}
        return {name: code for name, code in codes.items() if code is not None}

    def all_ended(self) -> bool:
        return len(self.ended()) == len(self._running)

    def stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        for process in self._running.values():
            try:
                process.wait(TIMEOUT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
