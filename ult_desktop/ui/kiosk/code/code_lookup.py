"""Looking up the code of a visitor: one at a time, and not for somebody who left."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.kiosk_code import KnownCode
from ult_desktop.operations.queue.kiosk_codes import answer_code
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.office_link.link import OfficeLink


class CodeLookup(QObject):
    """Asks the office what a code is.

    Signals:
        checked_in: an `IssuedTicket`, for an appointment.
        found: a `KnownCode`.
        refused: a `UserError`, also for a code that nobody knows.
    """

    checked_in = Signal(object)
    found = Signal(object)
    refused = Signal(object)

    def __init__(self, link: OfficeLink, parent: QObject) -> None:
        super().__init__(parent)
        self._inquiry = VisitorQuery(link)

    def look_up(self, text: str, *, wants_paper: bool) -> None:
        """Does nothing while an earlier code is looked up."""
        job = partial(answer_code, text, wants_paper)
        self._inquiry.ask(job, self._answered, self.refused.emit, self._answered_late)

    def forget(self) -> None:
        """The visitor left."""
        self._inquiry.forget()

    def _answered(self, answer: KnownCode | IssuedTicket | None) -> None:
        if isinstance(answer, IssuedTicket):
            self.checked_in.emit(answer)
        elif answer is None:
            self.refused.emit(_unknown())
        else:
            self.found.emit(answer)

    def _answered_late(self, answer: KnownCode | IssuedTicket | None) -> None:
        """A number was given, whoever stands here now."""
        if isinstance(answer, IssuedTicket):
            self.checked_in.emit(answer)


def _unknown() -> UserError:
    return UserError(_("Kode ini tidak kami kenal."), todo=_("Periksa lagi, atau tanyakan kepada petugas."))
