"""An import under way: one batch after the other, each its own request to the office."""

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.online.commands import ImportRequests
from ult_desktop.core.online.online_request import BatchResult
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.form import FlatForm
from ult_desktop.ui.kit.forms.tick_field import TickField


class ResumeForm(FlatForm):
    """Stands there when the office refused a batch: why, and the button that tries it again."""

    @override
    def show_refusal(self, error: UserError) -> None:
        super().show_refusal(error)
        self.show()


class BatchRun(QObject):
    """Carried on where it stopped; a batch that was written after all is done twice by nobody.

    Signals:
        progressed: (batches done, batches in all).
        ended: every batch is written, or it was stopped between two (the results so far).
    """

    progressed = Signal(int, int)
    ended = Signal(object)

    def __init__(self, desk: PageHost, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        nothing_to_ask = TickField(desk.theme, "again", _("Lanjutkan"))  # a form has a field
        self.form = ResumeForm(desk.theme, (nothing_to_ask,), _("Lanjutkan"))
        nothing_to_ask.set_shown(False)
        self.form.hide()
        self.form.submitted.connect(lambda _values: self._next())
        self._asks: tuple[ImportRequests, ...] = ()
        self._results: list[BatchResult] = []
        self._stopped = False

    def start(self, asks: tuple[ImportRequests, ...]) -> None:
        self._asks, self._results, self._stopped = asks, [], False
        self._next()

    def stop(self) -> None:
        """After the batch under way; what is written stays."""
        self._stopped = True
        if not self.form.isHidden():
            self._end()

    def _next(self) -> None:
        done = len(self._results)
        self.progressed.emit(done, len(self._asks))
        self.form.hide()
        if done == len(self._asks) or self._stopped:
            self._end()
        else:
            self._desk.perform(self._asks[done], self._came, form=self.form)

    def _came(self, result: BatchResult) -> None:
        self._results.append(result)
        self._next()

    def _end(self) -> None:
        self.form.hide()
        self.ended.emit(tuple(self._results))
