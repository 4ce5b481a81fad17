"""The view of one request at the right of the page: its clock, facts, question, reply, timeline."""

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.online import clock as online_clock, online_request
from ult_desktop.ui.counter.online import acts, reply_box, words as online_words
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column, Theme, set_style_properties, widgets
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
    """The bar of the due time. Words and bar say the same, so that colour alone says nothing."""

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
    """The painted part."""

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
        """None: there is no such request."""
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
        self._reply_place.setVisible(can_be_answered(card.request))


def can_be_answered(request: online_request.OnlineRequest) -> bool:
    return request.state is not online_request.OnlineState.CLOSED and not request.with_other_desk
