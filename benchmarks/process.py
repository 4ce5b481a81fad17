"""The processes of a benchmark: they are started, and their reports are read, one line of JSON at a time."""

import contextlib
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing import connection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

if sys.platform == "win32":
    from multiprocessing.context import SpawnContext as StationContext
else:
    from multiprocessing.context import ForkServerContext as StationContext

# With a fork server a station starts in the time that it takes to open its files; Windows has none.
PROCESSES = StationContext()

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 60.0
SETTLED_S = 1.0


def has_last_words(ear: Connection) -> bool:
    """Return whether a process of `PROCESSES` that has ended left something in its pipe, its end of file too.

    On Windows the other end of the pipe lies in this process until the new one has started and takes it: one
    that is killed before that leaves it open for ever.
    """
    return bool(connection.wait([ear], SETTLED_S))


class ActorProcess:
    """A process of `benchmarks.actors`. `started` is `time.monotonic()` just before it was made."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        command = [sys.executable, "-m", f"benchmarks.actors.{module}", *(str(each) for each in arguments)]
        self._grumbles = tempfile.TemporaryFile()  # noqa: SIM115  (lives as long as the process)
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._grumbles
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line)
        self._lines.put(b"")

    def hear(self, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """Return the next report of the process.

        Raises:
            RuntimeError: it ended instead.
            TimeoutError: it says nothing.
        """
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty as error:
            raise TimeoutError("an actor says nothing") from error
        if not line:
            raise RuntimeError(f"an actor ended with status {self.process.wait()}: {self._last_words()}")
        told: dict[str, Any] = msgspec.json.decode(line)
        return told

    def _last_words(self) -> str:
        self._grumbles.seek(0)
        return self._grumbles.read().decode("utf-8", "replace")[-2000:]

    def wait_for(self, kind: str, seconds: float = PATIENCE_S) -> dict[str, Any]:
        """Return the next report of this kind; reports before it are dropped."""
        while True:
            told = self.hear(seconds)
            if told["kind"] == kind:
                return told

    def say(self, words: str) -> None:
        if self.process.stdin is not None:
            self.process.stdin.write(f"{words}\n".encode())
            self.process.stdin.flush()

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE_S)
        finally:
            self.process.kill()
            self._reader.join()
            for pipe in (self.process.stdin, self.process.stdout, self._grumbles):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()


@contextlib.contextmanager
def acting(module: str, *arguments: object) -> Iterator[ActorProcess]:
    """Start an actor that ends with the block."""
    actor = ActorProcess(module, *arguments)
    try:
        yield actor
    finally:
        actor.end()
