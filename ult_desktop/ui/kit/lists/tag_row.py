"""States side by side."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.lists.tag import Tag
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.pill import Pill


class TagRow(QWidget):
    """A pill for each state; hidden without any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pills: list[Pill] = []
        self._row = Row(theme, self, gap=6)
        self._row.addStretch()
        self.hide()

    def show_tags(self, tags: Sequence[Tag]) -> None:
        for _number in range(len(self.pills), len(tags)):
            pill = Pill(self._theme)
            self._row.insertWidget(len(self.pills), pill)
            self.pills.append(pill)
        for number, pill in enumerate(self.pills):
            tag = tags[number] if number < len(tags) else Tag("")
            pill.show_status(tag.text, tag.tone, tag.icon_name)
        self.setVisible(bool(tags))
