"""Fields to choose a file, a folder or a picture of this PC."""

import base64
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.office.logo import make_logo, unreadable_picture_error
from ult_desktop.ui.kit import dialogs, layouts, widgets
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.text_fields import LineField
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.tasks import FileWorker


class FileField(Field[Path | None]):
    """The field for a file. `kinds` says which, as a file dialog writes it: "Surat (*.pdf *.jpg)"."""

    def __init__(
        self, theme: Theme, name: str, label: str, kinds: str = "", *, required: bool = False
    ) -> None:
        super().__init__(theme, name, label, required=required)
        self._kinds, self._path = kinds, ""
        self.button = widgets.Button(theme, _("Pilih berkas …"), "", "upload")
        self.button.setAutoDefault(False)
        self.remove_button = widgets.Button(theme, _("Lepas"), "quiet", "x")
        self.remove_button.setAutoDefault(False)
        self.file_name = widgets.ElidedLabel("", "body")
        whole = QWidget()
        row = layouts.WrapRow(theme, gap=8, head=True)
        whole.setLayout(row)
        for widget in (self.file_name, self.button, self.remove_button):
            row.addWidget(widget)
        self.button.clicked.connect(self._pick)
        self.remove_button.clicked.connect(lambda: self.show_value(None))
        self.put(self.button, whole)
        self.show_value(None)

    @override
    def value(self) -> Path | None:
        return Path(self._path) if self._path else None

    @override
    def show_value(self, value: Path | str | None) -> None:
        self._path = str(value or "")
        self.file_name.setText(Path(self._path).name if self._path else _("belum ada berkas"))
        self.remove_button.setVisible(bool(self._path))
        self.changed.emit()

    @override
    def draft_value(self) -> str:
        return self._path

    def _pick(self) -> None:
        dialogs.pick_file(self, self.label, self._kinds, self.show_value)


_LETTERS_IN_SIGHT = 36  # of a path


class _PathLine(QLineEdit):
    """The line of a path, wide enough to read one."""

    @override
    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint.expandedTo(QSize(self.fontMetrics().averageCharWidth() * _LETTERS_IN_SIGHT, 0))


class FolderField(LineField):
    """The field for the path of a folder.

    The buttons go below the line where it would be too narrow next to them. `kinds` says which files may be
    chosen instead of a folder, as a file dialog writes it.
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
        row.addWidget(self._make_button(_("Pilih folder …"), self._pick_folder))
        if self._kinds:
            row.addWidget(self._make_button(_("Pilih berkas …"), self._pick_file))
        super().put(editor, whole)

    def _make_button(self, text: str, pick: Callable[[], object]) -> widgets.Button:
        button = widgets.Button(self.theme, text, "", "search")
        button.setAutoDefault(False)
        button.clicked.connect(pick)
        return button

    def _pick_folder(self) -> None:
        dialogs.pick_folder(self, self.label, self._on_chosen)

    def _pick_file(self) -> None:
        dialogs.pick_file(self, self.label, self._kinds, self._on_chosen)

    def _on_chosen(self, path: str) -> None:
        """Show the path with the system's own slashes: Qt writes only forward ones."""
        self.show_value(str(Path(path)))


_PICTURE_SIZE = 72  # base pixels of the picture
_LARGEST = 50_000_000  # bytes


class LogoField(Field[bytes]):
    """The field for a logo. The value is a PNG; b"" is none: then the field shows the neutral mark."""

    def __init__(self, theme: Theme, name: str, label: str) -> None:
        super().__init__(theme, name, label)
        self._png = b""
        self._worker = FileWorker(self)
        self.picture = widgets.Logo(theme, _PICTURE_SIZE)
        self.button = widgets.Button(theme, _("Pilih gambar …"), "", "image")
        self.button.setAutoDefault(False)
        self.remove_button = widgets.Button(theme, _("Lepas"), "quiet", "x")
        self.remove_button.setAutoDefault(False)
        whole = QWidget()
        row = layouts.Row(theme, whole, gap=12)
        for widget in (self.picture, self.button, self.remove_button):
            row.addWidget(widget)
        row.addStretch(1)
        self.button.clicked.connect(self._pick)
        self.remove_button.clicked.connect(lambda: self.show_value(b""))
        self.put(self.button, whole)
        self.show_value(b"")

    @override
    def value(self) -> bytes:
        return self._png

    @override
    def show_value(self, value: bytes | None) -> None:
        self._png = value or b""
        self.picture.show_picture(self._png)
        self.remove_button.setVisible(bool(self._png))
        self.changed.emit()

    @override
    def draft_value(self) -> str:
        return base64.b64encode(self._png).decode()

    @override
    def show_draft_value(self, kept: bytes | str) -> None:
        self.show_value(base64.b64decode(kept))

    @override
    def is_empty(self) -> bool:
        return not self._png

    def _pick(self) -> None:
        kinds = _("Gambar") + " (*.png *.jpg *.jpeg *.bmp *.gif *.webp)"
        dialogs.pick_file(self, self.label, kinds, self.read)

    def read(self, path: str) -> None:
        """Read and scale down a picture, on a thread of its own. Show an error for a file that is none."""
        if not self._worker.is_busy:
            self._worker.run(
                partial(_read_logo, Path(path)), self.show_value, lambda error: self.show_error(error.brief)
            )


def _read_logo(path: Path) -> bytes:
    """Return the logo in a file, which may be on a share, so on a thread of its own.

    Raises:
        UserError: the file cannot be read, or is no picture.
    """
    try:
        with path.open("rb") as file:
            # With a limit, because a person may choose a film by mistake.
            return make_logo(file.read(_LARGEST))
    except OSError as error:
        raise unreadable_picture_error() from error
