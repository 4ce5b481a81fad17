"""One of many, from a list that drops down, or a name that may also be another than the list's."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme


class ComboBox(QComboBox):
    """One of several; long entries end in "…" instead of forcing a width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("may_elide", True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The style cuts long words off, and its own arrow does not follow the tokens."""
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
    """`options` are (value, text); with `free` anything else may be typed, and its text is the value.

    Nothing is chosen until somebody chooses.
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
            self._let_type()
        self.show_options(options)
        self.choice.currentIndexChanged.connect(self.changed)
        self.put(self.choice)

    def _let_type(self) -> None:
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
        """Tab takes the only suggestion, and goes on to the next field as it always does."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() is QEvent.Type.KeyPress and self._completer.completionCount() == 1:
            self.choice.setEditText(self._completer.completionModel().index(0, 0).data())
        return super().eventFilter(watched, event)

    def show_options(self, options: Options) -> None:
        """Other options; what was chosen stays chosen if it is still there."""
        kept = self.value()
        self.choice.blockSignals(True)
        self.choice.clear()
        self._values = [value for value, _text in options]
        for value, text in options:
            self.choice.addItem(text, value)
        self.choice.blockSignals(False)
        self.show_value(kept)

    @override
    def value(self) -> object:
        """The option's own value: Qt keeps no enum but makes a plain text of it."""
        if not self._free:
            place = self.choice.currentIndex()
            return self._values[place] if place >= 0 else None
        typed = self.choice.currentText().strip()
        place = self.choice.findText(typed, Qt.MatchFlag.MatchFixedString)
        return self._values[place] if place >= 0 else typed

    @override
    def show_value(self, value: object) -> None:
        place = self._values.index(value) if value in self._values else -1
        self.choice.setCurrentIndex(place)
        if place < 0 and self._free:
            self.choice.setEditText(str(value or ""))


_NAMED = 3


class KnownNameField(ChoiceField):
    """Says which name may be meant, and takes the text when it is sent again unchanged ("Bulun")."""

    def __init__(self, theme: Theme, name: str, label: str, options: Options = ()) -> None:
        self._asked = ""
        super().__init__(theme, name, label, options, free=True)

    @override
    def problem(self) -> str:
        typed = self.choice.currentText().strip()
        meant = self._meant(typed)
        if not meant or typed == self._asked:
            return super().problem()
        names = ", ".join(f"“{each}”" for each in meant[:_NAMED])
        return _("Maksudnya {names}? Pilih dari daftar, atau simpan sekali lagi sebagai “{typed}”.").format(
            names=names, typed=typed
        )

    @override
    def show_error(self, words: str) -> None:
        super().show_error(words)
        if words:
            self._asked = self.choice.currentText().strip()

    def _meant(self, typed: str) -> list[str]:
        """The names of which it is a part; none when it is a whole one, or of no name at all."""
        known = [self.choice.itemText(place) for place in range(self.choice.count())]
        sought = typed.casefold()
        if not sought or sought in (each.casefold() for each in known):
            return []
        return [each for each in known if sought in each.casefold()]
