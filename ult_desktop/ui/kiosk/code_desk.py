"""Looking up the code of a visitor: one at a time, and not for somebody who left."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.core.boards import IssuedTicket
from ult_desktop.core.kiosk_code import KnownCode
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.kiosk_codes import answer_code
from ult_desktop.ui.link import OfficeLink


class CodeDesk(QObject):
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
        self._link = link
        self._visitor = 0
        self.busy = False

    def look_up(self, text: str, *, wants_paper: bool) -> None:
        """Does nothing while an earlier code is looked up."""
        if self.busy:
            return
        self.busy = True
        here = self._visitor
        self._link.perform(
            partial(answer_code, text, wants_paper),
            partial(self._answered, here),
            partial(self._refused, here),
        )

    def forget(self) -> None:
        """The visitor left: an answer that is still to come is for nobody."""
        self._visitor += 1
        self.busy = False

    def _answered(self, visitor: int, answer: KnownCode | IssuedTicket | None) -> None:
        if isinstance(answer, IssuedTicket):
            self.busy = False
            self.checked_in.emit(answer)  # the number was given, whoever stands here now
        elif visitor == self._visitor:
            self.busy = False
            if answer is None:
                self.refused.emit(_unknown())
            else:
                self.found.emit(answer)

    def _refused(self, visitor: int, error: UserError) -> None:
        if visitor == self._visitor:
            self.busy = False
            self.refused.emit(error)


def _unknown() -> UserError:
    return UserError(_("Kode ini tidak kami kenal."), todo=_("Periksa lagi, atau tanyakan kepada petugas."))
