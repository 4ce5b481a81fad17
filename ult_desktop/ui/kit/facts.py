"""What is known about something: names at the left, values at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kit import layouts, widgets
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
