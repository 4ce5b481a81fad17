"""The page to type an answer at the kiosk: the line with what is typed, and the keyboard."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kiosk.parts.targets import main_action, set_button_words
from ult_desktop.ui.kiosk.typing.keyboard import LARGE, Keyboard, Keys
from ult_desktop.ui.kiosk.typing.question_band import QuestionBand
from ult_desktop.ui.kiosk.typing.scanner import Scanner
from ult_desktop.ui.kit import Column, Theme
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.layouts import NO_MARGINS

_CARET = 3  # base pixels
_EMPTY = "\N{ZERO WIDTH SPACE}"  # painted in place of no text
_MARGINS = (20, 16, 20, 20)  # base pixels, as all margins here
_BESIDE_TAB = (56, 16, 56, 20)  # what is next to the loudspeaker's tab leaves it room
_LINE_BESIDE_TAB = (36, 0, 36, 0)
_TALL = 1.6  # times as high as wide: all keys are below the tab


class EntryLine(QWidget):
    """The line as one painted widget: the end of a long text stays in sight. Nothing in it can be tapped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text, self.words, self.trouble = "", "", False
        self._size = "small"
        set_role(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        self.text = text
        self.setAccessibleName(text)
        self.update()

    def show_words(self, words: str, *, trouble: bool = False) -> None:
        """Show words below the text."""
        self.words, self.trouble = words, trouble
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def make_room(self, *, roomy: bool) -> None:
        """Draw larger words where the page has the height for them."""
        size = "body" if roomy else "small"
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def fits(self) -> bool:
        return not self.words or self._words_height() <= self._words_box().height() + 1

    @override
    def sizeHint(self) -> QSize:
        usual = self._theme.font(self._size, tabular=False)
        words = 2 * QFontMetrics(usual).height()
        if self.words and self.width() > self._theme.px(400):
            words = max(words, self._height_in(usual))
        return QSize(self._theme.px(400), self._line_height() + words + self._theme.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        fonts = [self._theme.font(size, tabular=False) for size in ("small", "key")]
        words = min(map(self._height_in, fonts)) if self.words else 0
        return QSize(self._theme.px(400), self._line_height() + words + self._theme.px(24))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "danger" if self.trouble else "primary-edge"
        painter.setPen(QPen(self._theme.color(edge), max(2, self._theme.px(3))))
        painter.setBrush(self._theme.color("surface"))
        radius = self._theme.radius
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), radius, radius)
        self._paint_text(painter, self._text_box())
        if self.words:
            painter.setFont(self._words_font())
            painter.setPen(self._theme.color("danger-soft-ink" if self.trouble else "ink-soft"))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(self._words_box(), int(flags), self.words)

    def _paint_text(self, painter: QPainter, box: QRect) -> None:
        font = self._theme.font("title", 600)
        width = QFontMetrics(font).horizontalAdvance(self.text)
        caret = self._theme.px(_CARET)
        left = min(box.left(), box.right() - width - 2 * caret)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink"))
        painter.save()
        painter.setClipRect(box)
        line = QRect(left, box.top(), max(width, 1), box.height())
        painter.drawText(
            line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text or _EMPTY
        )
        height = QFontMetrics(font).height()
        top = box.center().y() - height // 2
        painter.fillRect(QRect(left + width + caret, top, caret, height), self._theme.color("primary-edge"))
        painter.restore()

    def _text_box(self) -> QRect:
        inner = self._inner_box()
        if not self.words:
            return inner
        above = max(0, inner.height() - self._line_height() - self._words_height()) // 2
        return QRect(inner.left(), inner.top() + above, inner.width(), self._line_height())

    def _words_box(self) -> QRect:
        inner = self._inner_box()
        inner.setTop(self._text_box().bottom() + 1)
        return inner

    def _words_font(self) -> QFont:
        """Return the largest font in which all words have room.

        The smallest one grows no more than the keys below.
        """
        room = self._inner_box().height() - self._line_height()
        fonts = [self._theme.font(size, tabular=False) for size in (self._size, "small", "key")]
        return next((font for font in fonts if self._height_in(font) <= room), fonts[-1])

    def _words_height(self) -> int:
        return self._height_in(self._words_font())

    def _height_in(self, font: QFont) -> int:
        wide = QRect(0, 0, self._inner_box().width(), 10_000)
        return QFontMetrics(font).boundingRect(wide, Qt.TextFlag.TextWordWrap, self.words).height()

    def _line_height(self) -> int:
        return QFontMetrics(self._theme.font("title", 600)).height()

    def _inner_box(self) -> QRect:
        side, above = self._theme.px(24), self._theme.px(8)
        return self.rect().adjusted(side, above, -side, -above)


@dataclass(frozen=True)
class Typing:
    """A question that is answered by typing.

    Args:
        about: identifies the question; a new one begins with `text`, the same one keeps what is typed.
        title: the question in words.
        hint: what helps to answer it.
        place: the number of this question and of all of them, (2, 6).
        keys: what is typed.
        text: what was answered before.
        verb: the words of the button to go on.
        skip: the words of that button while nothing is typed; "" if an answer is needed.
        picture: an icon and its tint, where there is room for it.
        trouble: why the answer was not taken.
        news: what happens with the answer now.
        notice: what the office does with the answer, in full and in short.
        longest: the most characters of an answer.
    """

    about: object
    title: str
    hint: str = ""
    place: tuple[int, int] | None = None
    keys: Keys = Keys.WORDS
    text: str = ""
    verb: str = ""
    skip: str = ""
    picture: tuple[str, str] = ("pen-line", "blue")
    trouble: str = ""
    news: str = ""
    notice: tuple[str, str] = ("", "")
    longest: int = 80


class TypingPage(QWidget):
    """The page for typing.

    It fills the screen: on the smallest one the keyboard leaves no room for a head and a foot.

    Signals:
        entered: the answer, without spaces at its ends.
        changed: something was typed since the last trouble.
    """

    entered = Signal(str)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.question = Typing(None, "")
        self._scanner = Scanner()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_role(self, Role.EditableText)
        self.band, self.line = QuestionBand(theme), EntryLine(theme)
        self.go_on_button = main_action(theme, "arrow-right")
        self.keyboard = Keyboard(theme, self.go_on_button)
        self.keyboard.typed.connect(self.add)
        self.keyboard.deleted.connect(self.delete)
        self.go_on_button.clicked.connect(self.submit)
        self.go_on_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = Column(theme, self)
        column.addWidget(self.band, 1)
        self._below = Column(theme, gap=16, margins=_MARGINS)
        self._around = Column(theme)
        self._around.addWidget(self.line)
        self._below.addLayout(self._around)
        self._below.addWidget(self.keyboard)
        column.addLayout(self._below)

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def skips(self) -> bool:
        """Return whether the button to go on passes over the question now."""
        return bool(self.question.skip) and not self.text.strip()

    def ask(self, question: Typing) -> None:
        """Show a question; another language or a new trouble leaves what is typed."""
        is_other = question.about != self.question.about
        self.question = question
        self.setAccessibleName(question.title)
        self.setAccessibleDescription(question.trouble or question.news or question.hint)
        self.band.show_question(question.title, question.hint, question.place, question.picture)
        self.band.show_notice(question.notice[0])
        self._show_words()
        if is_other:
            self.keyboard.open(question.keys)
        self._show(question.text if is_other else self.text)
        self.keyboard.retranslate()

    def forget(self) -> None:
        self.question = Typing(None, "")
        self._show("")

    def add(self, character: str) -> None:
        """Add a character, but no space at the start, which nobody would see."""
        if len(self.text) < self.question.longest and (character != " " or self.text):
            self._show(self.text + character)
            self.changed.emit()

    def delete(self) -> None:
        self._show(self.text[:-1])
        self.changed.emit()

    def submit(self) -> None:
        if self.go_on_button.isEnabled():
            self.entered.emit(self.text.strip())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type the key of a real keyboard as it is.

        Where a code is asked for, a scanned one replaces what was typed before it.
        """
        scanned = self._scanner.take_key(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if scanned and self.question.keys is Keys.CODE:
                self._show(scanned)
            self.submit()
        elif event.key() == Qt.Key.Key_Backspace:
            self.delete()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the window goes back
        elif event.text().isprintable():
            for character in event.text():
                self.add(character)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.line.make_room(roomy=self.height() > self.width())
        tall = self.height() >= _TALL * self.width()
        self._below.set_margins(_MARGINS if tall else _BESIDE_TAB)
        self._around.set_margins(_LINE_BESIDE_TAB if tall else NO_MARGINS)
        self._show_words()

    def _show_words(self) -> None:
        question = self.question
        in_short = "" if self.band.notice.isVisibleTo(self.band) else question.notice[1]
        self.line.show_words(question.trouble or question.news or in_short, trouble=bool(question.trouble))

    def _show(self, text: str) -> None:
        self.line.show_text(text)
        question = self.question
        self.go_on_button.set_icon("arrow-right" if self._theme.growth <= LARGE else "")
        set_button_words(self.go_on_button, question.skip if self.skips else question.verb)
        self.go_on_button.setEnabled(bool(question.skip) or bool(text.strip()))
        self.keyboard.show_case(upper=question.keys is not Keys.WORDS or not text or text[-1] in " .-/'(")
