"""A cycle that holds a window's part is never taken apart on a worker thread."""

import gc
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.ports import free_port
from ult_desktop.app import assemble
from ult_desktop.base.config import StationConfig, SyncConfig
from ult_desktop.ui.process import GarbageWatch, collect_due


class Knot:
    """A cycle around an object of Qt; says in which thread it came apart."""

    def __init__(self, ends: list[int]) -> None:
        self.me, self.part, self.ends = self, QObject(), ends

    def __del__(self) -> None:
        self.ends.append(threading.get_ident())


def busy() -> list[list[int]]:
    """More than enough new objects for Python to want to collect, made on a worker thread."""
    made: list[list[int]] = []
    worker = threading.Thread(target=lambda: made.extend([] for _n in range(20_000)))
    worker.start()
    worker.join()
    return made


@pytest.fixture
def watch() -> Iterator[GarbageWatch]:
    gc.enable()
    gc.collect()
    made = GarbageWatch()
    yield made
    made.close()
    assert gc.isenabled()
    gc.disable()


@pytest.mark.slow
def test_what_a_worker_makes_is_collected_in_the_thread_of_the_windows(
    watch: GarbageWatch, qtbot: QtBot
) -> None:
    ends: list[int] = []
    Knot(ends)
    kept = busy()
    assert ends == []
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [threading.get_ident()]
    assert kept


def test_only_what_is_due_is_collected(watch: GarbageWatch) -> None:
    ends: list[int] = []
    gc.collect()
    Knot(ends)
    collect_due()
    assert ends == [], "a handful of objects is not worth a look through all"


def test_a_station_has_one_as_long_as_it_is_open(
    office_file: Path, show: Show, request: pytest.FixtureRequest
) -> None:
    """Whoever starts it: the program, the demo's robots, the benchmarks."""
    request.addfinalizer(gc.disable)
    gc.enable()
    sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
    station = assemble.assemble(
        assemble.Launch(assemble.Mode.KIOSK, office_file, StationConfig(sync=sync), (1080, 1920))
    )
    show(station.window, 1080, 1920)
    assert not gc.isenabled()
    station.close()
    assert gc.isenabled()
