"""Head, page and foot: the kiosk's window from the inside, without any office behind it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.core.connection import Connection
from ult_desktop.ui.kiosk.code.code_page import CodePage
from ult_desktop.ui.kiosk.code.found_page import FoundPage
from ult_desktop.ui.kiosk.frame.foot import Foot, FootState
from ult_desktop.ui.kiosk.frame.head import KioskHead
from ult_desktop.ui.kiosk.frame.pin_page import PinPage
from ult_desktop.ui.kiosk.frame.view_options import ViewOptions
from ult_desktop.ui.kiosk.guest_book.review_page import ReviewPage
from ult_desktop.ui.kiosk.home.home_page import ChoicePage, HomePage
from ult_desktop.ui.kiosk.home.info_page import InfoPage
from ult_desktop.ui.kiosk.home.priority import HelpPage, ReasonPage
from ult_desktop.ui.kiosk.number.taken_page import TakenPage
from ult_desktop.ui.kiosk.parts.notice_page import NoticePage
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.survey.survey_page import SurveyQuestionPage
from ult_desktop.ui.kiosk.typing.typing_page import TypingPage
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.clock import Now
from ult_desktop.ui.kit.widgets.connection_badge import ConnectionBadge, FloatingBadge


@dataclass(frozen=True)
class PageFrame:
    """What stands around a page. `foot` None leaves head and foot out: the page fills the screen.

    `low` moves everything into the lower half by letting the head fill the upper one; pages whose
    targets stand at the bottom anyway do without.
    """

    title: str = ""
    sentence: str = ""
    home: bool = False
    low: bool = False
    foot: FootState | None = None


class _Stack(QStackedWidget):
    """Takes the room there is: a hidden page must not make the window grow."""

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(1, 1)


class KioskFrame(QWidget):
    """Holds every page once; `open` shows one of them in its frame."""

    def __init__(self, theme: Theme, now: Now, times: KioskTimes, pin: str) -> None:
        super().__init__()
        self._theme = theme
        self._frame = PageFrame()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head, self.foot = KioskHead(theme, now), Foot(theme)
        self.home, self.info = HomePage(theme), InfoPage(theme)
        self.grounds, self.helps = ReasonPage(theme), HelpPage(theme)
        self.options, self.notice = ViewOptions(theme), NoticePage(theme)
        self.taken, self.pin = TakenPage(theme, times), PinPage(theme, pin)
        self.survey, self.suggestion = SurveyQuestionPage(theme), TypingPage(theme)
        self.code, self.found = CodePage(theme), FoundPage(theme)
        self.writing, self.choice, self.review = TypingPage(theme), ChoicePage(theme), ReviewPage(theme)
        self._stack = _Stack()
        pages: tuple[QWidget, ...] = (self.home, self.info, self.grounds, self.helps)
        for page in (*pages, self.options, self.notice, self.taken, self.pin, self.survey, self.suggestion):
            self._stack.addWidget(page)
        for page in (self.code, self.found, self.writing, self.choice, self.review):
            self._stack.addWidget(page)
        column = Column(theme, self)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)
        self._connection, self._floating = Connection.ONLINE, FloatingBadge(theme, self)
        bands = (page.band for page in (self.survey, self.suggestion, self.code, self.writing))
        self.signs: tuple[ConnectionBadge, ...] = (
            self.head.sign,
            *(band.sign for band in bands),
            self._floating,
        )
        self.leafed: tuple[HomePage | ReasonPage | ChoicePage, ...] = (self.home, self.grounds, self.choice)
        for leafed in self.leafed:
            leafed.grid.page_changed.connect(self._show_foot)
        theme.changed.connect(self._arrange)
        for button in self.findChildren(QAbstractButton):
            if button.focusPolicy() is Qt.FocusPolicy.StrongFocus:
                # a finger leaves no focus behind: its edge would look like a choice
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @property
    def page(self) -> QWidget | None:
        return self._stack.currentWidget()

    @property
    def upright(self) -> bool:
        return self.height() > self.width()

    def open(self, page: QWidget, frame: PageFrame) -> None:
        self._frame = frame
        self.head.show_words(frame.title, frame.sentence)
        self._stack.setCurrentWidget(page)
        self._arrange()

    def show_connection(self, connection: Connection) -> None:
        """How the share answers, wherever the page of the moment has room to say it."""
        self._connection = connection
        self.head.show_connection(connection)
        for sign in self.signs[1:-1]:
            sign.show_connection(connection)
        self._arrange()

    def retranslate(self) -> None:
        for page in (self.grounds, self.helps, self.options):
            page.retranslate()
        for sign in self.signs:
            sign.retranslate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._floating.place()

    def _arrange(self) -> None:
        frame = self._frame
        framed = frame.foot is not None
        self.head.setVisible(framed)
        self.foot.setVisible(framed)
        bare = self.page in (self.taken, self.pin)
        self._floating.show_connection(self._connection if bare else Connection.ONLINE)
        above = self._above_cards()
        half = self.height() // 2 - above if frame.low else 0
        self.head.arrange(upright=self.upright, home=frame.home, least=half, below=above)
        start = bool(frame.foot and frame.foot.priority) and self.upright
        self.home.bar.setVisible(start)
        self.home.doors.setVisible(start)
        self._show_foot()

    def _above_cards(self) -> int:
        """What stands between the head and the cards and is not touched: it may stand high."""
        notice = self.home.notice
        if self.page is not self.home or notice.isHidden():
            return 0
        return notice.heightForWidth(self.width() - 2 * self._theme.px(56))

    def _show_foot(self) -> None:
        state = self._frame.foot
        if state is None:
            return
        grid = next((each.grid for each in self.leafed if each is self.page), None)
        shown = FootState(
            back=state.back,
            priority=state.priority and not self.upright,
            options=state.options,
            page=grid.page if grid else 0,
            pages=grid.pages if grid else 1,
        )
        self.foot.show_state(shown)
