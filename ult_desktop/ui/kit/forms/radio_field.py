"""One of few, all of them in sight."""

from PySide6.QtWidgets import QButtonGroup
from typing_extensions import override

from ult_desktop.ui.kit.forms.choice_field import Options
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.option_button import Option
from ult_desktop.ui.kit.forms.options_box import OptionsBox
from ult_desktop.ui.kit.theme import Theme


class RadioField(Field):
    """`options` are (value, text); arrow keys move between them."""

    def __init__(
        self, theme: Theme, name: str, label: str, options: Options, *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self.buttons = {value: Option(text) for value, text in options}
        self._group = QButtonGroup(self)
        for button in self.buttons.values():
            self._group.addButton(button)
            button.toggled.connect(self.changed)
        self.put(next(iter(self.buttons.values())), OptionsBox(theme, self.buttons.values()))

    @override
    def value(self) -> object:
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    @override
    def show_value(self, value: object) -> None:
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == value)
        self._group.setExclusive(True)
