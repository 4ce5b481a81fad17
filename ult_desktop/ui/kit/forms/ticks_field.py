"""Several of few, all of them in sight."""

from collections.abc import Iterable

from typing_extensions import override

from ult_desktop.ui.kit.forms.choice_field import Options
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.option_button import Tick
from ult_desktop.ui.kit.forms.options_box import OptionsBox
from ult_desktop.ui.kit.theme import Theme


class TicksField(Field):
    """`options` are (value, text); the value is a tuple of those that are ticked."""

    def __init__(
        self, theme: Theme, name: str, label: str, options: Options, *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self.boxes = {value: Tick(text) for value, text in options}
        for box in self.boxes.values():
            box.toggled.connect(self.changed)
        self.put(next(iter(self.boxes.values())), OptionsBox(theme, self.boxes.values()))

    @override
    def value(self) -> tuple[object, ...]:
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    @override
    def show_value(self, value: Iterable[object] | None) -> None:
        ticked = set(value or ())
        for each, box in self.boxes.items():
            box.setChecked(each in ticked)
