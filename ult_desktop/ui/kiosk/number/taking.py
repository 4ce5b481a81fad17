"""Taking a number: one touch, one request, whatever the fingers do meanwhile."""

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.ui.office_link.link import OfficeLink


class NumberRequest(QObject):
    """Asks the office for one number at a time.

    Signals:
        issued: an `IssuedTicket`.
        refused: a `UserError`; no number was taken.
        slow: the office takes its time; say so.
    """

    issued = Signal(object)
    refused = Signal(object)
    slow = Signal()

    def __init__(self, link: OfficeLink, hurry_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self.busy = False
        self._hurry = QTimer(self, singleShot=True, interval=hurry_ms)
        self._hurry.timeout.connect(self.slow)

    def take(self, ask: IssueTicket) -> None:
        """Does nothing while an earlier request is under way."""
        if self.busy:
            return
        self.busy = True
        self._hurry.start()
        self._link.perform(ask, self._issued, self._refused)

    def _issued(self, issued: IssuedTicket) -> None:
        self._over()
        self.issued.emit(issued)

    def _refused(self, error: UserError) -> None:
        self._over()
        self.refused.emit(error)

    def _over(self) -> None:
        self.busy = False
        self._hurry.stop()
