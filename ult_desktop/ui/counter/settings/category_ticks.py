"""The field that ticks by name which branches of the service tree this kiosk offers."""

from collections.abc import Sequence

from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import Theme, forms, widgets
from ult_desktop.ui.kit.forms.option_fields import OptionsBox, Tick


class CategoryTicks(forms.Field[tuple[str, ...]]):
    """The ticks; none ticked offers all.

    A key without a category in the office stays until it is unticked.
    """

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self.boxes: dict[str, Tick] = {}
        self._names: dict[str, str] = {}
        self._given: tuple[str, ...] = ()
        self._whole = widgets.Label(_("Kantor ini tidak memakai kategori."), "body", "soft")
        self._options: OptionsBox | None = None
        self.put(self._whole)

    def show_categories(self, categories: Sequence[tuple[str, str]]) -> None:
        """Show the office's categories, as (key, name). What is ticked stays."""
        if dict(categories) != self._names:
            self._names = dict(categories)
            self._offer(self.value())

    def _offer(self, ticked: Sequence[str]) -> None:
        keys = [*self._names, *(key for key in ticked if key not in self._names)]
        self.boxes = {key: Tick(self._names.get(key, key)) for key in keys}
        for key, box in self.boxes.items():
            box.setChecked(key in ticked)
            box.toggled.connect(self.changed)
        if self._options is not None:
            self._options.hide()
            self._options.deleteLater()
            self._options = None
        if self.boxes:
            self._options = OptionsBox(self.theme, self.boxes.values(), self.label)
            self.column.insertWidget(self.column.indexOf(self._whole), self._options)
        self._whole.setVisible(not self.boxes)

    @override
    def value(self) -> tuple[str, ...]:
        ticked = [key for key, box in self.boxes.items() if box.isChecked()]
        return tuple(sorted(ticked, key=[*self._given, *ticked].index))

    @override
    def show_value(self, value: Sequence[str] | None) -> None:
        self._given = tuple(value or ())
        self._offer(self._given)
        self.changed.emit()
