"""Yes or no."""

from typing_extensions import override

from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.option_button import Tick
from ult_desktop.ui.kit.theme import Theme


class TickField(Field):
    """A statement to agree with; required, it has to be ticked."""

    def __init__(self, theme: Theme, name: str, label: str, *, required: bool = False) -> None:
        super().__init__(theme, name, label, required=required)
        self.box = Tick(f"{label} *" if required else label)
        self.box.toggled.connect(self.changed)
        self.caption.hide()
        self.put(self.box)

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def show_value(self, value: bool | None) -> None:
        self.box.setChecked(bool(value))
