"""The questions and message boxes of the program, in its own words and looks; none blocks, and all keys work.

No nested event loop runs here: the answer comes to the function that was given. A box may cover the window's
own words, so each box says itself that the share is gone.
"""

import math
from collections.abc import Callable, Container, Sequence
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QLayout, QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.ui.kit import layouts, panels, widgets
from ult_desktop.ui.kit.reading_order import move_keyboard
from ult_desktop.ui.kit.slow_wait import slow_words
from ult_desktop.ui.kit.theme import Theme


class ConnectionNotices(QObject):
    """The words about a lost connection, as a child of the window, where its boxes find them.

    Signals:
        changed: the words are others now; "" while the connection is there.
    """

    changed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.words = ""

    def tell(self, words: str) -> None:
        self.words = words
        self.changed.emit(words)


Act = Callable[[], object]
T = TypeVar("T")
_WIDTH_IN_LETTERS = 34  # of the body's size: a line that is read easily
_SIDES = 96  # base pixels around the keys of a choice
# The most that a box takes of the window's height; base pixels for the frame that the system puts around it.
_MOST_OF_WINDOW, _FRAME = 0.92, 40


class _WordsArea(panels.FittingArea):
    """The area of a box's words, hidden while it has none."""

    def __init__(self, theme: Theme, inner: QWidget, words: QLayout) -> None:
        super().__init__(theme, inner)
        # Else Qt takes the height of the words wrapped to a smaller width, and one line scrolls:
        # https://doc.qt.io/qt-6/layout.html#layout-issues
        inner.setMinimumHeight(1)
        self._words = words
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def follow_words(self) -> None:
        """Show the area while there are words."""
        self.setVisible(not self._words.isEmpty())
        # A layout out of sight reports no second change before this:
        # https://doc.qt.io/qt-6/qlayout.html#activate
        self._words.activate()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self.follow_words()
        return super().eventFilter(watched, event)

    @override
    def heightForWidth(self, width: int) -> int:
        wanted = self._inner.heightForWidth(width)
        return wanted if wanted >= 0 else self.sizeHint().height()


class Box(QDialog):
    """A dialog with a title, words and a row of buttons, which deletes itself when closed.

    Closed while the office has not answered what the box asked for, it only hides. If the office refuses, the
    box shows again, with what was typed.

    Signals:
        outage_changed: the share is gone or back, as the label `outage` says.
    """

    outage_changed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, title: str, icon: tuple[str, str]) -> None:
        super().__init__(parent)
        self.theme = theme
        self.keys: dict[str, widgets.Button] = {}
        self._is_waiting = False
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._window = parent.window()
        self.window_width = self._window.width()
        self.setMinimumWidth(min(theme.text("body") * _WIDTH_IN_LETTERS, self.window_width))
        self.body = layouts.Column(theme, self, margins=(32, 32, 32, 24))
        self.body.setSpacing(max(theme.gap, theme.px(16)))
        self.outage = widgets.Label("", "small", "danger", wrap=True, news=True)
        self.body.addWidget(self.outage)
        notices = parent.window().findChild(ConnectionNotices)
        self._show_outage("" if notices is None else notices.words)
        if notices is not None:
            notices.changed.connect(self._show_outage)
        head = layouts.Row(theme, gap=16)
        head.addWidget(widgets.IconTile(theme, *icon, round(theme.sizes.text["title"] * 2.6)))
        self.title = widgets.Label(title, "title", wrap=True)
        head.addWidget(self.title, 1)
        self.body.addLayout(head)
        inner = QWidget()
        self.words = layouts.Column(theme, inner)
        self.words.setSpacing(theme.gap)
        self._area = _WordsArea(theme, inner, self.words)
        self.body.addWidget(self._area)
        self.refusal = widgets.Label("", "small", "danger", wrap=True, news=True)
        self.refusal.hide()
        self.body.addWidget(self.refusal)
        self.buttons = layouts.Row(theme)
        self.buttons.setSpacing(theme.gap)
        self.buttons.addStretch()
        self.body.addLayout(self.buttons)

    @override
    def sizeHint(self) -> QSize:
        """Return the size that the content needs, within the window and the screen; the rest scrolls."""
        return self._size_at(max(super().sizeHint().width(), self.minimumWidth()))

    def _size_at(self, width: int) -> QSize:
        height = self.body.totalHeightForWidth(width)
        if not self.body.hasHeightForWidth():
            height = super().sizeHint().height()
        screen = self.screen().availableGeometry().height() - _FRAME
        return QSize(width, min(height, round(self._window.height() * _MOST_OF_WINDOW), screen))

    @override
    def open(self) -> None:
        self._area.follow_words()
        # By itself Qt takes no more than two thirds of the screen:
        # https://doc.qt.io/qt-6/qwidget.html#adjustSize
        self.resize(self.sizeHint())
        super().open()

    @override
    def event(self, event: QEvent) -> bool:
        """Grow with the content, and move to the middle of the window again."""
        is_handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            grown = self.size().expandedTo(self._size_at(max(self.width(), self.sizeHint().width())))
            if grown != self.size():
                self.resize(grown)
                self._centre()
        return is_handled

    def _centre(self) -> None:
        frame, room = self.frameGeometry(), self.screen().availableGeometry()
        frame.moveCenter(self._window.frameGeometry().center())
        frame.moveLeft(max(room.left(), min(frame.left(), room.right() + 1 - frame.width())))
        frame.moveTop(max(room.top(), min(frame.top(), room.bottom() + 1 - frame.height())))
        self.move(frame.topLeft())

    @property
    def is_waiting(self) -> bool:
        """True while what the box asked for is not answered."""
        return self._is_waiting

    @override
    def reject(self) -> None:
        if self.is_waiting:
            self.hide()
        else:
            super().reject()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self.is_waiting:
            event.ignore()
            self.hide()
        else:
            super().closeEvent(event)

    def come_back(self) -> None:
        """Show the box again, if it was closed before the answer: its words were not saved."""
        self._is_waiting = False
        if self.isHidden():
            self.open()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self.keys.get(event.text().lower())
        if button is not None:
            button.click()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return move_keyboard(self, forward=next)

    def _show_outage(self, words: str) -> None:
        """Show that the share is gone: a box may cover the window's words about it."""
        self.outage.setText(words)
        self.outage.setVisible(bool(words))
        self.outage_changed.emit()

    def say(self, text: str, tone: str = "soft") -> None:
        if text:
            self.words.addWidget(widgets.Label(text, tone=tone, wrap=True))

    def add_part(self, *parts: QWidget) -> None:
        """Add widgets below the words. The first takes the height that is left; each scrolls by itself."""
        for number, part in enumerate(parts):
            self.body.insertWidget(self.body.count() - 2, part, 1 if number == 0 else 0)

    def show_refusal(self, error: UserError) -> None:
        """Show why the office refused; what was typed stays."""
        if shiboken6.isValid(self):  # the officer may have signed out meanwhile
            self.refusal.setText(error.brief)
            self.refusal.show()
            self.come_back()

    def say_slow(self, waited_s: int) -> None:
        """Show that the share is slow, and for how many seconds the box has waited for an answer."""
        if shiboken6.isValid(self):
            self.refusal.setText(slow_words(waited_s))
            self.refusal.show()

    def close_saved(self) -> None:
        """Close the box, if it is still open, because the office has saved what it asked for."""
        if shiboken6.isValid(self):
            self._is_waiting = False
            self.accept()

    def add_side_button(self, text: str, press: Act, icon_name: str = "") -> widgets.Button:
        """Add a button that leaves the box open."""
        button = widgets.Button(self.theme, text, "quiet", icon_name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: press())
        self.buttons.addWidget(button)
        return button

    def add_button(self, text: str, role: str, press: Act, *, stays: bool = False) -> widgets.Button:
        """Add a button that closes the box and then calls `press`.

        A box that `stays` waits for the answer: `close_saved` or `show_refusal`.
        """
        button = widgets.Button(self.theme, text, role)
        button.setAutoDefault(role == "primary")
        button.setDefault(role == "primary")

        def on_pressed() -> None:
            self.refusal.hide()
            self._is_waiting = stays
            if not stays:
                self.close()
            press()

        button.clicked.connect(on_pressed)
        self.buttons.addWidget(button)
        return button


def _nothing() -> None:
    """Do nothing: the answer to a button that only closes."""


def tell(parent: QWidget, theme: Theme, error: UserError, then: Act = _nothing) -> Box:
    """Show an error: what happened, what is still safe and what to do next."""
    box = Box(parent, theme, error.what, ("triangle-alert", "amber"))
    box.say(error.safe)
    box.say(error.todo, tone="")
    box.add_button(_("Mengerti"), "primary", _nothing).setFocus()
    box.finished.connect(lambda _result: then())
    # Never `exec`: its event loop would run timers and answers of the share in the middle of the function
    # that asked. https://doc.qt.io/qt-6/qdialog.html#exec
    box.open()
    return box


def ask(parent: QWidget, theme: Theme, question: str, words: str, yes: tuple[str, Act], no: str = "") -> Box:
    """Ask before an act. `yes` is its verb and the act; Esc and the button `no` ("Batal") do nothing."""
    box = Box(parent, theme, question, ("circle-question-mark", "blue"))
    box.say(words)
    box.add_button(no or _("Batal"), "quiet", _nothing)
    box.add_button(yes[0], "primary", yes[1]).setFocus()
    box.open()
    return box


def ask_unusual(parent: QWidget, theme: Theme, question: str, words: str, yes: tuple[str, Act]) -> Box:
    """Ask before an act that is hardly ever meant: Enter says no, and `yes` has to be pressed itself."""
    box = Box(parent, theme, question, ("triangle-alert", "amber"))
    box.say(words)
    box.add_button(yes[0], "", yes[1])
    box.add_button(_("Batal"), "primary", _nothing).setFocus()
    box.open()
    return box


_MOST_A_COLUMN = 8  # options of a choice
_KEYS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def choose(  # noqa: PLR0913  (where it opens, what it asks, what it offers)
    parent: QWidget,
    theme: Theme,
    title: str,
    options: Sequence[tuple[str, T]],
    chosen: Callable[[T], object],
    *,
    words: str = "",
    first: T | None = None,
    last: Container[T] = (),
) -> Box:
    """Let a person choose one of `options`, each (label, value); `chosen` gets the value.

    Keys choose too: 1 to 9, then letters; Enter chooses the value `first`. The values in `last` end
    something, and are marked.
    """
    box = Box(parent, theme, title, ("list-ordered", "blue"))
    box.say(words, "warning")
    buttons = []
    for index, (label, value) in enumerate(options):
        key = _KEYS[index : index + 1]
        # Qt takes a single & for the mark of a shortcut:
        # https://doc.qt.io/qt-6/qabstractbutton.html#text-prop
        text = f"{key}  {label}" if key else label
        button = widgets.Button(theme, text.replace("&", "&&"), "choice", parent=box)
        button.setProperty("ends", value in last)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False, value=value: (box.close(), chosen(value)))
        buttons.append(button)
    box.keys = dict(zip(_KEYS.lower(), buttons, strict=False))
    _lay_out_choices(box, buttons)
    values = [value for _label, value in options]
    if buttons:
        buttons[values.index(first) if first in values else 0].setFocus()
    box.add_button(_("Batal"), "quiet", _nothing)
    box.setMinimumWidth(max(box.minimumWidth(), box.minimumSizeHint().width()))
    box.open()
    return box


def _lay_out_choices(box: Box, buttons: Sequence[widgets.Button]) -> None:
    """Lay the choices out in one column; many in as many columns as the window has width for."""
    gap = max(box.theme.gap, box.theme.px(8))
    grid = layouts.Grid(box.theme)
    grid.setSpacing(gap)
    for button in buttons:
        # Measured before it is shown: https://doc.qt.io/qt-6/qwidget.html#ensurePolished
        button.ensurePolished()
    widest = max((button.sizeHint().width() for button in buttons), default=1)
    room = box.window_width - box.theme.px(_SIDES)
    columns = max(1, min(math.ceil(len(buttons) / _MOST_A_COLUMN), room // (widest + gap)))
    rows = math.ceil(len(buttons) / columns)
    for number, button in enumerate(buttons):
        grid.addWidget(button, number % rows, number // rows)
    box.words.addLayout(grid)


def ask_text(
    parent: QWidget, theme: Theme, title: str, words: str, yes: tuple[str, Callable[[str, Box], object]]
) -> Box:
    """Ask for one line of text. The button works once something is typed, and not while the share is gone.

    `yes` is the verb and the function that gets the text and the box. The box stays open until that function
    calls its `close_saved`.
    """
    box = Box(parent, theme, title, ("pen-line", "blue"))
    box.say(words)
    field = QLineEdit()
    field.setAccessibleName(title)
    box.words.addWidget(field)
    box.add_button(_("Batal"), "quiet", _nothing)
    verb, save = yes
    button = box.add_button(verb, "primary", lambda: save(field.text().strip(), box), stays=True)

    def enable() -> None:
        button.setEnabled(bool(field.text().strip()) and not box.outage.text())

    enable()
    field.textChanged.connect(enable)
    box.outage_changed.connect(enable)
    field.setFocus()
    box.open()
    return box


def pick_file(parent: QWidget, title: str, kinds: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Let a person choose a file; `kinds` as Qt writes them: "Surat (*.pdf *.jpg)"."""
    dialog = QFileDialog(parent, title, "", kinds)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def pick_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Let a person choose a folder, of this PC or of the network."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog
