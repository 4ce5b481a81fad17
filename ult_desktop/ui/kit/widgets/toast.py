"""A short message at the foot of a window, with "Urungkan" where there is a way back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit.accessible import announce
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label

_STAYS_MS = 6000  # for which a message is shown
_OFFER_STAYS_MS = 12_000  # the same with buttons, which take time to read
Offer = tuple[str, Callable[[], object]]
"""The words of a button, and its action."""


class Toast(QFrame):
    """A short message over the foot of its parent. It hides by itself, or when clicked.

    `foot` is the lowest strip of the parent's layout, without buttons. It grows with the message, so that the
    message covers nothing else.
    """

    def __init__(self, theme: Theme, parent: QWidget, foot: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._parent, self._foot = theme, parent, foot
        self.setProperty("kind", "toast")
        self.setProperty("overlay", True)
        self.label = Label("", wrap=True)
        self.undo_button = Button(theme, _("Urungkan"))
        self.undo_button.setProperty("shape", "chip")
        self.offers: list[Button] = []
        self._row = Row(theme, self, gap=16, margins=(24, 2, 8, 2))
        self._row.addWidget(self.label, 1)
        self._row.addWidget(self.undo_button)
        self.undo_button.clicked.connect(self.take_back)
        self._passing_words = self._undoable_words = ""
        self.way_back: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        parent.installEventFilter(self)
        self.hide()

    def show_message(
        self,
        text: str,
        *,
        undo: Callable[[], object] | None = None,
        stays_ms: int = _STAYS_MS,
        offers: Sequence[Offer] = (),
    ) -> None:
        """Show a message. `offers` are buttons next to it; with these it stays longer.

        With `undo` it stays, with "Urungkan", until `take_back` or `end_undo`; later messages are above it.
        """
        self._show_offers(offers)
        self._passing_words = text if undo is None else ""
        if undo is not None:
            self._undoable_words, self.way_back = text, undo
        self._refresh()
        announce(self, text)
        if undo is not None and not offers:
            self._timer.stop()
        else:
            self._timer.start(_OFFER_STAYS_MS if offers else stays_ms)

    def dismiss(self) -> None:
        """Hide the message that goes by itself."""
        self._timer.stop()
        self._show_offers(())
        self._passing_words = ""
        self._refresh()

    def take_back(self) -> None:
        """Undo what the message with "Urungkan" is about."""
        undo = self.way_back
        self.end_undo()
        if undo is not None:
            undo()

    def end_undo(self) -> None:
        """Hide the message with "Urungkan": it was pressed, or undoing is not possible any more."""
        self._undoable_words, self.way_back = "", None
        self._refresh()

    def _refresh(self) -> None:
        lines = (self._passing_words, self._undoable_words)
        self.label.setText("\n".join(filter(None, lines)))
        self.undo_button.setText(_("Urungkan"))
        self.undo_button.setVisible(self.way_back is not None)
        self.setVisible(any(lines))
        self._foot.setMinimumHeight(0)
        if any(lines):
            self._place()
            self.raise_()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hide the message that was clicked; of two, first the one that hides by itself."""
        if self._passing_words:
            self.dismiss()
        else:
            self.end_undo()

    def _show_offers(self, offers: Sequence[Offer]) -> None:
        for button in self.offers:
            button.hide()
            button.deleteLater()
        self.offers = [self._make_button(text, do) for text, do in offers]

    def _make_button(self, text: str, do: Callable[[], object]) -> Button:
        button = Button(self._theme, text)
        button.setProperty("shape", "chip")
        button.clicked.connect(self.dismiss)
        button.clicked.connect(lambda _checked=False: do())
        self._row.addWidget(button)
        button.show()  # the layout would show it later, and `_place` measures it now
        button.ensurePolished()
        return button

    def _place(self) -> None:
        room = self._parent.rect()
        self.ensurePolished()
        margin = self._theme.px(24)
        lines = self.label.text().split("\n")
        words = max(map(self.label.fontMetrics().horizontalAdvance, lines))
        buttons = [button for button in (self.undo_button, *self.offers) if not button.isHidden()]
        extra = sum(button.sizeHint().width() + self._theme.px(16) for button in buttons)
        width = min(words + extra + self._theme.px(56), room.width() - 2 * margin)
        layout = self.layout()
        height = layout.totalHeightForWidth(width) if layout else self.sizeHint().height()
        self._foot.setMinimumHeight(height)
        self.setGeometry((room.width() - width) // 2, max(0, room.height() - height), width, height)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
