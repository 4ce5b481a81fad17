"""One thing in full: what it is, what is known of it, what can be done, and its sections."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from ult_desktop.base import _
from ult_desktop.ui.kit import actions_row, layouts, lists, panels, widgets
from ult_desktop.ui.kit.theme import Theme, set_style_properties


@dataclass(frozen=True)
class Fact:
    """One line; an empty value is left out. `tone` of the value: "", soft, ok, warn, danger, priority."""

    name: str
    value: str
    tone: str = ""


class Facts(QWidget):
    """Values break into lines instead of being cut; they can be copied."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._grid = layouts.Grid(theme, self, gap=6)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[widgets.Label, widgets.Label]] = []
        self.hide()

    def show_facts(self, facts: Sequence[Fact]) -> None:
        known = [fact for fact in facts if fact.value]
        for number in range(len(self._lines), len(known)):
            self._add_line(number)
        for number, (name, value) in enumerate(self._lines):
            fact = known[number] if number < len(known) else None
            name.setVisible(fact is not None)
            value.setVisible(fact is not None)
            value.setText("" if fact is None else fact.value)  # what was opened does not stay behind
            if fact is not None:
                name.setText(fact.name)
                set_style_properties(value, tone=fact.tone)
        self.setVisible(bool(known))

    def _add_line(self, number: int) -> None:
        name, value = widgets.Label("", "small", "soft"), widgets.Label("", wrap=True)
        name.setContentsMargins(0, 2, 12, 0)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines.append((name, value))
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1)


class Detail(QStackedWidget):
    """Empty until `show_head`; scrolls by itself.

    Signals:
        asked: a button of the head was pressed (its action's name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, empty: tuple[str, str] = ("", "")) -> None:
        super().__init__()
        self.theme = theme
        self.empty = panels.EmptyState(
            theme, empty[0] or _("Pilih satu baris di daftar."), empty[1] or "list-ordered"
        )
        self.title = widgets.Label("", "title", wrap=True)
        self.subtitle = widgets.Label("", "body", "soft", wrap=True)
        self.tags = lists.TagRow(theme)
        self.acts, self.facts = actions_row.ActionsRow(theme), Facts(theme)
        self.acts.asked.connect(self.asked)
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
        self._column.addStretch(1)  # a factor: sections must not share what is left over
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        ground = QFrame()
        ground.setProperty("kind", "panel")
        layouts.Column(theme, ground).addWidget(self.empty)
        self.addWidget(ground)
        self.addWidget(self._area)

    def add_corner(self, button: widgets.Button) -> widgets.Button:
        """A button at the right of the name."""
        button.setAutoDefault(False)
        self._top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def show_head(self, title: str, subtitle: str = "", tags: Sequence[lists.Tag] = ()) -> None:
        """Something is chosen: its name and its states."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        self.tags.show_tags(tags)
        self.setCurrentWidget(self._area)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        self.facts.show_facts(facts)

    def show_actions(self, actions: Sequence[actions_row.DetailAction]) -> None:
        self.acts.show_actions(actions)

    def add_section(self, title: str, widget: QWidget) -> panels.Section:
        """A further panel below the others."""
        section = panels.Section(self.theme, title)
        section.body.addWidget(widget)
        self._column.insertWidget(self._column.count() - 1, section)
        return section

    def show_nothing(self, words: str = "", icon_name: str = "list-ordered") -> None:
        """Nothing is chosen, and nothing can be done."""
        self.acts.show_actions(())
        self.empty.say(words or _("Pilih satu baris di daftar."), icon_name)
        self.setCurrentIndex(0)

    @property
    def is_empty(self) -> bool:
        return self.currentIndex() == 0
