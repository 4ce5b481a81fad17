"""Jobs run in order on one thread; nothing that hangs or breaks there reaches the window's thread."""

import gc
import logging
import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from ult_desktop.base.errors import UserError
from ult_desktop.ui.office_link.tasks import Tasks


class FakeStore:
    """Stands where the office's file would: remembers who opened, used and closed it."""

    def __init__(self) -> None:
        self.seen: list[object] = []
        self.thread = threading.current_thread()
        self.closed_by: threading.Thread | None = None

    def close(self) -> None:
        self.closed_by = threading.current_thread()


def note(value: object, store: FakeStore) -> object:
    store.seen.append(value)
    return value


def whole(store: FakeStore) -> FakeStore:
    return store


def refuse(store: FakeStore) -> None:
    raise UserError("Nomor sudah dipanggil.", safe="Antrean tetap.", todo="Panggil berikutnya.")


def break_down(store: FakeStore) -> None:
    raise ZeroDivisionError


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks[FakeStore]]:
    tasks = Tasks(FakeStore)
    yield tasks
    assert tasks.close()


def test_jobs_run_in_order_on_the_thread_that_opened_the_store(tasks: Tasks[FakeStore], qtbot: QtBot) -> None:
    came: list[object] = []
    for value in range(5):
        tasks.run(partial(note, value), came.append)
    stores: list[FakeStore] = []
    tasks.run(whole, stores.append)
    assert tasks.pending == 6
    qtbot.waitUntil(lambda: tasks.pending == 0)
    assert came == stores[0].seen == [0, 1, 2, 3, 4]
    assert stores[0].thread is not threading.current_thread()


def test_continuations_run_on_the_window_thread(tasks: Tasks[FakeStore], qtbot: QtBot) -> None:
    threads: list[QThread] = []
    tasks.run(partial(note, 1), lambda _value: threads.append(QThread.currentThread()))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0].isMainThread()


def test_a_refusal_reaches_its_own_continuation(tasks: Tasks[FakeStore], qtbot: QtBot) -> None:
    errors: list[UserError] = []
    with qtbot.assertNotEmitted(tasks.refused):
        tasks.run(refuse, refused=errors.append)
        qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].todo == "Panggil berikutnya."


def test_a_refusal_without_a_continuation_is_announced(tasks: Tasks[FakeStore], qtbot: QtBot) -> None:
    with qtbot.waitSignal(tasks.refused) as signal:
        tasks.run(refuse)
    assert signal.args is not None
    assert signal.args[0].what == "Nomor sudah dipanggil."


def test_a_bug_is_logged_and_told_in_words(
    tasks: Tasks[FakeStore], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(tasks.refused) as signal:
        tasks.run(break_down)
    assert signal.args is not None
    assert "ZeroDivisionError" in signal.args[0].what
    assert "Traceback" in caplog.text
    came: list[object] = []
    tasks.run(partial(note, "on we go"), came.append)
    qtbot.waitUntil(lambda: came == ["on we go"])


def test_a_store_that_cannot_be_opened_is_tried_again(qtbot: QtBot) -> None:
    tries: list[int] = []

    def open_store() -> FakeStore:
        tries.append(1)
        if len(tries) == 1:
            raise UserError("Folder bersama tidak menjawab.")
        return FakeStore()

    tasks = Tasks(open_store)
    with qtbot.waitSignal(tasks.refused):
        tasks.run(whole)
    came: list[FakeStore] = []
    tasks.run(whole, came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert tasks.close()
    assert came[0].closed_by is came[0].thread


def test_a_job_that_hangs_is_never_waited_for(qtbot: QtBot) -> None:
    hung = threading.Event()
    tasks = Tasks(FakeStore)
    assert tasks.busy_s == 0
    tasks.run(lambda _store: hung.wait(30))
    qtbot.waitUntil(lambda: tasks.busy_s > 0.02)
    assert not tasks.close(0.01)
    hung.set()
    assert tasks.close()
    assert tasks.busy_s == 0


def test_nothing_arrives_after_closing(qtbot: QtBot) -> None:
    tasks = Tasks(FakeStore)
    came: list[object] = []
    for value in range(20):
        tasks.run(partial(note, value), came.append)
    assert tasks.close()
    gc.collect()
    qtbot.wait(1)
    assert came == []


def test_many_short_lives_end_well(qtbot: QtBot) -> None:
    """The last reference to a QObject must not die on a worker: that crashed one run in twenty."""
    for _life in range(40):
        tasks = Tasks(FakeStore)
        came: list[object] = []
        for value in range(3):
            tasks.run(partial(note, value), came.append)
        qtbot.waitUntil(lambda came=came: len(came) == 3)  # type: ignore[misc]
        assert tasks.close()
        del tasks
        gc.collect(0)
    assert not [each for each in threading.enumerate() if each.name == "store"]


def test_a_window_that_goes_in_the_middle_of_a_job_leaves_no_thread_behind(qtbot: QtBot) -> None:
    window, hung = QObject(), threading.Event()
    tasks = Tasks(FakeStore, window)
    tasks.run(lambda _store: hung.wait(30))
    qtbot.waitUntil(lambda: tasks.busy_s > 0)
    thread = tasks._thread
    shiboken6.delete(window)
    hung.set()
    thread.join(30)
    assert not thread.is_alive()


def test_who_waits_for_an_idle_thread_is_told_once_after_all_answers(qtbot: QtBot) -> None:
    tasks, told = Tasks(FakeStore), list[str]()

    def ask_on(_answer: object) -> None:
        told.append("first")
        tasks.run(partial(note, 2), lambda _answer: told.append("second"))
        tasks.when_idle(lambda: told.append("idle"))

    tasks.run(partial(note, 1), ask_on)
    tasks.when_idle(lambda: told.append("idle"))
    qtbot.waitUntil(lambda: "idle" in told)
    assert told == ["first", "second", "idle"]
    tasks.when_idle(lambda: told.append("at once"))
    assert told[-1] == "at once"
    assert tasks.close()


def test_nobody_is_told_of_an_idle_thread_that_was_closed(qtbot: QtBot) -> None:
    tasks, told = Tasks(FakeStore), list[str]()
    tasks.when_idle(lambda: told.append("nothing to wait for"))
    tasks.run(partial(note, 1), lambda _answer: told.append(f"closed {tasks.close()}"))
    tasks.when_idle(lambda: told.append("idle"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["nothing to wait for", "closed True"]


def test_a_bug_in_what_follows_keeps_nobody_waiting(qtbot: QtBot) -> None:
    tasks, told = Tasks(FakeStore), list[str]()
    with qtbot.captureExceptions() as caught:
        tasks.run(partial(note, 1), lambda _answer: 1 / 0)
        tasks.when_idle(lambda: told.append("idle"))
        qtbot.waitUntil(lambda: bool(told))
    assert [each[0] for each in caught] == [ZeroDivisionError]
    assert tasks.close()
