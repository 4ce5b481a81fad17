"""The page Daring: the online requests, and the one in sight."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.online import clock as online_clock, online_request
from ult_desktop.db import online_requests
from ult_desktop.operations.online.request_lists import RequestLists
from ult_desktop.ui.counter.lists.list_panel import ImportPanel
from ult_desktop.ui.counter.online import acts, reply_box, words as online_words
from ult_desktop.ui.counter.pages import PageHost, WorkPage, snapshot
from ult_desktop.ui.kit import Column, Row, Theme, lists, panels, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.timeline import Timeline

_THICK = 10
_COLOURS = {
    online_clock.Urgency.OK: "primary",
    online_clock.Urgency.WARN: "warn",
    online_clock.Urgency.DANGER: "danger",
    online_clock.Urgency.DONE: "ok",
}
_TONES = {
    online_clock.Urgency.OK: "primary",
    online_clock.Urgency.WARN: "warn",
    online_clock.Urgency.DANGER: "danger",
    online_clock.Urgency.DONE: "ok",
}


class DueBar(QWidget):
    """The bar of the due time. Words say the same, so that nobody depends on its colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.words = widgets.Label("", "strong")
        self.bar = _Bar(theme)
        column = Column(theme, self, gap=4)
        column.addWidget(self.words)
        column.addWidget(self.bar)

    def show_clock(self, clock: online_clock.DueClock, words: str) -> None:
        self.words.setText(words)
        set_style_properties(self.words, tone=_TONES[clock.tone])
        self.bar.show_share(clock.share, _COLOURS[clock.tone])


class _Bar(QWidget):
    """The bar itself, which this class paints."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share, self._colour = theme, 0.0, "primary"
        set_decoration(self)

    def show_share(self, share: float, colour: str) -> None:
        self._share, self._colour = share, colour
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_THICK))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        thick = self._theme.px(_THICK)
        ground = QRectF(0, (self.height() - thick) / 2, self.width(), thick)
        painter.setBrush(self._theme.color("line"))
        painter.drawRoundedRect(ground, thick / 2, thick / 2)
        if self._share > 0:
            filled = QRectF(ground)
            filled.setWidth(max(thick, ground.width() * self._share))
            painter.setBrush(self._theme.color(self._colour))
            painter.drawRoundedRect(filled, thick / 2, thick / 2)
        painter.end()


class RequestView(Detail):
    """The view that shows the request card it is given."""

    def __init__(self, host: PageHost, mail: reply_box.MailDrafts) -> None:
        super().__init__(host.theme, (_("Pilih satu permintaan di daftar."), "globe"))
        self._host, self.mail = host, mail
        self.card: online_clock.RequestCard | None = None
        self.reply: reply_box.ReplyBox | None = None
        self.due = DueBar(host.theme)
        self.head.body.insertWidget(3, self.due)
        self.detail_text = widgets.Label("", wrap=True)
        self.detail_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_section(_("Yang diminta"), self.detail_text)
        self.answer_text = widgets.Label("", wrap=True)
        self.answer_text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answered = self.add_section(_("Jawaban yang dikirim"), self.answer_text)
        ground = QWidget()
        self._reply_column = Column(host.theme, ground)
        self._reply_place = self.add_section(_("Balasan"), ground)
        self.timeline = Timeline(host.theme)
        self.add_section(_("Riwayat"), self.timeline)

    def show_card(self, card: online_clock.RequestCard | None, now: datetime) -> None:
        """Show the request; None: there is no such request."""
        if card is None:
            self.card = None
            self.empty.say(_("Permintaan itu tidak ada."), "globe")
            self.show_nothing()
            return
        known, self.card = self.card, card
        request = card.request
        subtitle = f"{request.number} · {request.source.word}"
        self.show_head(request.name, subtitle, online_words.state_tags(request))
        self.due.show_clock(card.clock, online_words.due_words(card.clock, request, now).capitalize())
        self.show_facts(online_words.request_facts(request, now))
        self.show_actions(acts.actions(request, self._host))
        self.detail_text.setText("\n".join(part for part in (request.topic, request.detail) if part))
        told = request.state in (
            online_request.OnlineState.ANSWERED,
            online_request.OnlineState.CLOSED,
        ) and bool(request.answer)
        self.answer_text.setText(request.answer)
        self.answered.setVisible(told)
        self._show_reply(card, is_new=known is None or known.request.id != request.id)
        self.timeline.show_entries(online_words.entries(card, now))

    def _show_reply(self, card: online_clock.RequestCard, *, is_new: bool) -> None:
        if is_new or self.reply is None:
            if self.reply is not None:
                self.reply.hide()
                self.reply.deleteLater()
            self.reply = reply_box.ReplyBox(self._host, card, self.mail)
            self._reply_column.addWidget(self.reply)
        else:
            self.reply.show_card(card)
        may = self._host.actor.may(Permission.HANDLE_ONLINE)
        self._reply_place.setVisible(may and can_be_answered(card.request))


def can_be_answered(request: online_request.OnlineRequest) -> bool:
    return request.state is not online_request.OnlineState.CLOSED and not request.with_other_desk


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
    needs = frozenset({Permission.TAKE_IN_REQUESTS})
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
        sources = [(source, source.word, RequestLists(source)) for source in online_request.OnlineSource]
        self.lists = ImportPanel(self.host, sources, tuple(online_request.OnlineSource))
        self.places = QStackedWidget()
        self.places.addWidget(panels.SplitView(self.theme, self.requests, self.view))
        self.places.addWidget(self.lists)
        self.left = panels.Note(self.theme, "")
        self.body.addWidget(self.recap)
        self.body.addWidget(self.left)
        self.body.addWidget(self.places, 1)
        self.type = self.add_head_button(_("Catat permintaan"), "pen-line", self.type_in)
        self.load = self.add_head_button(_("Impor daftar"), "upload", self.show_import, "primary")
        self.load.setVisible(self.host.actor.may(Permission.HANDLE_ONLINE))
        self._chosen: int | None = None
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._wire()

    def _wire(self) -> None:
        self._clock.timeout.connect(self.refresh)
        self.requests.chosen.connect(self._choose)
        self.lists.left.connect(self.show_inbox)
        self.key("Ctrl+N", self.type_in)
        if self.host.actor.may(Permission.HANDLE_ONLINE):
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

    def _show(self, inbox: online_clock.OnlineInbox) -> None:
        now = self.host.now()
        if self._chosen is not None:
            self.view.show_card(inbox.card, now)
        self.recap.show_recap(inbox.recap)
        left = "; ".join(inbox.left_lists)
        self.left.say(_("Menunggu di folder daftar: {names}.").format(names=left) if left else "")
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
