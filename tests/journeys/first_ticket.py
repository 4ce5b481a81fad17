"""From the program's start on a bare PC to the first ticket, by what a screen reader tells alone.

Run as `python -m tests.journeys.first_ticket FOLDER [PAGE]`; prints clicks, seconds and number as JSON.
With a page of the wizard (1 is the first) the process kills itself as soon as it stands there.
"""

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from tests.ui.setup.screen_reader import ScreenReader
from ult_desktop.app import identity
from ult_desktop.base.config import load_station
from ult_desktop.cli.common import unseen
from ult_desktop.cli.program import program
from ult_desktop.pc import ending

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
PATIENCE_S = 175.0
Step = Callable[[], object]


def set_up(reader: ScreenReader, folder: str) -> Iterator[Step]:
    """Lead through the wizard. Each step is tried until it is done."""
    yield lambda: reader.reads("Langkah 1")
    if sys.platform == "win32":  # there the PC would share its own folder, which no test may
        yield lambda: reader.press("Buat kantor baru di folder bersama")
        yield lambda: reader.type("Folder kantor", folder)
    else:
        yield lambda: reader.press("Buat kantor baru di PC ini")
        yield lambda: reader.type("Folder di PC ini", folder)
    yield from _go_on(reader, "Nama dan jam layanan")
    for day in DAYS:
        yield partial(reader.type, f"Jam layanan, {day}", "00.00-23.59")
    yield from _go_on(reader, "Tambah petugas")
    yield from _go_on(reader, "PC ini adalah")
    yield lambda: reader.press("Kios: pengunjung")
    yield lambda: reader.type("PIN keluar kios", "1379")
    yield from _go_on(reader, "Cetak percobaan")
    yield from _go_on(reader, "Nanti")
    yield from _go_on(reader, "Ketik blok terakhir")
    yield lambda: reader.type("Ketik blok terakhir", _code(reader).rpartition("-")[2])
    if sys.platform == "win32":  # it asks for an administrator and PowerShell, and Wine has neither
        yield lambda: reader.press("Atur Windows untuk folder bersama")
    yield lambda: reader.press("Selesai")


def take(reader: ScreenReader, told: dict[str, object]) -> Iterator[Step]:
    """Take a number at the kiosk."""
    yield lambda: reader.press("Informasi & Konsultasi")
    yield lambda: _number(reader)
    told["number"] = _number(reader)


def _go_on(reader: ScreenReader, next_page: str) -> Iterator[Step]:
    """To the page on which these words stand; past what is to be read first."""
    yield lambda: reader.press("Lanjut")

    def there() -> bool:
        if reader.reads("Lanjutkan sekali lagi"):
            reader.press("Lanjut")
        return reader.reads(next_page)

    yield there


def _code(reader: ScreenReader) -> str:
    return next((text for text in reader.texts() if re.fullmatch(r"(\w{5}-)+\w{5}", text)), "")


def _number(reader: ScreenReader) -> str:
    return next((text for text in reader.texts() if re.fullmatch(r"[A-Z]\d{3}", text)), "")


class Hand(QObject):
    """Takes one step after the other, whatever window the program shows; ends it once a number is there."""

    def __init__(self, folder: str, killed_at: str = "", parts: tuple[str, ...] = ("set up", "take")) -> None:
        super().__init__()
        self._began, self._killed_at = time.monotonic(), killed_at
        self._reader, self._told = ScreenReader(), dict[str, object]()
        steps = {"set up": set_up(self._reader, folder), "take": take(self._reader, self._told)}
        self._steps = chain.from_iterable(steps[part] for part in parts)
        self._step: Step = lambda: True

    def begin(self) -> None:
        """Begin in the thread of the windows, whichever this one is."""
        self.moveToThread(identity.the_app().thread())
        QApplication.postEvent(self, QEvent(QEvent.Type.User))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.User:
            self.startTimer(20)
        elif event.type() is QEvent.Type.Timer:
            self._work()
        return super().event(event)

    def _work(self) -> None:
        seconds = time.monotonic() - self._began
        if self._killed_at and self._reader.reads(f"Langkah {self._killed_at} "):
            os.kill(os.getpid(), signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
        try:
            if self._step():
                self._step = next(self._steps)
        except StopIteration:
            print(json.dumps({**self._told, "clicks": self._reader.clicks, "seconds": round(seconds, 1)}))  # noqa: T201
            self._step = lambda: False
            if "number" in self._told:  # else the wizard ends by itself
                QApplication.exit(0)
        if seconds > PATIENCE_S:
            print("\n".join(self._reader.texts()), file=sys.stderr)  # noqa: T201
            QApplication.exit(1)


_joined: list[Hand] = []


def join(folder: str, report: str, part: str) -> None:
    """Lead a program that was started without this, from a thread of its own; it tells the file `report`."""
    sys.stdout = sys.stderr = Path(report).open("w", encoding="utf-8", buffering=1)  # noqa: SIM115
    _joined.append(Hand(folder, parts=(part,)))
    _joined[0].begin()


def main(folder: str, killed_at: str = "") -> None:
    identity.the_app()
    hand = Hand(folder, killed_at)
    hand.begin()
    os.environ[unseen.SUPERVISED] = "1"
    try:
        program(["kiosk"])
    except SystemExit as end:
        if end.code != ending.SET_UP:
            raise
        program([load_station().mode])  # which a supervisor starts as a process of its own


if __name__ == "__main__":
    main(*sys.argv[1:])
