"""Answers that are all in sight: one of few, several of few, yes or no."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.forms.choice_fields import Options
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.layouts import Grid
from ult_desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # beside it the class that uses it has its one parent of Qt's


class _Wrapping(_Button):
    """Its words go on in further lines where they have no room in one. "&" stands for itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.say(text)

    def say(self, text: str) -> None:
        self.words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    @property
    def one_line(self) -> int:
        """How wide it is with its words in one line."""
        return self._beside() + self.fontMetrics().horizontalAdvance(self.words)

    @property
    def least(self) -> int:
        """How wide its longest word makes it."""
        words = self.words.split() or [""]
        return self._beside() + max(self.fontMetrics().horizontalAdvance(word) for word in words)

    def wrap_to(self, width: int) -> None:
        room, lines = width - self._beside(), [""]
        for word in self.words.split(" "):
            longer = f"{lines[-1]} {word}".strip() if word else f"{lines[-1]} "
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        text = "\n".join(lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)

    def _beside(self) -> int:
        """What stands there beside the words."""
        self.ensurePolished()
        flags = int(Qt.TextFlag.TextShowMnemonic)
        return self.sizeHint().width() - self.fontMetrics().size(flags, self.text()).width()


class Tick(_Wrapping, QCheckBox):
    """One of several that hold at once."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class Option(_Wrapping, QRadioButton):
    """One of a few that exclude each other."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


_GAP = 20


class OptionsBox(QWidget):
    """Puts `buttons` beside each other as long as all columns of the row have room for the widest.

    The box is read out by what is asked, each of them by its answer.
    """

    def __init__(self, theme: Theme, buttons: Iterable[Tick | Option], label: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(label)
        self._buttons = list(buttons)
        self._grid = Grid(theme, self, gap=0)
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        widest = max((button.one_line for button in self._buttons), default=1)
        columns = max(1, min(len(self._buttons), self.width() // (widest + self._theme.px(_GAP))))
        for button in self._buttons:
            button.wrap_to(max(self.width() if columns == 1 else widest, button.least))
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def minimumSizeHint(self) -> QSize:
        """That of one column: columns that stand now must not keep the window from getting narrower."""
        least = super().minimumSizeHint()
        widest = max((button.least for button in self._buttons), default=1)
        return QSize(min(widest, least.width()), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class RadioField(Field[object]):
    """`options` are (value, text); arrow keys move between them."""

    def __init__(
        self, theme: Theme, name: str, label: str, options: Options, *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self.buttons = {value: Option(text) for value, text in options}
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
            button.toggled.connect(self.changed)
        self.put(next(iter(self.buttons.values())), OptionsBox(theme, self.buttons.values(), label))

    @override
    def value(self) -> object:
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    @override
    def show_value(self, value: object) -> None:
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == value)
        self._group.setExclusive(True)


class TickField(Field[bool]):
    """A statement to agree with; required, it has to be ticked."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(theme, name, label, required=required)
        self.box = Tick(f"{label} *" if required else label)
        self.box.toggled.connect(self.changed)
        self.caption.hide()
        self.put(self.box, OptionsBox(theme, (self.box,)))

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def show_value(self, value: bool | None) -> None:
        self.box.setChecked(bool(value))


class TicksField(Field[tuple[object, ...]]):
    """`options` are (value, text); the value is a tuple of those that are ticked."""

    def __init__(
        self, theme: Theme, name: str, label: str, options: Options, *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self.boxes = {value: Tick(text) for value, text in options}
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
        self.put(next(iter(self.boxes.values())), OptionsBox(theme, self.boxes.values(), label))

    @override
    def value(self) -> tuple[object, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    @override
    def show_value(self, value: Iterable[object] | None) -> None:
        ticked = set(value or ())
        for each, box in self.boxes.items():
            box.setChecked(each in ticked)
