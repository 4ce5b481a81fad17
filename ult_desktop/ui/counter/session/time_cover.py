"""The cover of a counter's window while the office's date is doubtful."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.session.time_page import TimePage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
    from ult_desktop.ui.counter.session.sign_in import SignIn
    from ult_desktop.ui.kit import Theme, widgets
    from ult_desktop.ui.office_link.link import OfficeLink


class TimeCover(QObject):
    """The cover that shows the page over everything, and removes it when the doubt is over."""

    def __init__(self, link: OfficeLink, frame: CounterFrame, theme: Theme, now: widgets.Now) -> None:
        super().__init__(frame)
        self._link, self._frame, self._theme, self._now = link, frame, theme, now
        self._below: QWidget | None = None
        self.page: TimePage | None = None
        link.connection_changed.connect(lambda _state: self.look())

    def look(self) -> None:
        """Cover or uncover, by the state of the office's date now."""
        doubt = self._link.time_doubt
        if doubt is None:
            self._uncover()
            return
        if self.page is None:
            self._below = self._frame.pages.currentWidget()
            self.page = TimePage(self._theme, self._now)
            self.page.confirmed.connect(self._confirm)
            self._frame.show_page(self.page)
            self._link.read(Office.officers, self.page.show_officers)
        self.page.show_doubt(doubt)

    def _confirm(self, by: SignIn) -> None:
        if self.page is not None:
            said = (by.login, by.password)
            self._link.confirm_time(said, lambda _at: self.look(), self.page.show_refusal)

    def _uncover(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            if self._below is not None and self._frame.pages.indexOf(self._below) >= 0:
                self._frame.show_page(self._below)
            self._frame.remove_page(page)
