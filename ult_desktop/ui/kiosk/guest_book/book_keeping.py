"""The steps of the guest book at the kiosk.

Answers go in, the next question comes out, and the office gets the line once.
"""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError, _
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers
from ult_desktop.ui.kiosk.outage_words import book_not_saved, is_outage
from ult_desktop.ui.office_link.link import OfficeLink


class GuestBookFlow(QObject):
    """The flow of the guest book.

    It holds the line that is being filled in; what was not saved is forgotten with the visitor.

    Signals:
        changed: the `GuestBookAnswers` as it is now, None when there is none.
        signed: it is saved.
    """

    changed = Signal(object)
    signed = Signal()

    def __init__(self, link: OfficeLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self.book: GuestBookAnswers | None = None

    def begin(self, book: GuestBookAnswers) -> None:
        self._become(book)

    def forget(self) -> None:
        self._become(None)

    def say(self, text: str) -> None:
        if self.book is not None:
            self._become(self.book.says(text))

    def choose(self, then: GuestBookAnswers) -> None:
        """Take the answers as they are after the tap of a card."""
        self._become(then)

    def agree(self, remember: bool) -> None:
        if self.book is not None:
            self._become(replace(self.book, remember=remember))

    def back(self) -> bool:
        """Go one question back; return False before the first one."""
        before = self.book.back() if self.book is not None else None
        if before is not None:
            self._become(before)
        return before is not None

    def save(self) -> None:
        """Send the line to the office once, however often the visitor taps meanwhile."""
        if self.book is None or self.book.saving:
            return
        self._become(replace(self.book, saving=True, trouble=""))
        self._link.perform(self.book.ask(), self._saved, self._refused)

    def _saved(self, _visit: object) -> None:
        if self._waits:
            self._become(None)
            self.signed.emit()

    def _refused(self, error: UserError) -> None:
        if self.book is not None and self._waits:
            words = _("Belum tersimpan. {why} Isian Anda masih ada.").format(why=error.what)
            words = book_not_saved() if is_outage(error) else words
            self._become(replace(self.book, saving=False, trouble=words))

    @property
    def _waits(self) -> bool:
        """Return whether the visitor is still here."""
        return self.book is not None and self.book.saving

    def _become(self, book: GuestBookAnswers | None) -> None:
        self.book = book
        self.changed.emit(book)
