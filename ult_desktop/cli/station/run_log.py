"""The output of a supervised mode, kept in a file that never grows for ever."""

import logging
import threading
from contextlib import suppress
from io import FileIO
from pathlib import Path

from typing_extensions import override

from ult_desktop.base.private_files import open_private

log = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
LAST_WORDS_S = 2.0
_CHUNK = 65_536


class RunLog(threading.Thread):
    """Writes a run's output to `path`, and what was there before to `path` as `.last`: at most two of `most`.

    A log that cannot be written, or that another program holds on Windows, stops no mode: its output is read
    and forgotten.

    Args:
        output: of the run; read to its end.
        path: the newest part.
        most: bytes before a new part begins.
    """

    def __init__(self, output: FileIO, path: Path, most: int = MOST_BYTES) -> None:
        super().__init__(daemon=True, name="run-log")
        self._output, self._path, self._most = output, path, most
        self._file: FileIO | None = None
        self._size, self._over, self._turn = 0, False, threading.Lock()
        self._begin()

    def end(self) -> None:
        """Wait for the last words of the mode, which has ended.

        A program that it started, a reader of PDFs perhaps, may hold its output open for hours: its later
        output is not kept.
        """
        self.join(LAST_WORDS_S)
        with self._turn:
            self._over = True
            self._close()

    @override
    def run(self) -> None:
        with self._output:
            while chunk := self._output.read(_CHUNK):
                with self._turn:
                    if not self._over:
                        self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        if self._size >= self._most:
            self._begin()
        self._size += len(chunk)
        if self._file is not None:
            with suppress(OSError):  # a full disk
                self._file.write(chunk)

    def _begin(self) -> None:
        self._close()
        self._size = 0
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._path.exists():
                self._path.replace(self._path.with_suffix(".last"))
            self._file = FileIO(self._path, "w", opener=open_private)
        except OSError as error:
            log.warning("%s: %s", self._path, error)

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
