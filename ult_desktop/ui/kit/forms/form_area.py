"""The part of a form that scrolls: its fields, one below the other, or some side by side."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme

Fields = Sequence[Field | Sequence[Field]]
_LEAST_HEIGHT = 160


def all_fields(fields: Fields) -> Iterable[Field]:
    """Every field, in the order of the keyboard."""
    for each in fields:
        yield from [each] if isinstance(each, Field) else each


def field_column(theme: Theme, fields: Fields) -> QWidget:
    """The fields as they stand in a form; those of an inner sequence side by side."""
    inner = QWidget()
    inner.setProperty("kind", "scrolled")
    column = Column(theme, inner, gap=12, margins=(0, 0, 8, 0))
    for each in fields:
        if isinstance(each, Field):
            column.addWidget(each)
            continue
        row = Row(theme, gap=16)
        for field in each:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
    column.addStretch(1)
    return inner


class FormArea(QScrollArea):
    """As high as its fields if there is room, scrolled if not."""

    def __init__(self, theme: Theme, inner: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = inner
        self.setWidget(inner)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A question more, or answers in more lines: whoever holds the form may grow with it."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        """Captions that may wrap make the fields' least size the larger one: below it they would scroll."""
        wanted = self._inner.sizeHint().expandedTo(self._inner.minimumSizeHint())
        return wanted + QSize(self._theme.px(12), 4)

    @override
    def minimumSizeHint(self) -> QSize:
        inner = self._inner.minimumSizeHint()
        least = min(inner.height(), self._theme.px(_LEAST_HEIGHT))
        return QSize(inner.width() + self._theme.px(12), least)
