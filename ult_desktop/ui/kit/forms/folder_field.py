"""A folder, typed or chosen."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import dialogs, layouts, widgets
from ult_desktop.ui.kit.forms.text_fields import LineField
from ult_desktop.ui.kit.theme import Theme

_LETTERS = 36


class _PathLine(QLineEdit):
    """Wants room for a path that can be read."""

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint.expandedTo(QSize(self.fontMetrics().averageCharWidth() * _LETTERS, 0))


class FolderField(LineField):
    """The path as it was typed; its buttons go below it where beside them it could not be read.

    `kinds`: a file that may stand for the folder, as a file dialog writes it.
    """

    line_kind = _PathLine

    def __init__(
        self, theme: Theme, name: str, label: str, kinds: str = "", *, required: bool = False, hint: str = ""
    ) -> None:
        self._kinds = kinds
        super().__init__(theme, name, label, required=required, hint=hint)

    @override
    def put(self, editor: QWidget, whole: QWidget | None = None) -> None:
        whole = QWidget()
        row = layouts.WrapRow(self.theme, gap=8, head=True)
        whole.setLayout(row)
        row.addWidget(editor)
        row.addWidget(self._button(_("Pilih folder …"), self._pick_folder))
        if self._kinds:
            row.addWidget(self._button(_("Pilih berkas …"), self._pick_file))
        super().put(editor, whole)

    def _button(self, text: str, pick: Callable[[], object]) -> widgets.Button:
        button = widgets.Button(self.theme, text, "", "search")
        button.setAutoDefault(False)
        button.clicked.connect(pick)
        return button

    def _pick_folder(self) -> None:
        dialogs.pick_folder(self, self.label, self._chosen)

    def _pick_file(self) -> None:
        dialogs.pick_file(self, self.label, self._kinds, self._chosen)

    def _chosen(self, path: str) -> None:
        """With the system's own slashes: Qt writes all of them forward."""
        self.show_value(str(Path(path)))
