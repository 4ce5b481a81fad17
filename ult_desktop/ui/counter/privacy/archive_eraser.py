"""A retention run from the counter: the office file, then archive by archive, and no window stands still."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.core.retention import RetentionRun
from ult_desktop.core.roles import Actor
from ult_desktop.db import archive_erasing
from ult_desktop.db.archive_changes import Known
from ult_desktop.db.archive_erasing import Prepared
from ult_desktop.db.retention import Sweep
from ult_desktop.errors import UserError
from ult_desktop.operations import archive_erasing as steps
from ult_desktop.operations import archive_lease, retention
from ult_desktop.operations.office import Office
from ult_desktop.ui.counter.online.file_desk import FileDesk
from ult_desktop.ui.counter.work.desk import Then, WorkDesk
from ult_desktop.ui.link import Job


class ArchiveEraser(QObject):
    """Asks are performed on the office's thread; archives are copied and proved on one of their own.

    One that is damaged is told and left; the others have their turn. Cut off, the next run goes on.

    Signals:
        done: (RetentionRun) the run is over.
        stopped: it was refused on its way, which was told; another one goes on from there.
    """

    done = Signal(object)
    stopped = Signal()

    def __init__(self, desk: WorkDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._files = desk, FileDesk(self)
        self.is_running = False
        self._run_id = 0
        self._left: list[Known] = []

    def start(self) -> None:
        """Not while one is under way: two would be at the same archive."""
        if not self.is_running:
            self.is_running = True
            self._perform(_begin, self._begun)

    def _perform(self, job: Job, then: Then) -> None:
        self._desk.perform(job, then, refused=self._refused)

    def _begun(self, begun: tuple[RetentionRun, tuple[Known, ...], Sweep]) -> None:
        run, archives, self._sweep = begun
        self._run_id, self._left = run.id, list(archives)
        self._next()

    def _next(self) -> None:
        """The next archive, as often as there is something to do about it."""
        if not self._left:
            self._perform(partial(_finish, self._run_id), self._finished)
            return
        self._files.run(
            partial(archive_erasing.plan, self._left[0], self._sweep), self._planned, self._failed
        )

    def _planned(self, prepared: Prepared | None) -> None:
        if prepared is None:
            del self._left[0]
            self._next()
        else:
            self._perform(partial(_write_down, prepared, self._run_id), self._put)

    def _put(self, prepared: Prepared) -> None:
        self._files.run(partial(_placed, prepared), self._there, self._failed)

    def _there(self, prepared: Prepared) -> None:
        self._perform(partial(_end, prepared), self._ended)

    def _ended(self, known: Known) -> None:
        self._left[0] = known
        self._next()

    def _finished(self, run: RetentionRun) -> None:
        self.is_running = False
        self.done.emit(run)

    def _refused(self, _error: UserError) -> None:
        self.is_running = False
        self.stopped.emit()

    def _failed(self, error: UserError) -> None:
        self._desk.refuse(error)
        del self._left[0]
        self._next()


def _begin(office: Office, actor: Actor) -> tuple[RetentionRun, tuple[Known, ...], Sweep]:
    run = retention.begin(office, actor)
    archives = steps.known(office)
    if archives:
        archive_lease.take(office)
    return run, archives, retention.sweep_now(office)


def _write_down(prepared: Prepared, run_id: int, office: Office, actor: Actor) -> Prepared:
    steps.begin(office, actor, prepared, run_id)
    return prepared


def _placed(prepared: Prepared) -> Prepared:
    archive_erasing.put(prepared)
    return prepared


def _end(prepared: Prepared, office: Office, actor: Actor) -> Known:
    return steps.end(office, actor, prepared)


def _finish(run_id: int, office: Office, actor: Actor) -> RetentionRun:
    archive_lease.let_go(office)
    return retention.finish(office, actor, run_id)
