"""An office on a share whose calls do not come back: what a pulled cable does, without an error."""

import sqlite3
import threading
import time
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path
from typing import TypeVar

from typing_extensions import override

from ult_desktop.core.queue.boards import KioskBoard
from ult_desktop.db.store.engine import Engine
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import file_missing
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.station_setup import StationSetup

T = TypeVar("T")
LONGEST_S = 60.0


class Cable:
    """Between every station of a test and its office; `hangs` is set as soon as a call hangs in it.

    `watched_at` is when the watcher got through for the last time, from which silence counts. Cut off at the
    server's side it gives errors instead, at once.
    """

    plugged = threading.Event()
    hangs = threading.Event()
    errs = False
    watched_at = 0.0

    @classmethod
    def pull(cls) -> None:
        cls.plugged.clear()
        cls.hangs.clear()

    @classmethod
    def stop_server(cls) -> None:
        cls.errs = True

    @classmethod
    def plug_in(cls) -> None:
        cls.errs = False
        cls.plugged.set()

    @classmethod
    def cross(cls) -> None:
        if cls.errs:
            raise sqlite3.OperationalError("disk I/O error")
        if not cls.plugged.is_set():
            cls.hangs.set()
            assert cls.plugged.wait(LONGEST_S)


class HangingStore(Store):
    """Each look at the file goes over the cable."""

    @override
    def read(self, query: Callable[[Transaction], T]) -> T:
        try:
            Cable.cross()
        except sqlite3.Error as error:
            raise file_missing(str(self.path)) from error
        return super().read(query)


class HangingOffice(Office):
    """Opened as any other; from then on it is as far away as its cable is long."""

    def __init__(self, path: Path, station: str, journal: Path) -> None:
        super().__init__(path, station, journal)
        self._store.close()
        self._store = HangingStore(path)


def watched_over_a_cable(path: Path) -> Engine:
    """Open in place of the watcher's `engine_at` a connection that hangs with all the rest of the office."""
    engine = copy(engine_at(path))
    for name in ("open", "commit_version"):
        setattr(engine, name, partial(_crossing, getattr(engine, name)))
    return engine


def _crossing(asked: Callable[..., T], *what: object) -> T:
    Cable.cross()
    Cable.watched_at = time.monotonic()
    return asked(*what)


def over_a_cable(setup: StationSetup) -> Office:
    return HangingOffice(setup.database, setup.name, setup.journal)


def kiosk_board(office: Office) -> KioskBoard:
    return office.kiosk_board()
