"""The detail view of one record: its name, its facts, its actions and its sections."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import dialogs, layouts, lists, panels, widgets
from ult_desktop.ui.kit.theme import Theme, set_style_properties


@dataclass(frozen=True)
class Fact:
    """A fact about a record. `Facts` leaves it out while its value is empty.

    `tone` of the value: "", soft, ok, warn, danger, priority.
    """

    name: str
    value: str
    tone: str = ""


class Facts(QWidget):
    """The facts about a record, a line each. Long values break into lines; a person can copy them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = layouts.Grid(theme, self, gap=6)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[widgets.Label, widgets.Label]] = []
        self.hide()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        shown = [fact for fact in facts if fact.value]
        for number in range(len(self._lines), len(shown)):
            self._add_line(number)
        for number, (name, value) in enumerate(self._lines):
            fact = shown[number] if number < len(shown) else None
            name.setVisible(fact is not None)
            value.setVisible(fact is not None)
            value.setText("" if fact is None else fact.value)  # no former value stays in a hidden line
            if fact is not None:
                name.setText(fact.name)
                set_style_properties(value, tone=fact.tone)
        self.setVisible(bool(shown))

    def _add_line(self, number: int) -> None:
        name, value = widgets.Label("", "small", "soft"), widgets.Label("", wrap=True)
        name.setContentsMargins(0, 2, 12, 0)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.append((name, value))
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1)


_MOST_IN_ROW = 3  # actions with a button; further ones are behind “Lainnya”, unless it is only one


@dataclass(frozen=True)
class DetailAction:
    """An action: `do` carries it out. `why_not`: why it is disabled, for its tool tip; "": it is not.

    `is_aside`: the action only shows or prints something; it is an icon after the other actions.
    """

    name: str
    text: str
    icon_name: str
    do: Callable[[], object]
    role: str = ""
    why_not: str = ""
    is_aside: bool = False


class ActionsRow(layouts.ButtonLines):
    """The row of actions: the primary one, two more, the others behind “Lainnya”, then the icons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, gap=8)
        self._shown: tuple[DetailAction, ...] = ()
        self.buttons: dict[str, widgets.Button] = {}
        self.more_button = widgets.Button(theme, _("Lainnya …"), "", "ellipsis", self)
        self.more_button.setAutoDefault(False)
        self.more_button.clicked.connect(self._offer_further)
        self.hide()
        theme.changed.connect(self._place)

    def show_actions(self, actions: Sequence[DetailAction]) -> None:
        """Show actions. The same actions keep their buttons, so that the keyboard's focus stays."""
        if _button_looks(actions) != _button_looks(self._shown):
            self._replace_buttons(actions)
        for action in actions:
            self.buttons[action.name].setEnabled(not action.why_not)
            icon_words = action.text if action.is_aside else ""
            self.buttons[action.name].setToolTip(action.why_not or icon_words)
        self._shown = tuple(actions)
        self.setVisible(bool(actions))
        self._show_row()

    def _replace_buttons(self, actions: Sequence[DetailAction]) -> None:
        """Replace the buttons.

        If an old button has the focus, a new one gets it: without a focus the page's keys would do nothing.
        """
        old, self.buttons = self.buttons, {action.name: self._make_button(action) for action in actions}
        focused = self.window().focusWidget()
        focused_name = next((name for name, button in old.items() if button is focused), None)
        in_row = [action.name for action in _split_actions(actions)[0]]
        # Before the old button is hidden: then Qt would choose the widget that gets its focus.
        if focused_name is not None and in_row:
            successor = self.buttons[focused_name if focused_name in in_row else in_row[0]]
            successor.show()
            successor.setFocus()
        for button in old.values():
            button.hide()
            # Later, because Qt may still be handling a click of this very button:
            # https://doc.qt.io/qt-6/qobject.html#deleteLater
            button.deleteLater()

    def _make_button(self, action: DetailAction) -> widgets.Button:
        words = "" if action.is_aside else action.text
        button = widgets.Button(self._theme, words, action.role, action.icon_name, self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False, name=action.name: self._carry_out(name))
        if action.is_aside:
            button.setAccessibleName(action.text)
            button.setProperty("shape", "square")
        return button

    def _carry_out(self, name: str) -> None:
        """Carry out the action of this name that is shown now.

        The button may have been made for another record's action.
        """
        action = next((action for action in self._shown if action.name == name and not action.why_not), None)
        if action is not None:
            action.do()

    def begin(self) -> None:
        """Carry out the primary action, if it is enabled: for Enter in the list next to the detail."""
        primary = next(
            (action for action in self._shown if action.role == "primary" and not action.why_not), None
        )
        if primary is not None:
            self._carry_out(primary.name)

    @property
    def further(self) -> list[DetailAction]:
        """The actions behind “Lainnya”."""
        return _split_actions(self._shown)[1]

    def _offer_further(self) -> None:
        further = self.further
        options = [(action.text, action.name) for action in further]
        ends = [action.name for action in further if action.role == "danger"]
        box = dialogs.choose(
            self.window(), self._theme, _("Tindakan lain"), options, self._carry_out, last=ends
        )
        for button, action in zip(box.keys.values(), further, strict=False):
            button.setEnabled(not action.why_not)
            button.setToolTip(action.why_not)

    def _show_row(self) -> None:
        """Show the buttons of the row in their order, and hide the others."""
        in_row, further = _split_actions(self._shown)
        in_sight = [action.name for action in (*in_row, *_aside(self._shown))]
        for name, button in self.buttons.items():
            button.setVisible(name in in_sight)
        self.more_button.setVisible(bool(further))
        self._place()

    @override
    def _shown_buttons(self) -> list[widgets.Button]:
        in_row, further = _split_actions(self._shown)
        more = [self.more_button] if further else []
        icons = [self.buttons[action.name] for action in _aside(self._shown)]
        return [*(self.buttons[action.name] for action in in_row), *more, *icons]


def _button_looks(actions: Sequence[DetailAction]) -> list[tuple[str, str, str]]:
    return [(action.name, action.text, action.role) for action in actions]


def _aside(actions: Sequence[DetailAction]) -> list[DetailAction]:
    return [action for action in actions if action.is_aside]


def _split_actions(actions: Sequence[DetailAction]) -> tuple[list[DetailAction], list[DetailAction]]:
    """Return the actions with a button, the primary one first, and those behind “Lainnya”, never just one.

    Disabled actions come after those that can be done now.
    """
    ranked = [action for action in actions if not action.is_aside]
    # `False` sorts before `True`.
    ranked.sort(key=lambda action: (action.role != "primary", bool(action.why_not)))
    count = len(ranked) if len(ranked) == _MOST_IN_ROW + 1 else _MOST_IN_ROW
    return ranked[:count], ranked[count:]


class Detail(QStackedWidget):
    """The detail of one record, which scrolls. Until `show_head` it shows the words and icon of `empty`."""

    def __init__(self, theme: Theme, empty: tuple[str, str] = ("", "")) -> None:
        super().__init__()
        self.theme = theme
        self.empty = panels.EmptyState(
            theme, empty[0] or _("Pilih satu baris di daftar."), empty[1] or "list-ordered"
        )
        self.title = widgets.Label("", "title", wrap=True)
        self.subtitle = widgets.Label("", "body", "soft", wrap=True)
        self.tags = lists.TagRow(theme)
        self.acts, self.facts = ActionsRow(theme), Facts(theme)
        self.head = panels.Section(theme)
        self._top = layouts.Row(theme, gap=8)
        self._top.addWidget(self.title, 1)
        self.head.body.addLayout(self._top)
        for widget in (self.subtitle, self.tags, self.facts, self.acts):
            self.head.body.addWidget(widget)
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        self._column = layouts.Column(theme, inner, gap=12, margins=(0, 0, 8, 0))
        self._column.addWidget(self.head)
        self._column.addStretch(1)  # takes the height that is left over, so that sections do not grow
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        panel = QFrame()
        panel.setProperty("kind", "panel")
        layouts.Column(theme, panel).addWidget(self.empty)
        self.addWidget(panel)
        self.addWidget(self.area)

    def add_corner(self, button: widgets.Button) -> widgets.Button:
        """Add a button at the right of the name."""
        button.setAutoDefault(False)
        self._top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def show_head(self, title: str, subtitle: str = "", tags: Sequence[lists.Tag] = ()) -> None:
        """Show the name and the states of the chosen record. For another record, scroll to the top."""
        if (title, subtitle) != (self.title.text(), self.subtitle.text()):
            self.area.verticalScrollBar().setValue(0)
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.tags.show_tags(tags)
        self.setCurrentWidget(self.area)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self.facts.show_facts(facts)

    def show_actions(self, actions: Sequence[DetailAction]) -> None:
        self.acts.show_actions(actions)

    def add_section(self, title: str, widget: QWidget) -> panels.Section:
        """Add a panel below the others."""
        section = panels.Section(self.theme, title)
        section.body.addWidget(widget)
        self._column.insertWidget(self._column.count() - 1, section)
        return section

    def show_nothing(self) -> None:
        """Show that nothing is chosen, and no action."""
        self.acts.show_actions(())
        self.setCurrentIndex(0)

    @property
    def is_empty(self) -> bool:
        return self.currentIndex() == 0
