"""The office's logo: any picture of this PC is made small enough for it."""

import base64
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.office.logo import logo_of, no_picture
from ult_desktop.ui.kit import dialogs, layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import FileWorker

_SHOWN = 72
_LARGEST = 50_000_000  # bytes


class LogoField(Field[bytes]):
    """The value is a PNG; b"" is none, and the neutral mark stands in its place."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self._png = b""
        self._worker = FileWorker(self)
        self.picture = widgets.Logo(theme, _SHOWN)
        self.button = widgets.Button(theme, _("Pilih gambar …"), "", "image")
        self.button.setAutoDefault(False)
        self.remove = widgets.Button(theme, _("Lepas"), "quiet", "x")
        self.remove.setAutoDefault(False)
        whole = QWidget()
        row = layouts.Row(theme, whole, gap=12)
        for each in (self.picture, self.button, self.remove):
            row.addWidget(each)
        row.addStretch(1)
        self.button.clicked.connect(self._pick)
        self.remove.clicked.connect(lambda: self.show_value(b""))
        self.put(self.button, whole)
        self.show_value(b"")

    @override
    def value(self) -> bytes:
        return self._png

    @override
    def show_value(self, value: bytes | None) -> None:
        self._png = value or b""
        self.picture.show_picture(self._png)
        self.remove.setVisible(bool(self._png))
        self.changed.emit()

    @override
    def kept(self) -> str:
        return base64.b64encode(self._png).decode()

    @override
    def show_kept(self, kept: bytes | str) -> None:
        self.show_value(base64.b64decode(kept))

    @override
    def is_empty(self) -> bool:
        return not self._png

    def _pick(self) -> None:
        kinds = _("Gambar") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"
        dialogs.pick_file(self, self.label, kinds, self.read)

    def read(self, path: str) -> None:
        """Make it small on a thread of its own; what is no picture is told below."""
        if not self._worker.is_busy:
            self._worker.run(partial(_read, Path(path)), self.show_value, self._refuse)

    def _refuse(self, error: UserError) -> None:
        self.show_error(error.brief)


def _read(path: Path) -> bytes:
    """On a thread of its own: the file may lie on a share. Raises UserError."""
    try:
        with path.open("rb") as file:
            return logo_of(file.read(_LARGEST))
    except OSError as error:
        raise no_picture() from error
