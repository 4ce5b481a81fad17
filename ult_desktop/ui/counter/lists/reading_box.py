"""The box of a list that is being read."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar

from ult_desktop.base import UserError, _
from ult_desktop.operations.lists.list_reader import ListReader, reading_cancelled
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.counter.pages.page_host import is_there
from ult_desktop.ui.kit import dialogs
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
        sheet: the sheet to read; "" is the first in sight that holds something.
    """

    def __init__(
        self,
        host: PageHost,
        path: Path,
        job: Callable[[ListReader], T],
        then: Callable[[T], object],
        failed: Callable[[UserError], object],
        sheet: str = "",
    ) -> None:
        super().__init__(host.window, host.theme, _("Membaca daftar"), ("files", "blue"))
        self.say(_("{name} sedang dibaca. Belum ada yang diimpor.").format(name=path.name))
        self.words.addWidget(QProgressBar(textVisible=False, maximum=0))
        self.stop = self.add_button(_("Batal"), "quiet", lambda: None)
        reader = ListReader(path, sheet=sheet)
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
