"""The box of a list that is being read: its progress, and which column is what."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from ult_desktop.base import UserError, _
from ult_desktop.core.online.mapping import Table
from ult_desktop.operations.online.list_reader import ListReader, reading_cancelled
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.pages.page_host import is_there
from ult_desktop.ui.kit import Theme, dialogs, forms
from ult_desktop.ui.office_link.tasks import FileWorker, Request

T = TypeVar("T")
SHOW_AFTER_MS = 400  # most lists are read before anybody would see the box


class ReadingBox(dialogs.Box):
    """The box that closes with the end of the reading. Closing it before ends the reading.

    Args:
        host: the officer's.
        path: the list.
        job: reads the list with the given reader, on a thread of its own; holds no widget.
        then: gets what the job made of it.
        failed: gets the words when there is nothing, `ReadingCancelled` among them.
    """

    def __init__(
        self,
        host: PageHost,
        path: Path,
        job: Callable[[ListReader], T],
        then: Callable[[T], object],
        failed: Callable[[UserError], object],
    ) -> None:
        super().__init__(host.window, host.theme, _("Membaca daftar"), ("files", "blue"))
        self.say(_("{name} sedang dibaca. Belum ada yang diimpor.").format(name=path.name))
        self.words.addWidget(QProgressBar(textVisible=False, maximum=0))
        self.stop = self.add_button(_("Batal"), "quiet", lambda: None)
        reader = ListReader(path)
        self._reply = Request(partial(_hand_over, then), partial(_hand_over, failed))
        self.rejected.connect(reader.cancel)
        self.rejected.connect(lambda: self._reply.refuse(reading_cancelled()))
        self.destroyed.connect(reader.cancel)
        self._delay = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._delay.timeout.connect(self.open)
        self._delay.start()
        FileWorker(self).run(partial(job, reader), self._read, self._not_read)

    def _read(self, value: T) -> None:
        self._end()
        self._reply.answer(value)

    def _not_read(self, error: UserError) -> None:
        self._end()
        self._reply.refuse(error)

    def _end(self) -> None:
        self._delay.stop()
        self.hide()
        self.deleteLater()


def _hand_over(then: Callable[[T], object], value: T) -> None:
    """Call `then` with the value, unless its page is gone because the officer signed out."""
    if is_there(then):
        then(value)


_SAMPLE = 28  # letters of an example that a choice has room for
_NONE = "-"  # the value of "no column": without a value a choice shows nothing as chosen


def column_fields(
    theme: Theme, table: Table, wanted: Mapping[str, str], needed: Collection[str]
) -> tuple[tuple[forms.Field, ...], ...]:
    """Make the fields, two next to each other.

    `wanted`: what a column can hold, by its key, and its words.
    """
    options = [(_NONE, _("(tidak ada)")), *_options(table)]
    fields = [
        forms.ChoiceField(theme, key, words, options, required=key in needed) for key, words in wanted.items()
    ]
    return tuple(tuple(fields[place : place + 2]) for place in range(0, len(fields), 2))


def column_values(wanted: Iterable[str], heads: Mapping[str, str]) -> dict[str, str]:
    """Return the form's first values: the head of the column by what it holds."""
    return {key: heads.get(key, _NONE) for key in wanted}


def chosen_heads(wanted: Iterable[str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return what was chosen, as `column_values` takes it. A key without a column is left out."""
    return {key: str(values[key]) for key in wanted if values.get(key) not in (None, _NONE)}


def column_problems(needed: Iterable[str], values: Mapping[str, Any]) -> dict[str, str]:
    """Return the problems by key: a column that fills two fields, or a needed key without one."""
    heads = list(values.values())
    lacking = {key: _("Pilih kolomnya.") for key in needed if values[key] == _NONE}
    return lacking | {
        key: _("Kolom ini sudah dipakai untuk isian lain.")
        for key, head in values.items()
        if head != _NONE and heads.count(head) > 1
    }


def _options(table: Table) -> list[tuple[str, str]]:
    found = dict[str, str]()
    for place, head in enumerate(table.headers):
        cells = (row.cells[place].strip() for row in table.rows if place < len(row.cells))
        sample = " ".join(next((cell for cell in cells if cell), "").split())
        if len(sample) > _SAMPLE:
            sample = f"{sample[:_SAMPLE]}…"
        if head:
            found.setdefault(head, f"{head} ({sample})" if sample else head)
    return list(found.items())
