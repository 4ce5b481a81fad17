"""The cover over a counter while the office doubts its date and time, and the page that asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.office.office import Office, OfficerSummary
from ult_desktop.ui.counter.session.passwords import PasswordPage
from ult_desktop.ui.counter.session.sign_in import SignIn
from ult_desktop.ui.kit import Column, Row, Theme, forms, widgets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from PySide6.QtWidgets import QWidget

    from ult_desktop.operations.time_watch import TimeDoubt
    from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
    from ult_desktop.ui.kit.widgets import Now
    from ult_desktop.ui.office_link.link import OfficeLink


class TimePage(PasswordPage):
    """The page that asks whether the share's date and time are right. An officer's password confirms them.

    Signals:
        confirmed: a `SignIn`, without a counter.
    """

    confirmed = Signal(object)

    def __init__(self, theme: Theme, now: Now) -> None:
        super().__init__(theme, _("Ya, ini benar"))
        self._now = now
        self.time = widgets.Label("", "heading", wrap=True)
        self.words = widgets.Label("", "body", "soft", wrap=True)
        self.officer = forms.ComboBox(theme)
        self._lay_out(theme)
        self.clear()

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme, gap=16)
        head.addWidget(widgets.IconTile(theme, "clock-alert", "amber", 56))
        names = Column(theme, gap=2)
        names.addWidget(widgets.Label(_("Apakah tanggal dan jam ini benar?"), "strong", wrap=True))
        names.addWidget(self.time)
        head.addLayout(names, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.words)
        for name, field in ((_("Petugas"), self.officer), (_("Kata sandi"), self.password)):
            label = widgets.Label(name, "small", "soft")
            label.setBuddy(field)
            field.setAccessibleName(name)
            self.column.addWidget(label)
            self.column.addWidget(field)
        for widget in (self.caps, self.wrong, self.button):
            self.column.addWidget(widget)

    def show_doubt(self, doubt: TimeDoubt) -> None:
        """Show the doubt, in the office's own time."""
        witnesses, zone = doubt.witnesses, self._now().tzinfo
        log, own = _moment_words(witnesses.log, zone), _moment_words(witnesses.own, zone)
        self.time.setText(_moment_words(witnesses.now, zone))
        self.words.setText(
            "\n".join(
                (
                    _("Catatan terakhir kantor: {log}").format(log=log),
                    _("Jam komputer ini: {own}").format(own=own),
                    _("Sampai dipastikan tidak ada yang ditulis, dan kios menyuruh bertanya kepada petugas."),
                    _("Bila salah, perbaiki jam komputer yang menyimpan berkas: halaman ini hilang sendiri."),
                )
            )
        )

    def show_officers(self, officers: Sequence[OfficerSummary]) -> None:
        """Show who can confirm it. An officer already chosen stays chosen."""
        chosen = self.officer.currentData()
        self.officer.clear()
        for officer in officers:
            self.officer.addItem(officer.name, officer.login)
        self.officer.setCurrentIndex(max(0, self.officer.findData(chosen)))
        self._ready()

    @override
    def _ready(self) -> None:
        self.button.setText(_("Ya, ini benar"))
        self.button.setEnabled(self.officer.count() > 0)

    @override
    def _ask(self) -> None:
        self.button.setEnabled(False)
        self.button.setText(_("Memeriksa…"))
        self.confirmed.emit(SignIn(self.officer.currentData(), self.password.text(), None))


def _moment_words(at: int, zone: tzinfo | None) -> str:
    moment = to_datetime(at, zone)
    return f"{formats.format_date(moment)}, {formats.format_clock(moment)}"


class TimeCover(QObject):
    """The cover that shows the page over everything while the office doubts its time, and then removes it."""

    def __init__(self, link: OfficeLink, frame: CounterFrame, theme: Theme, now: widgets.Now) -> None:
        super().__init__(frame)
        self._link, self._frame, self._theme, self._now = link, frame, theme, now
        self._covered_page: QWidget | None = None
        self.page: TimePage | None = None
        link.connection_changed.connect(lambda _state: self.look())

    def look(self) -> None:
        """Show the cover while the office doubts its date and time; else remove it."""
        doubt = self._link.time_doubt
        if doubt is None:
            self._uncover()
            return
        if self.page is None:
            self._covered_page = self._frame.pages.currentWidget()
            self.page = TimePage(self._theme, self._now)
            self.page.confirmed.connect(self._confirm)
            self._frame.show_page(self.page)
            self._link.read(Office.officers, self.page.show_officers)
        self.page.show_doubt(doubt)

    def _confirm(self, sign_in: SignIn) -> None:
        if self.page is not None:
            credentials = (sign_in.login, sign_in.password)
            self._link.confirm_time(credentials, lambda _at: self.look(), self.page.show_refusal)

    def _uncover(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            if self._covered_page is not None and self._frame.pages.indexOf(self._covered_page) >= 0:
                self._frame.show_page(self._covered_page)
            self._frame.remove_page(page)
