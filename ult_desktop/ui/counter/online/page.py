"""The page Daring: the inbox with its two-day clocks, one request, imports, the year's numbers."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.online import clock, online_request
from ult_desktop.db import online_requests
from ult_desktop.ui.counter.online import acts, reply_box, words as online_words
from ult_desktop.ui.counter.online.import_panel import ImportPanel
from ult_desktop.ui.counter.online.request_view import RequestView
from ult_desktop.ui.counter.pages import WorkPage, snapshot
from ult_desktop.ui.kit import Row, Theme, lists, panels, widgets


class RecapStrip(QWidget):
    """The strip of counts: pengajuan, dalam proses, ditutup, total (docs/domain.md, "Public recap")."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.year = widgets.Label("", "small", "soft")
        self.pills = tuple(widgets.Pill(theme, "", tone) for tone in ("accent", "primary", "ok"))
        self.total = widgets.Label("", "small", "soft")
        row = Row(theme, self, gap=8)
        row.addWidget(self.year)
        for pill in self.pills:
            row.addWidget(pill)
        row.addWidget(self.total)
        row.addStretch()

    def show_recap(self, recap: online_request.Recap) -> None:
        self.year.setText(_("Tahun {year}").format(year=recap.year))
        words = (
            _("Pengajuan {n}").format(n=recap.new),
            _("Dalam proses {n}").format(n=recap.in_progress),
            _("Ditutup {n}").format(n=recap.closed),
        )
        for pill, text in zip(self.pills, words, strict=True):
            pill.show_status(text, pill.tone())
        self.total.setText(_("Total {n}").format(n=recap.total))


_CLOCK_MS = 60_000


class OnlinePage(WorkPage):
    """The page of online requests, the most pressing first."""

    name, icon_name = "online", "globe"
    needs = frozenset({Permission.HANDLE_ONLINE})
    title = staticmethod(lambda: _("Daring"))
    waiting = staticmethod(lambda tx, _now, _actor: online_requests.waiting(tx))

    @override
    def build(self) -> None:
        self.recap = RecapStrip(self.theme)
        self.requests = lists.RecordList(
            self.theme,
            _("Cari nama, nomor, perihal …"),
            online_words.request_filters(),
            (_("Belum ada permintaan daring."), "globe"),
            opens_first=True,
        )
        self.view = RequestView(self.host, reply_box.drafts_of_this_pc())
        self.lists = ImportPanel(self.host)
        self.places = QStackedWidget()
        self.places.addWidget(panels.SplitView(self.theme, self.requests, self.view))
        self.places.addWidget(self.lists)
        self.body.addWidget(self.recap)
        self.body.addWidget(self.places, 1)
        self.type = self.add_head_button(_("Catat permintaan"), "pen-line", self.type_in)
        self.load = self.add_head_button(_("Impor daftar"), "upload", self.show_import, "primary")
        self._chosen: int | None = None
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._wire()

    def _wire(self) -> None:
        self._clock.timeout.connect(self.refresh)
        self.requests.chosen.connect(self._choose)
        self.lists.left.connect(self.show_inbox)
        self.key("Ctrl+N", self.type_in)
        self.key("Ctrl+I", self.show_import)

    @override
    def refresh(self) -> None:
        self.fetch(snapshot(online_requests.inbox, self._chosen), self._show)

    @override
    def open_subject(self, subject: object) -> None:
        self.show_inbox()
        self.requests.choose(subject)

    def type_in(self) -> None:
        self.show_inbox()
        acts.type_in(self.host, self._typed_in)

    def show_import(self) -> None:
        self.places.setCurrentWidget(self.lists)
        self.lists.setFocus()

    def show_inbox(self) -> None:
        self.places.setCurrentIndex(0)
        self.refresh()

    def _show(self, inbox: clock.OnlineInbox) -> None:
        now = self.host.now()
        if self._chosen is not None:
            self.view.show_card(inbox.card, now)
        self.recap.show_recap(inbox.recap)
        self.requests.show_rows([online_words.request_row(line, now) for line in inbox.lines])

    def _choose(self, request_id: object) -> None:
        if isinstance(request_id, int):
            self._chosen = request_id
            self.refresh()

    def _typed_in(self, request: online_request.OnlineRequest) -> None:
        self.requests.choose(request.id)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
