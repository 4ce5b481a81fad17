"""The frame around every page of the kiosk."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QLayout,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.connection import Connection
from ult_desktop.ui.kiosk.code.code_page import CodePage, FoundPage
from ult_desktop.ui.kiosk.frame.foot import Foot, FootState
from ult_desktop.ui.kiosk.frame.pin_page import PinPage
from ult_desktop.ui.kiosk.frame.sign_panel import SignPanel
from ult_desktop.ui.kiosk.frame.still_there import StillTherePage
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.guest_book.book import ReviewPage
from ult_desktop.ui.kiosk.home import home_page, priority
from ult_desktop.ui.kiosk.home.home_page import InfoPage
from ult_desktop.ui.kiosk.number.taken_page import TakenPage
from ult_desktop.ui.kiosk.parts.notices import NoticePage
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.survey.survey_page import SurveyQuestionPage
from ult_desktop.ui.kiosk.typing.keyboard import LARGE
from ult_desktop.ui.kiosk.typing.question_band import QuestionPlace
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.kit import Column, Grid, Row, Theme, icons, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.button import HeardToggle
from ult_desktop.ui.kit.widgets.painting import diagonal_gradient

_MARGIN = 48  # base pixels: the width of the tab, which all pages leave free at the right
_ICON = 36  # base pixels
_MAX_HEIGHT_PART = 4  # the tab takes a quarter of the window's height at most: it stays below the head


class SpeakerTab(HeardToggle, QAbstractButton):
    """The tab with the loudspeaker.

    It is narrow, and therefore higher than other targets, up to a quarter of the window's height. The frame
    of the screen stops the finger.

    It lies over the pages' margin, so that no page is narrower for it. It is at the same spot on all of them,
    so that an office can mark the spot on the frame of the screen.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._frame = theme, parent
        self.setCheckable(True)
        self.setProperty("overlay", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.place)

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.px(_MARGIN)
        height = math.ceil(self._theme.target**2 / width)  # as much area as another target
        return QSize(width, min(height, self._frame.height() // _MAX_HEIGHT_PART))

    def place(self) -> None:
        """Move the tab to the right edge, its lower end at half the window's height.

        A keyboard's keys begin below.
        """
        size = self.sizeHint()
        room = self._frame.size()
        self.setGeometry(
            room.width() - size.width(), room.height() // 2 - size.height(), size.width(), size.height()
        )
        self.raise_()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self.isChecked() or self.isDown()
        edge = theme.px(4 if self.hasFocus() else 2)
        inset = edge / 2
        path = QPainterPath()
        # Its right corners lie behind the window's edge.
        path.addRoundedRect(box.adjusted(inset, inset, box.width(), -inset), box.width() / 2, box.width() / 2)
        painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "primary"), edge))
        painter.setBrush(theme.color("primary" if filled else "surface"))
        painter.drawPath(path)
        side = theme.px(_ICON)
        ink = theme.color("primary-ink" if filled else "primary-soft-ink")
        corner = box.center().toPoint()
        painter.drawPixmap(
            corner.x() - side // 2, corner.y() - side // 2, icons.icon_pixmap("volume-2", ink, side)
        )


_TALL = 288  # base pixels of the home page's head on an upright screen
_FEW_LINES, _FEWER_LINES = 24, 20  # of body text that fit below each other on the screen
_SHORT_LINES = 32  # width of the window, in heights of body text, from which the clock is shown
_LONG_LINES = 60  # the same, from which names, words and date are side by side
_MARGINS, _FLAT_MARGINS = (56, 28, 56, 28), (56, 12, 56, 12)
_NAMES_SHARE, _NAMES_ALONE = 0.45, 0.7  # of the width, at most, before the office's name takes two lines
_ANY_HEIGHT = 100_000  # pixels, more than any screen has
_FLAT_SHARE = 1 / 8  # of the height, at most, that names and a long sentence give the head of a flat screen


class KioskHead(QFrame):
    """The head of the kiosk. It greets on the home page and shows the page's title elsewhere."""

    def __init__(self, theme: Theme, now: widgets.Now) -> None:
        super().__init__()
        self._theme = theme
        self._online, self._has_date = True, True
        self._sentences = "", ""
        self._place: tuple[int, int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.unit_label = widgets.Label("", "strong", "header", wrap=True)
        self.unit_label.setProperty("bold", True)
        self.logo = widgets.Logo(theme)
        self.office_label = widgets.Label("", "small", "header-soft", wrap=True)
        self.clock = widgets.Clock(theme, now)
        self.clock.align(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.title = widgets.Label("", "heading", "header", wrap=True)
        self.sentence = widgets.Label("", "body", "header-soft", wrap=True)
        self.badge = widgets.ConnectionBadge(theme)
        self.clock.give_place(self.badge)
        self.progress = QuestionPlace(theme)
        self.clock.give_place(self.progress)
        self._words = QWidget()
        words = Column(theme, self._words, gap=8)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self._body = body = Grid(theme, self, 20, _MARGINS)
        body.addLayout(self._names(), 0, 0)
        body.addWidget(self.clock, 0, 2)
        body.addWidget(self._words, 1, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        theme.changed.connect(self.update)

    def show_names(self, unit: str, office: str) -> None:
        self.unit_label.setText(unit)
        self.office_label.setText(office)

    def show_words(
        self, title: str, sentence: str, brief: str = "", place: tuple[int, int] | None = None
    ) -> None:
        """Show the words of a page; a flat screen may say `brief` instead of the sentence.

        `place` is that of a question among all of them. It takes the room of the date.
        """
        self.title.setText(title)
        self.sentence.setText(sentence)
        self._sentences, self._place = (sentence, brief or sentence), place
        self._show_below_time()

    def show_connection(self, connection: Connection) -> None:
        """Show the state of the share. While the share is gone, its state takes the room of the date."""
        self._online = connection is Connection.ONLINE
        self.badge.show_connection(connection)
        self._show_below_time()

    def _show_below_time(self) -> None:
        """Show below the time the state of a lost share, else how far the visitor is, else the date."""
        self.progress.show_place(self._place if self._online else None)
        self.clock.date_label.setVisible(self._online and self._has_date and self._place is None)

    def arrange(self, *, upright: bool, home: bool, low_height: int, notice_height: int) -> None:
        """Fit the head to the screen. With room for few lines it shows only what a visitor should do.

        Args:
            upright: the window is higher than wide.
            home: the head is that of the home page.
            low_height: the least height in pixels while all targets are in the lower half, else 0.
            notice_height: the pixels between head and page that are taken already.
        """
        stacked = upright or bool(low_height)  # the title is below the names
        window, letter = self.window().size(), self._theme.text("body")
        height_in_letters, width_in_letters = window.height() / letter, window.width() / letter
        has_lines = height_in_letters >= _FEW_LINES
        has_width = stacked or width_in_letters >= _LONG_LINES
        self.logo.setVisible(has_lines)
        self.sentence.setText(self._sentences[0])
        has_title, has_sentence = bool(self.title.text()), bool(self.sentence.text())
        # Without width the names give way to the words of a page; the home page keeps its names.
        yields_to_words = not (has_width or home) and (has_title or has_sentence)
        for name in (self.unit_label, self.office_label):
            name.setVisible(has_lines and not yields_to_words)
        self.clock.setVisible(has_lines and width_in_letters >= _SHORT_LINES)
        self._has_date = has_width
        self._show_below_time()
        # Title and sentence, where both have room; else the sentence on the home page, the title elsewhere.
        least_lines = _FEWER_LINES if low_height else _FEW_LINES
        has_room_for_both = height_in_letters >= least_lines and (has_width or not home)
        shows_both = has_room_for_both or not (has_title and has_sentence)
        self.title.setVisible(has_title and (shows_both or not home))
        self.sentence.setVisible(has_sentence and (shows_both or home))
        self._words.setVisible(not (self.title.isHidden() and self.sentence.isHidden()))
        self._stack(on=stacked)
        stacked_size = "hero" if home else "heading"
        set_style_properties(self.title, type=stacked_size if stacked else "title")
        tall = self._theme.px(_TALL) - notice_height if home and upright else 0
        if not stacked:
            self._shorten(self.window().height() * _FLAT_SHARE)
        height = max(low_height, tall, self._needed_height())
        self.setMinimumHeight(height)
        # A flat screen has no room for the height of former words until the layout knows of the new ones.
        self.setMaximumHeight(_ANY_HEIGHT if stacked else height)

    def _needed_height(self) -> int:
        """Return the height in pixels of what is shown; layouts would still answer for former words."""
        for layout in self.findChildren(QLayout):
            layout.invalidate()
        for widget in self.findChildren(QWidget):
            # WORKAROUND a widget inside another one keeps the height of its last words. Seen with PySide6
            # 6.12; no report is known. It can go when the head has the right height without it.
            widget.updateGeometry()
        self._body.setColumnMinimumWidth(0, self._names_width())
        return self._body.totalHeightForWidth(self.window().width())

    def _shorten(self, most: float) -> None:
        """Say less where a flat head would be higher than `most`: a shorter sentence, then fewer names.

        The longest name goes first. A name whose absence saves no height comes back.
        """
        if self._needed_height() > most:
            self.sentence.setText(self._sentences[1])
        names = (self.unit_label, self.office_label)
        for name in sorted(names, key=lambda label: len(label.text()), reverse=True):
            height = self._needed_height()
            if height > most and not name.isHidden():
                name.hide()
                name.setHidden(self._needed_height() < height)

    def _stack(self, *, on: bool) -> None:
        """Place the title of the page below the names, or between them and the clock."""
        self._body.set_margins(_MARGINS if on else _FLAT_MARGINS)
        self._body.setColumnStretch(0, 1 if on else 0)
        self._body.setColumnStretch(1, 0 if on else 1)
        self._body.setRowStretch(1, 1 if on else 0)
        self._body.removeWidget(self._words)
        if on:
            self._body.addWidget(self._words, 1, 0, 1, 3, Qt.AlignmentFlag.AlignBottom)
        else:
            self._body.addWidget(self._words, 0, 1, Qt.AlignmentFlag.AlignVCenter)

    @property
    def is_empty(self) -> bool:
        """Return whether the head has nothing to show: names, title and sentence lack words or room."""
        return all(widget.isHidden() for widget in (self.logo, self.title, self.sentence))

    def _names_width(self) -> int:
        """Return the width in pixels in which each name fits in one line, at most what there is room for."""
        widths = [
            label.fontMetrics().horizontalAdvance(label.text())
            for label in (self.unit_label, self.office_label)
            if not label.isHidden()
        ]
        logo_width = 0 if self.logo.isHidden() else self.logo.sizeHint().width() + self._theme.px(24)
        share = _NAMES_ALONE if self._words.isHidden() else _NAMES_SHARE
        wanted = logo_width + max(widths, default=0) + self._theme.px(16)
        return min(wanted, round(self.window().width() * share))

    def _names(self) -> Row:
        names = Column(self._theme, gap=4)
        names.addStretch()
        names.addWidget(self.unit_label)
        names.addWidget(self.office_label)
        names.addStretch()
        row = Row(self._theme, gap=24)
        row.addWidget(self.logo)
        row.addLayout(names, 1)
        return row

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        start, end = self._theme.color("header-from"), self._theme.color("header-to")
        radius = self._theme.px(48)
        path = QPainterPath()
        # The upper corners lie above the window's edge.
        path.addRoundedRect(box.adjusted(0, -radius, 0, 0), radius, radius)
        painter.fillPath(path, diagonal_gradient(box, start, end))
        if self._theme.is_high_contrast:
            painter.fillRect(QRectF(0, box.bottom() - 2, box.width(), 2), self._theme.color("line"))


@dataclass(frozen=True)
class PageFrame:
    """The frame around a page.

    Args:
        title: the head's title.
        sentence: the head's sentence; `brief` replaces it where it has no room.
        place: the number of the page's question and of all questions, (2, 6).
        home: this is the home page, whose head is larger.
        low: the head fills the upper half, so that all targets are in the lower one.
        head: whether there is a head; without one the page shows its question itself.
        foot: what the foot offers; None hides the foot.
    """

    title: str = ""
    sentence: str = ""
    brief: str = ""
    place: tuple[int, int] | None = None
    home: bool = False
    low: bool = False
    head: bool = True
    foot: FootState | None = FootState()  # noqa: RUF009  (frozen)


P = TypeVar("P", bound=QWidget)


class LatePage(Generic[P]):
    """A page that is built when it is first asked for: most pages of a kiosk at rest are never opened.

    `built` is the page, None before that.
    """

    def __init__(self, build: Callable[[], P]) -> None:
        self._build = build
        self._wires: list[Callable[[P], object]] = []
        self.built: P | None = None

    @property
    def page(self) -> P:
        if self.built is None:
            self.built = self._build()
            for wire in self._wires:
                wire(self.built)
        return self.built

    def when_built(self, wire: Callable[[P], object]) -> None:
        """Hand the page to `wire` as soon as there is one."""
        self._wires.append(wire)

    def if_made(self, act: Callable[[P], object]) -> None:
        """Hand the page to `act`, unless nobody has opened it yet."""
        if self.built is not None:
            act(self.built)


class _Stack(QStackedWidget):
    """The stack of pages. It takes the room there is: a hidden page must not make the window grow."""

    @override
    def hasHeightForWidth(self) -> bool:
        # The height that a hidden page would like must not reach the window.
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1, 1)


class KioskFrame(QWidget):
    """The frame that holds every page once; most of them are built when they are first opened.

    `open` shows one of them.

    Signals:
        moved: the page shows other content: a visitor typed, ticked, leafed or scrolled.
        speaker_touched: spoken guidance is wanted, or not any more.
    """

    moved = Signal()
    speaker_touched = Signal()

    def __init__(self, theme: Theme, now: widgets.Now, times: KioskTimes, pin: str) -> None:
        super().__init__()
        self._theme = theme
        self._frame, self._called, self._can_speak = PageFrame(), False, True
        self._connection, self._floating = Connection.ONLINE, widgets.FloatingBadge(theme, self)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head, self.foot, self._stack = KioskHead(theme, now), Foot(theme), _Stack()
        self.sign_panel = SignPanel(theme, self.foot.sign_key)
        self.badges: list[widgets.ConnectionBadge] = [self.head.badge, self._floating]
        self.grid_pages: list[home_page.HomePage | priority.ReasonPage | home_page.ChoicePage] = []
        self.home, self.notice = home_page.HomePage(theme), NoticePage(theme)
        self.taken = TakenPage(theme, times)
        self.helps, self.options = self._late(priority.HelpPage), self._late(ViewOptions)
        self.info, self.found = self._late(InfoPage), self._late(FoundPage)
        self.grounds, self.choice = self._late(priority.ReasonPage), self._late(home_page.ChoicePage)
        self.call, self.summons = self._late(NoticePage), self._late(NoticePage)
        self.pin = self._late(lambda theme: PinPage(theme, pin))
        self.code, self.writing = self._late(CodePage), self._late(TypingPage)
        self.survey, self.suggestion = self._late(SurveyQuestionPage), self._late(TypingPage)
        self.review = self._late(ReviewPage)
        self.still_there = self._late(lambda theme: StillTherePage(theme, times.grace))
        self._watch_pages()
        self.speaker = SpeakerTab(theme, self)
        self._middle = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        theme.changed.connect(self._arrange)
        _leave_no_focus(self)

    def _lay_out(self) -> None:
        self.speaker.clicked.connect(self.speaker_touched)
        self.sign_panel.turned.connect(self._arrange)
        self.sign_panel.turned.connect(self.moved)
        self._middle.addWidget(self.sign_panel)
        self._middle.addWidget(self._stack, 1)
        column = Column(self._theme, self)
        column.addWidget(self.head)
        column.addLayout(self._middle, 1)
        column.addWidget(self.foot)

    def _watch_pages(self) -> None:
        for page in (self.home, self.notice, self.taken):
            self._stack.addWidget(page)
            _watch_rolling(page, self.moved)
        self._add_grid_page(self.home)
        self.grounds.when_built(self._add_grid_page)
        self.choice.when_built(self._add_grid_page)
        for asking_page in (self.survey, self.suggestion, self.writing, self.code):
            asking_page.when_built(lambda page: self._add_badge(page.band.badge))
        for typing_page in (self.suggestion, self.writing, self.code):
            typing_page.when_built(lambda page: page.changed.connect(self.moved))
        self.helps.when_built(lambda page: page.changed.connect(self.moved))
        self.summons.when_built(_read_from_afar)

    def _late(self, build: Callable[[Theme], P]) -> LatePage[P]:
        late = LatePage(lambda: build(self._theme))
        late.when_built(self._stack.addWidget)
        late.when_built(_leave_no_focus)
        late.when_built(lambda page: _watch_rolling(page, self.moved))
        return late

    def _add_grid_page(self, page: home_page.HomePage | priority.ReasonPage | home_page.ChoicePage) -> None:
        self.grid_pages.append(page)
        page.grid.page_changed.connect(self._show_foot)
        page.grid.page_changed.connect(self.moved)

    def _add_badge(self, badge: widgets.ConnectionBadge) -> None:
        self.badges.append(badge)
        badge.show_connection(self._connection)

    @property
    def page(self) -> QWidget | None:
        return self._stack.currentWidget()

    @property
    def has_code(self) -> bool:
        """Return whether a code was begun that is not sent."""
        return self.code.built is not None and bool(self.code.built.text)

    @property
    def is_upright(self) -> bool:
        return self.height() > self.width()

    def open(self, page: QWidget, frame: PageFrame) -> None:
        self._frame = frame
        self.head.show_words(frame.title, frame.sentence, frame.brief, frame.place)
        self._stack.setCurrentWidget(page)
        self._arrange()

    def show_call(self, *, called: bool) -> None:
        """Remember whether an officer was called from here; the foot shows it from the next page on."""
        self._called = called

    def show_speech(self, *, on: bool, possible: bool) -> None:
        """Show whether the pages are read aloud; `possible`: this PC can do it."""
        self._can_speak = possible
        self.speaker.setChecked(on)
        self.options.if_made(lambda page: page.show_speech(on=on))
        self._arrange()

    def use_sign_clips(self, clips: Path) -> None:
        """Use the office's clips in sign language."""
        self.sign_panel.clip.use(clips)
        self._arrange()

    def show_slot(self, slot: str) -> None:
        """Choose the sign-language clip for what is in sight, if there is one."""
        self.sign_panel.clip.show_slot(slot)
        self._arrange()

    def show_connection(self, connection: Connection) -> None:
        """Show how the share answers, in the badge for which the page in sight has room."""
        self._connection = connection
        self.head.show_connection(connection)
        for badge in self.badges[2:]:  # the head shows the first; `_arrange` decides about the floating one
            badge.show_connection(connection)
        self._arrange()

    def forget(self) -> None:
        """Clear what a visitor ticked, typed or reviewed, and hide the sign-language clip."""
        self.sign_panel.want(on=False)
        self.helps.if_made(priority.HelpPage.forget)
        self.code.if_made(CodePage.forget)
        self.writing.if_made(TypingPage.forget)
        self.review.if_made(ReviewPage.forget)

    def retranslate(self) -> None:
        for badge in self.badges:
            badge.retranslate()
        self.speaker.setAccessibleName(_("Panduan suara"))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._floating.place()
        self.speaker.place()

    def _arrange(self) -> None:
        frame = self._frame
        self.foot.setVisible(frame.foot is not None)
        self.speaker.setVisible(frame.foot is not None and self._can_speak)
        way = QBoxLayout.Direction
        self._middle.setDirection(way.TopToBottom if self.is_upright else way.RightToLeft)
        above = self.sign_panel.arrange(upright=self.is_upright, shown=frame.foot is not None)
        if self.page is self.home and not self.home.notice.isHidden():
            # Nobody taps this notice below the head, so it may be out of reach.
            above += self.home.notice.heightForWidth(self.width() - 2 * self._theme.px(56))
        half = self.height() // 2 - above if frame.low else 0
        self.head.arrange(upright=self.is_upright, home=frame.home, low_height=half, notice_height=above)
        self.head.setVisible(frame.head and not self.head.is_empty)
        # These pages have no other room for the badge of a lost share.
        lacks_badge = self.page in (self.taken, self.pin.built) or (frame.head and self.head.clock.isHidden())
        self._floating.show_connection(self._connection if lacks_badge else Connection.ONLINE)
        bar_in_foot = frame.low and self._theme.growth <= LARGE
        has_bar = bool(frame.foot and frame.foot.priority) and self.is_upright and not bar_in_foot
        self.home.bar.setVisible(has_bar)
        self.home.shortcuts.setVisible(has_bar)
        if isinstance(self.page, TypingPage):
            self.page.keyboard.show_alphabet(on=self.speaker.isChecked())
        self._show_foot()

    def _show_foot(self) -> None:
        state = self._frame.foot
        if state is None:
            return
        grid = next((page.grid for page in self.grid_pages if page is self.page), None)
        shown = FootState(
            back=state.back,
            priority=state.priority and self.home.bar.isHidden(),
            officer_called=self._called,
            keyboard=state.keyboard,
            has_sign_clip=self.is_upright and self.sign_panel.is_offered,
            options=state.options,
            language_choice=state.language_choice,
            page=grid.page if grid else 0,
            pages=grid.pages if grid else 1,
        )
        self.foot.show_state(shown)


def _watch_rolling(page: QWidget, moved: SignalInstance) -> None:
    for words in page.findChildren(Rolling):
        words.verticalScrollBar().valueChanged.connect(moved)


def _read_from_afar(page: NoticePage) -> None:
    """Enlarge number and counter: the visitor may have stepped aside."""
    set_style_properties(page.title, type="hero")
    set_style_properties(page.lines[0], type="heading")


def _leave_no_focus(widget: QWidget) -> None:
    """Take the focus off all buttons for a finger: a focused button's edge would look like a choice."""
    for button in widget.findChildren(QAbstractButton):
        if button.focusPolicy() is Qt.FocusPolicy.StrongFocus:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
