"""Names and answers, one under the other."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit.layouts import Column, Grid
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.elided_label import ElidedLabel
from ult_desktop.ui.kit.widgets.label import Label

_MOST = 6
_ROOMY = 420  # base pixels of height, in usual letters


class ReviewList(QWidget):
    """Long answers end in "…": the whole of them is kept."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.names = [Label("", "small", "soft") for _place in range(_MOST)]
        self.answers = [ElidedLabel("", "body") for _place in range(_MOST)]
        for answer in self.answers:
            answer.setProperty("bold", "true")
        self._grid = grid = Grid(theme, gap=8)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, theme.px(8))
        for row, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            grid.addWidget(name, row, 0)
            grid.addWidget(answer, row, 2)
        column = Column(theme, self)
        column.addStretch()
        column.addLayout(grid)
        column.addStretch()

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            here = place < len(lines)
            name.setText(lines[place][0] if here else "")
            answer.setText(lines[place][1] if here else "")
            name.setVisible(here)
            answer.setVisible(here)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.height() >= self._theme.px(_ROOMY) * self._theme.large_text
        self._grid.setVerticalSpacing(self._theme.px(28 if roomy else 8))
        for name, answer in zip(self.names, self.answers, strict=True):
            set_style_properties(name, type="body" if roomy else "small")
            set_style_properties(answer, type="strong" if roomy else "body")
