"""The groups about this PC's own file: each is one form. A change holds when the program starts again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import StationConfig, default_path, load_station
from ult_desktop.base.station_file import station_written
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office import edits, text
from ult_desktop.operations.office.place import settled
from ult_desktop.ui import process
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.settings.form_group import FormGroup
from ult_desktop.ui.counter.settings.saving import DifferenceBox, Wording, refuse_in
from ult_desktop.ui.kit import dialogs, forms, panels
from ult_desktop.ui.office_link.tasks import FileWorker

T = TypeVar("T")


@dataclass(frozen=True)
class StationEdit:
    """The settings of this PC before and after a change."""

    before: StationConfig
    after: StationConfig


def read_station(path: Path | None) -> StationConfig:
    """Read the file as it is now, not as it was when this program started."""
    place = path or default_path()
    return load_station(place) if place.exists() else StationConfig()


def change_station(path: Path | None, seen: StationConfig, wanted: StationConfig) -> StationEdit:
    """Write the change from `seen` to `wanted`, whole. Changes made elsewhere by hand meanwhile stay.

    Raises UserError: it cannot be written, or another office is named that does not let this PC in.
    """
    before = read_station(path)
    after = edits.carry_over(before, seen, wanted)
    if after.database != before.database:
        after = msgspec.structs.replace(after, database=settled(after.database))
    with station_written(path or default_path(), after):
        return StationEdit(before, after)


class StationSaver:
    """The saver of this PC's file, on a thread of its own. It needs no share.

    Args:
        host: the officer's.
        note: where it is said that it went through.
        path: the file; None is the usual place.
    """

    def __init__(self, host: PageHost, note: panels.Note, path: Path | None) -> None:
        self._host, self._note, self._path = host, note, path
        self.wording = Wording()
        self._worker = FileWorker(note)
        self._last: StationEdit | None = None
        note.answered.connect(self._restart)

    def read(self, then: Callable[[StationConfig], object]) -> None:
        if not self._worker.is_busy:
            self._worker.run(partial(read_station, self._path), then, self._host.refuse)

    def offer(
        self,
        form: forms.Form,
        seen: StationConfig,
        wanted: StationConfig,
        then: Callable[[StationConfig], object],
    ) -> None:
        """Show what would change, and write it when the officer agrees. A refusal is shown in `form`."""
        facts = [self.wording.fact(each) for each in text.differences(seen, wanted)]
        if not facts:
            self._host.tell(_("Tidak ada yang berubah."))
            return
        save = partial(self._write, seen, wanted, then, partial(refuse_in, form))
        words = _("Berlaku di komputer ini setelah program dimulai ulang.")
        DifferenceBox(self._host, facts, save, words).open()

    def take_back(self, then: Callable[[StationConfig], object]) -> None:
        last, self._last = self._last, None
        if last is not None:
            self._write(last.after, last.before, then, self._host.refuse)

    def _write(
        self,
        seen: StationConfig,
        wanted: StationConfig,
        then: Callable[[StationConfig], object],
        refused: Callable[[UserError], object],
    ) -> None:
        job = partial(change_station, self._path, seen, wanted)
        self._worker.run(job, partial(self._done, then), refused)

    def _done(self, then: Callable[[StationConfig], object], edit: StationEdit) -> None:
        self._last = edit
        self._note.say(
            _("Tersimpan di komputer ini; berlaku setelah program dimulai ulang."), _("Mulai ulang …")
        )
        then(edit.after)

    def _restart(self) -> None:
        dialogs.ask(
            self._host.window,
            self._host.theme,
            _("Mulai ulang program di komputer ini?"),
            _("Jendela ini tertutup dan terbuka lagi, lalu petugas masuk sekali lagi."),
            (_("Mulai ulang"), process.restart),
        )


class StationGroup(FormGroup[StationConfig]):
    """A form over keys of this PC's file."""

    needs = frozenset({Permission.MANAGE_OFFICE})
    group = "station"
    kind = StationConfig

    @override
    def build(self) -> None:
        self.saver: StationSaver
        super().build()
        self.undo = self.add_head_button(_("Urungkan"), "undo-2", self._take_back)
        self.undo.hide()
        self.worker = FileWorker(self)

    def run(self, job: Callable[[], T], then: Callable[[T], object]) -> None:
        """Run a job on a thread of its own, one at a time: a device or a disk may keep it waiting."""
        if not self.worker.is_busy:
            self.worker.run(job, then, self.host.refuse)

    @override
    def make_saver(self) -> StationSaver:
        return StationSaver(self.host, self.note, self.host.setup.settings if self.host.setup else None)

    @override
    def refresh(self) -> None:
        self.saver.read(self.show_read)

    @override
    def saved(self, go: Callable[[], object] | None, document: StationConfig) -> None:
        super().saved(go, document)
        self.undo.show()

    def _take_back(self) -> None:
        self.undo.hide()
        self.saver.take_back(partial(self.saved, None))
