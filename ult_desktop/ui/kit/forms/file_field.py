"""A file of this PC; only its place is taken here, the worker reads it."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import dialogs, layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme


class FileField(Field[Path | None]):
    """`kinds` is what may be chosen, as a file dialog writes it: "Surat (*.pdf *.jpg)"."""

    def __init__(
        self, theme: Theme, name: str, label: str, kinds: str = "", *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._kinds, self._path = kinds, ""
        self.button = widgets.Button(theme, _("Pilih berkas …"), "", "upload")
        self.button.setAutoDefault(False)
        self.remove = widgets.Button(theme, _("Lepas"), "quiet", "x")
        self.remove.setAutoDefault(False)
        self.file_name = widgets.ElidedLabel("", "body")
        whole = QWidget()
        row = layouts.WrapRow(theme, gap=8, head=True)
        whole.setLayout(row)
        for each in (self.file_name, self.button, self.remove):
            row.addWidget(each)
        self.button.clicked.connect(self._pick)
        self.remove.clicked.connect(lambda: self.show_value(None))
        self.put(self.button, whole)
        self.show_value(None)

    @override
    def value(self) -> Path | None:
        return Path(self._path) if self._path else None

    @override
    def show_value(self, value: Path | str | None) -> None:
        self._path = str(value or "")
        self.file_name.setText(Path(self._path).name if self._path else _("belum ada berkas"))
        self.remove.setVisible(bool(self._path))
        self.changed.emit()

    @override
    def kept(self) -> str:
        return self._path

    def _pick(self) -> None:
        dialogs.pick_file(self, self.label, self._kinds, self.show_value)
