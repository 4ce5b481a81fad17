"""What a list shows of each thing, its states (tags), and the model that hands it to the view."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit import layouts, widgets
from ult_desktop.ui.kit.lists.sifted_model import FilteredModel
from ult_desktop.ui.kit.theme import Theme


@dataclass(frozen=True)
class Tag:
    """`tone`: ok, warn, danger, priority, primary or accent; `icon_name` may be empty."""

    text: str
    tone: str = "primary"
    icon_name: str = ""


@dataclass(frozen=True)
class ListRow:
    """One line of a list, in words.

    `aside` stands at the right (a time, a number). `strong`: not seen yet. `side_tone`: a bar at the
    left edge ("danger" for what is late). `groups`: the filters it belongs to. `search`: further words
    by which it is found.
    """

    id: object
    title: str
    subtitle: str = ""
    aside: str = ""
    icon: str = ""
    tint: str = "slate"
    tags: tuple[Tag, ...] = ()
    groups: frozenset[str] = field(default_factory=frozenset)
    strong: bool = False
    side_tone: str = ""
    search: str = ""

    @property
    def key(self) -> object:
        return self.id

    @property
    def tip(self) -> str:
        return ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = (self.title, self.subtitle, *(tag.text for tag in self.tags), self.aside)
        return ", ".join(part for part in parts if part)

    @cached_property
    def haystack(self) -> str:
        return f"{self.spoken} {self.search}".casefold()


class RowModel(FilteredModel[ListRow]):
    """The rows of one list: those of the filter that match what is searched for."""

    def __init__(self) -> None:
        super().__init__()
        self._words: list[str] = []
        self._group = ""

    def search(self, text: str) -> None:
        """Only rows in which every word of `text` stands somewhere, whatever its case."""
        self._words = text.casefold().split()
        self.sift()

    def filter(self, group: str) -> None:
        """Only rows of a group; "" shows all."""
        self._group = group
        self.sift()

    def count_of(self, group: str) -> int:
        return sum(group in row.groups for row in self._all) if group else len(self._all)

    @override
    def is_wanted(self, row: ListRow) -> bool:
        if self._group and self._group not in row.groups:
            return False
        return not self._words or all(word in row.haystack for word in self._words)


class TagRow(QWidget):
    """A pill for each state; hidden without any."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.pills: list[widgets.Pill] = []
        self._row = layouts.Row(theme, self, gap=6)
        self._row.addStretch()
        self.hide()

    def show_tags(self, tags: Sequence[Tag]) -> None:
        for _number in range(len(self.pills), len(tags)):
            pill = widgets.Pill(self._theme)
            self._row.insertWidget(len(self.pills), pill)
            self.pills.append(pill)
        for number, pill in enumerate(self.pills):
            tag = tags[number] if number < len(tags) else Tag("")
            pill.show_status(tag.text, tag.tone, tag.icon_name)
        self.setVisible(bool(tags))
