"""Notices of the kiosk, and the page that shows one."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.queue.lobby import opens_words, week_rows
from ult_desktop.core.stamps import to_datetime
from ult_desktop.ui.kiosk.parts import targets
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kit import Column, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.card import Card


@dataclass(frozen=True)
class Notice:
    """A message. `action` is the text of its button; without one the notice goes by itself."""

    icon: str
    tint: str
    title: str
    words: tuple[str, ...] = ()
    action: str = ""


def closed_notice(opening: OpeningStatus, office: OfficeIdentity) -> Notice:
    """Return the notice why no number can be taken now, and when it can again."""
    opens_again = ""
    if opening.opens_at is not None:
        today = opening.week[0].date if opening.week else None
        opens_again = opens_words(to_datetime(opening.opens_at, office.zone), today)
    words = _without_empty(opening.reason, opens_again)
    still_valid = _("Nomor yang sudah diambil tetap berlaku.")
    if opening.state is Openness.HOLIDAY:
        title = _("Hari ini kami libur")
        return Notice("calendar-days", "violet", title, (*words, *_hours(opening, office)))
    if opening.state is Openness.BREAK and opening.opens_at is not None:
        end = formats.format_time(to_datetime(opening.opens_at, office.zone))
        title = _("Istirahat sampai {clock}").format(clock=end)
        return Notice("coffee", "amber", title, (still_valid, *_hours(opening, office)))
    if opening.state is Openness.PAUSED:
        title = _("Pengambilan nomor dijeda sebentar")
        ask = _("Silakan bertanya kepada petugas.")
        return Notice("coffee", "amber", title, _without_empty(opening.reason, f"{still_valid} {ask}"))
    return Notice("moon", "blue", _("Layanan sedang tutup"), (*words, *_hours(opening, office)))


def outage_notice(*, survey_only: bool = False, unopened: UserError | None = None) -> Notice:
    """Return the notice of an outage; `unopened`: why the office did not open at the start, for officers."""
    if survey_only:
        return Notice(
            "cloud-off",
            "orange",
            _("Survei belum bisa diisi"),
            _without_empty(
                _("Layar ini sedang terputus."),
                _("Silakan minta lembar survei kepada petugas."),
                _for_officers(unopened),
            ),
        )
    return Notice(
        "cloud-off",
        "orange",
        _("Mesin ini sedang terputus"),
        _without_empty(
            _("Silakan hubungi petugas untuk mengambil nomor antrean."),
            _("Nomor yang sudah diambil tetap berlaku."),
            _for_officers(unopened),
        ),
    )


def _for_officers(unopened: UserError | None) -> str:
    return "" if unopened is None else _("Untuk petugas: {words}").format(words=unopened.public)


def date_doubt_notice(*, survey_only: bool = False) -> Notice:
    """Return the notice shown until an officer has confirmed the date; then the page goes by itself."""
    return Notice(
        "clock-alert",
        "amber",
        _("Petugas sedang memastikan tanggal dan jam"),
        (
            _("Silakan minta lembar survei kepada petugas.")
            if survey_only
            else _("Silakan minta nomor kepada petugas. Nomor yang sudah diambil tetap berlaku."),
            _("Layar ini terbuka lagi sendiri sesudahnya."),
        ),
    )


def starting_notice() -> Notice:
    return Notice("hourglass", "blue", _("Sebentar, mesin sedang disiapkan…"))


def taking_notice() -> Notice:
    return Notice("hourglass", "blue", _("Mengambil nomor untuk Anda…"), (_("Mohon tunggu sebentar."),))


def refusal_notice(error: UserError) -> Notice:
    words = _without_empty(error.safe, error.todo)
    return Notice("circle-alert", "amber", error.public, words, _("Kembali ke awal"))


def _hours(opening: OpeningStatus, office: OfficeIdentity) -> tuple[str, ...]:
    """Return the week as people say it, from Monday on, and the number to call."""
    today = opening.week[0].date if opening.week else date.min
    lines = (f"{days}: {hours}" for days, hours in week_rows(opening.week, today))
    return _without_empty("\n".join(lines), office.phone_words)


def _without_empty(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


_LINES = 5  # the most that a notice has
# The letters of the title, of the first line and of the others; the largest first.
_LETTERS = (("hero", "heading", "title"), ("heading", "title", "strong"), ("heading", "strong", "body"))
_WORDS = 0.5  # the most of a wide page's width that the words take
_WIDEST = 0.8  # the same on an upright page
_LOW = 420  # base pixels of height below which the words need all of it


class NoticePage(QWidget):
    """The page that shows a `Notice`.

    Signals:
        acted: its button was touched.
    """

    acted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.notice: Notice | None = None
        self._tile = widgets.IconTile(theme, "info", "blue", 176)
        self.title = widgets.Label("", "heading", wrap=True)
        self.lines = [widgets.Label("", "", "soft", wrap=True) for _place in range(_LINES)]
        self.action_button = targets.main_action(theme, "")
        self.action_button.clicked.connect(self.acted)
        card = Card(theme, padding=36)
        self._block = block = QWidget()  # as a layout it would be given the height of unwrapped words
        words = Column(theme, block, gap=16)
        for label in (self.title, *self.lines):
            words.addWidget(label)
        inner = QWidget()
        self._halves = Column(theme, inner, gap=40)
        self._halves.addStretch()
        self._halves.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignCenter)
        self._halves.addWidget(block, 0, Qt.AlignmentFlag.AlignVCenter)
        self._halves.addStretch()
        self.rolling = Rolling(theme, inner)
        card.body.addWidget(self.rolling)
        self.column = column = Column(theme, self, margins=(44, 12, 44, 32))
        column.addWidget(card, 1)
        self.acts = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        self.acts.addWidget(self.action_button, 1)
        for step in self.rolling.steps:
            self.acts.addWidget(step)
        self.rolling.resized.connect(self._make_room)
        column.addLayout(self.acts)

    def show_notice(self, notice: Notice) -> None:
        self.notice = notice
        self._tile.show_icon(notice.icon, notice.tint)
        self.title.setText(notice.title)
        for place, label in enumerate(self.lines):
            words = notice.words[place] if place < len(notice.words) else ""
            label.setText(words)
            label.setVisible(bool(words))
        targets.set_button_words(self.action_button, notice.action)
        self.action_button.setVisible(bool(notice.action))
        self.rolling.begin()
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture next to the words on a wide screen."""
        super().resizeEvent(event)
        wide = event.size().width() > event.size().height() * 1.2
        way, align = QBoxLayout.Direction, Qt.AlignmentFlag
        self._halves.setDirection(way.LeftToRight if wide else way.TopToBottom)
        where = align.AlignLeft | align.AlignVCenter if wide else align.AlignCenter
        for label in (self.title, *self.lines):
            label.setAlignment(where)
        self._make_room()

    def _make_room(self) -> None:
        """Use the largest letters in which all words are whole, and no line of the week is broken.

        Next to the picture the words are as wide as they need, at most half the page. On a low page the
        picture is hidden. In the smallest letters the words roll.
        """
        self._tile.setVisible(self.height() >= self._theme.px(_LOW) * self._theme.growth)
        wide = self._halves.direction() is QBoxLayout.Direction.LeftToRight
        most = round(self.width() * (_WORDS if wide else _WIDEST))
        for letters in _LETTERS:
            set_style_properties(self.title, type=letters[0])
            for place, label in enumerate(self.lines):
                set_style_properties(label, type=letters[1] if place == 0 else letters[2])
            labels = (self.title, *self.lines)
            longest = max(label.fontMetrics().horizontalAdvance(label.text()) for label in labels)
            self._block.setMinimumWidth(min(longest + 2, most) if wide else 0)
            broken = any(
                label.fontMetrics().horizontalAdvance(line) > most
                for label in self.lines
                for line in label.text().split("\n")[1:]
            )
            if not broken and self.rolling.needed() <= self.rolling.height():
                break
