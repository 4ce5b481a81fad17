"""Work on files away from both threads: a list or a slow disk holds up neither the window nor the office."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject

from ult_desktop.base.errors import UserError
from ult_desktop.ui.office_link.tasks import Tasks

T = TypeVar("T")


class FileWorker(QObject):
    """Runs one job at a time on a thread that lives as long as the job."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: Tasks[None] | None = None

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def run(
        self, job: Callable[[], T], then: Callable[[T], object], failed: Callable[[UserError], object]
    ) -> None:
        """`job` is a plain function that holds no widget; one of the others follows on the GUI thread."""
        tasks: Tasks[None] = Tasks(_nothing, self)
        self._running = tasks
        tasks.run(
            partial(_without_store, job), partial(self._done, tasks, then), partial(self._done, tasks, failed)
        )

    def _done(self, tasks: Tasks[None], follow: Callable[[T], object], value: T) -> None:
        tasks.close()
        tasks.deleteLater()
        self._running = None
        if shiboken6.isValid(self):
            follow(value)


def _nothing() -> None:
    """There is no store here."""


def _without_store(job: Callable[[], T], _store: None) -> T:
    return job()
