"""Fonts for every window, pictures to look at, and no window, timer or thread left behind."""

import gc
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CellType, FunctionType, MethodType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PATIENCE_MS
from tests.ui.look import assert_sound, settle
from tests.ui.office_link.watched_link import Opening, OpenLink, WatchedLink
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit.theme import prepare
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup, open_office as open_place
from ult_desktop.ui.office_link.tasks import Request, Tasks

PICTURES = Path(__file__).parents[2] / "test-pictures"

Picture = Callable[..., Path]
Show = Callable[[QWidget, int, int], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Pictures cost as much as a seventh of all tests: `--all` takes them."""
    for each in items:
        if "picture" in getattr(each, "fixturenames", ()):
            each.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _prepared(qapp: QApplication) -> None:
    prepare(qapp)
    gc.freeze()


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication) -> Iterator[None]:
    """No window, timer or thread may outlive its test (pytest-qt has closed its widgets by then)."""
    before = set(threading.enumerate())
    gc.disable()  # as in the program: `ui.process`
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    windows = [each for each in qapp.topLevelWidgets() if each.isVisible()]
    for window in windows:
        window.close()
    assert not windows, f"windows left open: {windows}"
    gc.collect()  # what only a cycle holds is not left: Python has not come by yet
    timers = [each for each in _alive(QTimer) if each.isActive()]
    for timer in timers:
        timer.stop()
    assert not timers, f"timers left running: {[(each, each.parent()) for each in timers]}"
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE_MS / 1000)  # a window leaves one that still asks a dead share behind
    threads = [each for each in threading.enumerate() if each not in before and each.is_alive()]
    assert not threads, f"threads left running: {threads}"
    gc.freeze()  # the next test looks through what it makes itself, and not through all that there is


@pytest.fixture(autouse=True)
def _no_widget_on_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No job may hold a widget: the last reference to one would die on the worker thread."""
    send = Tasks.send

    def checked(tasks: Tasks[Any], job: Callable[[Any], Any], request: Request[Any]) -> None:
        widgets = [each for each in _held_by(job) if isinstance(each, QWidget)]
        assert not widgets, f"{job} holds {widgets}"
        send(tasks, job, request)

    monkeypatch.setattr(Tasks, "send", checked)


def _held_by(job: object, seen: frozenset[int] = frozenset()) -> Iterator[object]:
    """Yield what a function is bound to, its arguments, and what its closure holds."""
    if id(job) in seen:  # a closure may hold its own function
        return
    parts: tuple[object, ...] = ()
    if isinstance(job, partial):
        parts = (job.func, *job.args, *job.keywords.values())
    elif isinstance(job, MethodType):
        parts = (job.__self__,)
    elif isinstance(job, FunctionType):
        parts = job.__closure__ or ()
    elif isinstance(job, CellType):
        parts = (job.cell_contents,)
    elif isinstance(job, tuple):
        parts = job
    yield job
    for part in parts:
        yield from _held_by(part, seen | {id(job)})


def _alive(kind: type[QTimer]) -> list[QTimer]:
    found = [each for each in gc.get_objects() if type(each) is kind]
    return [each for each in found if shiboken6.isValid(each)]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show a window at exactly this size; fails when its contents force a larger one."""

    def show_it(widget: QWidget, width: int, height: int) -> None:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        least = widget.minimumSizeHint()
        got = (widget.width(), widget.height())
        assert got == (width, height), f"wants {got}, at least {least.toTuple()}"

    return show_it


@pytest.fixture
def picture() -> Picture:
    """`picture(widget, "kiosk-home-1080x1920")` saves test-pictures/<name>.png and checks the look."""

    def take(widget: QWidget, name: str, *, sound: bool = True) -> Path:
        settle()
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{name}.png"
        assert widget.grab().save(str(path))
        if sound:
            assert_sound(widget)
        return path

    return take


@pytest.fixture
def open_link(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenLink]:
    opened: list[OfficeLink] = []

    def open_it(
        path: Path, name: str = "kios-1", wait: bool = True, opening: Opening = open_place
    ) -> WatchedLink:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
        place = StationSetup(path, tmp_path / f"journal-{len(opened)}.db", name, "kiosk", sync)
        watched = WatchedLink(OfficeLink(place, opening=opening))
        opened.append(watched.link)
        if wait:
            qtbot.waitUntil(lambda: watched.states[-1:] == [Connection.ONLINE])
        return watched

    yield open_it
    for link in opened:
        link.close()
