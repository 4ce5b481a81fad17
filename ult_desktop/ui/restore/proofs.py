"""The backups within reach, each proved in its turn on a thread of its own."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError
from ult_desktop.operations.backup import choices
from ult_desktop.operations.backup.choices import BackupChoice, BackupOutlook, BackupsFound
from ult_desktop.ui.office_link.tasks import FileWorker
from ult_desktop.ui.restore.words import Known


class RestorePlace(NamedTuple):
    """The office, this station's name and folder of journals there, and its backups.

    `asked_by` is the login of the admin who asks, and a file that is whole may be replaced too; "" where
    nobody could sign in.
    """

    database: Path
    station: str
    own: Path
    second_place: Path | None
    asked_by: str


class BackupProofs(QObject):
    """What can be chosen (`found`), and what is known of it.

    Signals:
        listed: `found` and `trouble` are new.
        proved: more is known.
        failed: a UserError: the folder could not be looked through.
    """

    listed = Signal()
    proved = Signal()
    failed = Signal(object)

    def __init__(self, place: RestorePlace, parent: QObject) -> None:
        super().__init__(parent)
        self._place, self._folder = place, place.second_place
        self.carried: tuple[Path, ...] = ()
        self.found: dict[object, BackupChoice] = {}
        self.trouble = ""
        self._known: dict[object, BackupOutlook | UserError] = {}
        self._turn = 0
        self._worker = FileWorker(self)

    def known(self, key: object) -> Known:
        return self._known.get(key)

    def find(self) -> None:
        """List them anew; what was proved before may mean another thing now."""
        self._turn += 1
        job = partial(choices.find_backups, self._place.database, self._folder)
        FileWorker(self).run(job, partial(self._list, self._turn), self.failed.emit)

    def look_into(self, folder: str) -> None:
        """Backups that lie elsewhere."""
        self._folder = Path(folder)
        self.find()

    def carry(self, folder: str) -> None:
        """Further journals, from another PC."""
        self.carried = (*self.carried, Path(folder))
        self.find()

    def _list(self, turn: int, found: BackupsFound) -> None:
        if turn == self._turn:
            self.found = {each.id: each for each in found.choices}
            self.trouble = found.trouble
            self._known.clear()
            self.listed.emit()

    def prove_next(self, first: object) -> None:
        """The one that a person looks at is proved before the others."""
        waiting = [key for key in (first, *self.found) if key in self.found.keys() - self._known.keys()]
        if waiting and not self._worker.is_busy:
            source, place = self.found[waiting[0]].path, self._place
            job = partial(choices.look_ahead, place.database, source, place.own, self.carried)
            done = partial(self._prove, self._turn, waiting[0])
            self._worker.run(job, done, done)

    def _prove(self, turn: int, key: object, known: BackupOutlook | UserError) -> None:
        if turn == self._turn:
            self._known[key] = known
        self.proved.emit()
