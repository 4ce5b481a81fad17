"""The watch over a folder that reads and imports each list which somebody puts there."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from ult_desktop.base import UserError
from ult_desktop.core.lists.understanding import Understanding
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.operations.lists.importing import (
    ImportBasis,
    ListWriting,
    import_basis,
    import_report,
    mark_known_rows,
    understand_file,
)
from ult_desktop.operations.lists.list_files import ListFile
from ult_desktop.operations.lists.list_reader import ListReader
from ult_desktop.operations.online import watched_folder
from ult_desktop.operations.online.request_lists import RequestLists
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.tasks import Tasks

T = TypeVar("T")
log = logging.getLogger(__name__)
LOOK_MS = 5_000
GIVE_UP_MS = 60_000  # a share that is gone never answers
# Every so many looks the watch tries lists again that it left for a person, who may have helped meanwhile.
AGAIN_EVERY = 12


class FolderWatch(QObject):
    """The watch over a folder of lists.

    A thread of its own reads the files; the office's worker thread writes the rows, as for any other act. The
    watch imports one list at a time, one batch at a time, so that the counter's own work goes on in between.
    When anything fails, the list stays in the folder, and a later look begins it again. A problem that a
    person must solve is reported once, by `link.refused`.

    Args:
        link: the connection to the office; the signed-in officer, else the station itself, is the actor.
        folder: the folder that is watched.
        source: where its lists come from.
        look_ms: the pause between two looks.
        give_up_ms: how long the watch waits for an answer of the office before it begins again.
    """

    def __init__(
        self,
        link: OfficeLink,
        folder: Path,
        source: OnlineSource,
        look_ms: int = LOOK_MS,
        give_up_ms: int = GIVE_UP_MS,
    ) -> None:
        super().__init__()
        self._link, self._importer, self._give_up_ms = link, RequestLists(source), give_up_ms
        self._files: Tasks[watched_folder.WatchedFolder] = Tasks(
            partial(watched_folder.WatchedFolder, folder), self
        )
        self._is_busy = False
        self._reader: ListReader | None = None
        self._turn = self._looks = 0  # a turn is a look with all the steps that follow from it
        self._since_step = QElapsedTimer()
        self._reported: set[str] = set()
        self._timer = QTimer(self, interval=look_ms)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Begin with the first list that is ready, unless the turn before still waits for an answer.

        The steps of a turn: read the file, read the basis in the office, understand the rows, look which of
        them the office has, write the others batch by batch, and move the file away.
        """
        if self._is_busy and (self._files.pending or self._since_step.elapsed() < self._give_up_ms):
            return
        self._is_busy = True
        self._turn += 1
        self._looks += 1
        if self._looks % AGAIN_EVERY == 0:
            self._files.run(watched_folder.WatchedFolder.look_again)
        self._files.run(watched_folder.WatchedFolder.waiting_lists, self._report_left_lists)
        self._run_on_files(watched_folder.WatchedFolder.ready_lists, self._read_first, self._on_failed)

    def _report_left_lists(self, lines: tuple[str, ...]) -> None:
        """Report to every station which lists wait here for a person, and why."""
        self._link.report(left_lists="\n".join(lines))

    def close(self) -> None:
        self._turn += 1
        self._timer.stop()
        if self._reader is not None:
            self._reader.cancel()
        self._files.close()

    def _await_answer(self, then: Callable[[T], object]) -> Callable[[T], None]:
        """Begin the wait for a step's answer, and return the function that takes the answer.

        It calls `then`, unless the watch has given this turn up meanwhile.
        """
        turn = self._turn
        self._since_step.restart()

        def take_answer(value: T) -> None:
            if turn == self._turn:
                then(value)

        return take_answer

    def _run_on_files(
        self,
        job: Callable[[watched_folder.WatchedFolder], T],
        then: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        self._files.run(job, self._await_answer(then), self._await_answer(failed))

    def _read_first(self, paths: tuple[Path, ...]) -> None:
        """Read the first list. The others come with the next looks."""
        if paths:
            path, reader = paths[0], ListReader(paths[0])
            self._reader = reader
            self._run_on_files(
                lambda _watched: reader.read(), partial(self._read_basis, path), partial(self._reject, path)
            )
        else:
            self._is_busy = False

    def _read_basis(self, path: Path, file: ListFile) -> None:
        self._link.read(
            partial(import_basis, importer=self._importer),
            self._await_answer(partial(self._understand, path, file)),
        )

    def _understand(self, path: Path, file: ListFile, basis: ImportBasis[OnlineRow]) -> None:
        self._run_on_files(
            lambda _watched: understand_file(file, basis, {}),
            partial(self._check_rows, path),
            self._on_failed,
        )

    def _check_rows(self, path: Path, understanding: Understanding[OnlineRow]) -> None:
        if understanding.needs_no_person:
            job = partial(mark_known_rows, importer=self._importer, understanding=understanding)
            self._link.read(job, self._await_answer(partial(self._begin_writing, path)))
        else:
            self._files.run(lambda watched: watched_folder.leave_list(watched, path, understanding))
            self._on_failed(watched_folder.needs_person_error(understanding))

    def _begin_writing(self, path: Path, understanding: Understanding[OnlineRow]) -> None:
        self._write_next_batch(path, understanding, ListWriting(self._importer, understanding))

    def _write_next_batch(
        self, path: Path, understanding: Understanding[OnlineRow], writing: ListWriting[OnlineRow]
    ) -> None:
        if writing.is_whole:
            report = import_report(understanding, writing.added)
            self._run_on_files(
                lambda watched: watched_folder.archive_list(watched, path, report),
                self._on_file_moved,
                self._on_failed,
            )
            return

        def on_written(rows: int) -> None:
            writing.note_written(rows)
            self._write_next_batch(path, understanding, writing)

        self._link.perform(
            writing.next_command(), self._await_answer(on_written), self._await_answer(self._on_failed)
        )

    def _reject(self, path: Path, error: UserError) -> None:
        self._run_on_files(
            lambda watched: watched_folder.reject_list(watched, path, error),
            self._on_file_moved,
            self._on_failed,
        )

    def _on_file_moved(self, outcome: watched_folder.FileImportResult) -> None:
        self._is_busy = False
        log.info("%s: %s", outcome.file, outcome.words)
        if outcome.ok:
            # From now on a problem that was reported before is news again.
            self._reported.clear()
        else:
            self._report_problem(UserError(f"{outcome.file}: {outcome.words}"))

    def _on_failed(self, error: UserError) -> None:
        self._is_busy = False
        self._report_problem(error)

    def _report_problem(self, error: UserError) -> None:
        """Log a problem and report it, once and not with every look."""
        if str(error) not in self._reported:
            self._reported.add(str(error))
            log.warning("%s", error)
            self._link.refused.emit(error)
