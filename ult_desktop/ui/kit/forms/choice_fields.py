"""Fields in which a person chooses one or several options."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QListView,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import searching
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.layouts import Grid
from ult_desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    _Button = QAbstractButton
else:
    _Button = object  # at run time the class that mixes this in has one parent of Qt only


class _Entries(QListView):
    """The entries of a drop-down list. Typed letters choose the entry that begins with them.

    If none does, they choose an entry with a word that begins so. The same letter again goes on to the next.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed = ""
        self._since = QElapsedTimer()

    @override
    def keyboardSearch(self, search: str) -> None:
        """Choose the entry for the letters typed so far, in the open list and in the closed one."""
        pause = QApplication.keyboardInputInterval()
        if not self._since.isValid() or self._since.hasExpired(pause):
            self._typed = ""
        self._since.start()
        self._typed += searching.folded(search)
        rows = self._matching_rows(self._typed)
        if not rows and len(set(self._typed)) == 1:  # the same letter several times
            self._typed = self._typed[0]
            rows = self._matching_rows(self._typed)
        if rows:
            current = self.currentIndex().row()
            goes_on = len(self._typed) == 1 and current in rows
            row = next((row for row in rows if goes_on and row > current), rows[0])
            self.setCurrentIndex(self.model().index(row, 0))

    def _matching_rows(self, sought: str) -> list[int]:
        model = self.model()
        texts = [searching.folded(str(model.index(row, 0).data())) for row in range(model.rowCount())]
        begins = [row for row, text in enumerate(texts) if text.startswith(sought)]
        return begins or [row for row, text in enumerate(texts) if f" {sought}" in text]


class ComboBox(QComboBox):
    """A drop-down list; long entries end in "…" instead of forcing a width."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setView(_Entries())
        self.setProperty("may_elide", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box here: the style would cut long words, and draw an arrow in a colour of its own."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        side, margin = round(self._theme.text("body") * 1.2), self._theme.px(12)
        room = self.width() - side - 3 * margin
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        ink = self._theme.color("ink" if self.isEnabled() else "disabled-ink")
        arrow = icon_pixmap("chevron-down", ink, side)
        painter.drawPixmap(self.width() - side - margin, (self.height() - side) // 2, arrow)


Options = Sequence[tuple[object, str]]


class ChoiceField(Field[object]):
    """The field with a drop-down list. Nothing is chosen until somebody chooses.

    `options` are (value, text). With `free` a person may type anything else, and that text is the value.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        label: str,
        options: Options = (),
        *,
        required: bool = False,
        free: bool = False,
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._free = free
        self._values: list[object] = []
        self.choice = ComboBox(theme)
        if free:
            self._make_editable()
        self.show_options(options)
        self.choice.currentIndexChanged.connect(self.changed)
        self.put(self.choice)

    def _make_editable(self) -> None:
        self.choice.setEditable(True)
        self.choice.setInsertPolicy(ComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.choice.model(), self.choice)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.choice.setCompleter(completer)
        self._completer = completer
        popup = completer.popup()
        assert popup is not None  # noqa: S101  (a completer of this mode has one)
        popup.installEventFilter(self)
        self.choice.editTextChanged.connect(self.changed)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab take the only suggestion, and then go on to the next field as usual."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() is QEvent.Type.KeyPress and self._completer.completionCount() == 1:
            self.choice.setEditText(self._completer.completionModel().index(0, 0).data())
        return super().eventFilter(watched, event)

    def show_options(self, options: Options) -> None:
        """Show other options; the chosen one stays chosen if it is still there."""
        chosen = self.value()
        # Clearing the list emits a change to "nothing chosen", which a form would keep as an answer.
        self.choice.blockSignals(True)
        self.choice.clear()
        self._values = [value for value, _text in options]
        for value, text in options:
            self.choice.addItem(text, value)
        self.choice.blockSignals(False)
        self.show_value(chosen)

    @override
    def value(self) -> object:
        """Return the option's value from `options`: Qt would return a plain text for an enum."""
        if not self._free:
            index = self.choice.currentIndex()
            return self._values[index] if index >= 0 else None
        typed = self.choice.currentText().strip()
        index = self.choice.findText(typed, Qt.MatchFlag.MatchFixedString)
        return self._values[index] if index >= 0 else typed

    @override
    def show_value(self, value: object) -> None:
        index = self._values.index(value) if value in self._values else -1
        self.choice.setCurrentIndex(index)
        if index < 0 and self._free:
            self.choice.setEditText(str(value or ""))

    @override
    def words_of(self, value: object) -> str:
        return self.choice.itemText(self._values.index(value)) if value in self._values else ""


_MOST_NAMED = 3  # choices that a refusal names


class KnownNameField(ChoiceField):
    """The field for a name, known or new.

    For a part of a known name ("Bulun") the field asks once whether that name is meant. It accepts the text
    when the form is sent again with the same text.
    """

    def __init__(self, theme: Theme, name: str, label: str, options: Options = ()) -> None:
        self._asked_about = ""
        super().__init__(theme, name, label, options, free=True)

    @override
    def problem(self) -> str:
        typed = self.choice.currentText().strip()
        similar = self._names_containing(typed)
        if not similar or typed == self._asked_about:
            return super().problem()
        names = ", ".join(f"“{name}”" for name in similar[:_MOST_NAMED])
        return _("Maksudnya {names}? Pilih dari daftar, atau simpan sekali lagi sebagai “{typed}”.").format(
            names=names, typed=typed
        )

    @override
    def show_error(self, words: str) -> None:
        super().show_error(words)
        if words:
            self._asked_about = self.choice.currentText().strip()

    def _names_containing(self, typed: str) -> list[str]:
        """Return the known names that contain the text; [] if the text itself is a known name."""
        known = [self.choice.itemText(index) for index in range(self.choice.count())]
        sought = searching.folded(typed)
        if not sought or sought in (searching.folded(name) for name in known):
            return []
        return [name for name in known if sought in searching.folded(name)]


class _WrappingButton(_Button):
    """A mixin for a button whose words wrap into lines. An "&" in them is shown as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.say(text)

    def say(self, text: str) -> None:
        self.words = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    @property
    def width_in_one_line(self) -> int:
        """The width in pixels with the words in one line."""
        return self._width_without_words() + self.fontMetrics().horizontalAdvance(self.words)

    @property
    def least_width(self) -> int:
        """The width in pixels that the longest word needs."""
        words = self.words.split() or [""]
        return self._width_without_words() + max(self.fontMetrics().horizontalAdvance(word) for word in words)

    def wrap_to(self, width: int) -> None:
        """Break the words into lines for a button of `width` pixels."""
        room, lines = width - self._width_without_words(), [""]
        for word in self.words.split(" "):
            longer = f"{lines[-1]} {word}".strip() if word else f"{lines[-1]} "
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        text = "\n".join(lines).replace("&", "&&")
        if text != self.text():
            self.setText(text)

    def _width_without_words(self) -> int:
        """Return the width in pixels of the button without its words."""
        # Gives the button the font and the padding of the style sheet.
        self.ensurePolished()
        # With this flag Qt measures a doubled & as one, as the style draws it.
        flags = int(Qt.TextFlag.TextShowMnemonic)
        return self.sizeHint().width() - self.fontMetrics().size(flags, self.text()).width()


class Tick(_WrappingButton, QCheckBox):
    """A tick: one of several that may be on at once."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class Option(_WrappingButton, QRadioButton):
    """A radio button: one of a few that exclude each other."""

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


_GAP = 20  # base pixels between two columns


class OptionsBox(QWidget):
    """The box that lays `buttons` out in as many columns as have room for the widest button.

    A screen reader reads the question (`label`) for the box, and its answer for each button.
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
        widest = max((button.width_in_one_line for button in self._buttons), default=1)
        columns = max(1, min(len(self._buttons), self.width() // (widest + self._theme.px(_GAP))))
        for button in self._buttons:
            button.wrap_to(max(self.width() if columns == 1 else widest, button.least_width))
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the size of one column, so that more columns do not keep the window from narrowing."""
        least = super().minimumSizeHint()
        widest = max((button.least_width for button in self._buttons), default=1)
        return QSize(min(widest, least.width()), least.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


class RadioField(Field[object]):
    """The field with a radio button for each of `options` (value, text). Arrow keys move between them."""

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
        # An exclusive group keeps one button checked: none could be shown as chosen.
        # https://doc.qt.io/qt-6/qbuttongroup.html#exclusive-prop
        self._group.setExclusive(False)
        for option, button in self.buttons.items():
            button.setChecked(option == value)
        self._group.setExclusive(True)

    @override
    def words_of(self, value: object) -> str:
        return self.buttons[value].words if value in self.buttons else ""


class TickField(Field[bool]):
    """The field with one tick box."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self.box = Tick(label)
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
    """The field with a tick box for each of `options` (value, text). Its value is a tuple of ticked ones."""

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
        for option, box in self.boxes.items():
            box.setChecked(option in ticked)

    @override
    def words_of(self, value: object) -> str:
        ticked = value if isinstance(value, tuple) else ()
        return ", ".join(box.words for option, box in self.boxes.items() if option in ticked)
