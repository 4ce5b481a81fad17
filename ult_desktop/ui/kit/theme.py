"""Fills the tokens into the one stylesheet; the only place that calls setStyleSheet."""

import re
import weakref
from typing import Literal

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication, QWidget

from ult_desktop.base.paths import resource
from ult_desktop.base.tokens import FaceSizes, load_tokens
from ult_desktop.ui.kit.accessible import install_roles
from ult_desktop.ui.kit.fonts import load_fonts, sans

Face = Literal["kiosk", "counter", "display"]
Contrast = Literal["light", "kontras"]

LARGE_TEXT = 1.25
TEXT_SIZES = (100, 115, 130)  # percent, for an officer to choose from
_WIDER = 0.6  # of what the text grows by: what stands beside words does not grow
_PLACEHOLDER = re.compile(r"\{([a-z][a-z-]*|[0-9]+)\}")


def prepare(app: QApplication) -> None:
    """The same ground on every system: Fusion, our fonts, figures all of one width."""
    load_fonts()
    install_roles()
    app.setStyle("Fusion")
    app.setFont(sans(15))


def set_style_properties(widget: QWidget, **classes: str | bool) -> None:
    """Set dynamic properties ("classes" of the stylesheet) and draw the widget by them."""
    for name, value in classes.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Theme(QObject):
    """Colours and sizes of one window: its face, its contrast, its screen, its text size.

    Signals:
        changed: colours or sizes are different now; the stylesheet is already in force.
    """

    changed = Signal()

    def __init__(
        self, face: Face, contrast: Contrast = "light", scale: float = 1.0, large_text: float = 1.0
    ) -> None:
        super().__init__()
        self.face: Face = face
        self.contrast: Contrast = contrast
        self.scale = scale
        self.large_text = large_text
        self._targets: list[weakref.ref[QWidget | QApplication]] = []

    @classmethod
    def for_window(
        cls, face: Face, width: int, height: int, contrast: Contrast = "light", large: float = 1.0
    ) -> "Theme":
        return cls(face, contrast, load_tokens().faces[face].scale_for(width, height), large)

    @property
    def sizes(self) -> FaceSizes:
        return load_tokens().faces[self.face]

    def color(self, name: str) -> QColor:
        """The colour of a token; KeyError for a name that is not in the file."""
        return QColor(load_tokens().colours.of(self.face, self.contrast)[name])

    def px(self, pixels: float) -> int:
        """A length drawn at the base size, on this screen."""
        return max(1, round(pixels * self.scale)) if pixels else 0

    def words_px(self, pixels: float) -> int:
        """A length that short words have to fit into: wider for larger text, and for its sake only."""
        return self.px(pixels * (1 + (self.large_text - 1) * _WIDER))

    def text(self, size: str | float) -> int:
        """Height of text in pixels, by the face's name for it ("body", "title", …) or as drawn."""
        drawn = self.sizes.text[size] if isinstance(size, str) else size
        grown = self.large_text if drawn <= self.sizes.grows_to else 1.0
        return max(9, round(drawn * self.scale * grown))

    def font(self, size: str | float, weight: int = 400, *, tabular: bool = True) -> QFont:
        return sans(self.text(size), weight, tabular=tabular)

    @property
    def target(self) -> int:
        """The smallest side of something to touch or click, in pixels."""
        return max(self.px(self.sizes.target), self.sizes.target_floor)

    @property
    def gap(self) -> int:
        """The least distance between two targets, in pixels; fingers do not shrink."""
        return max(self.px(self.sizes.gap), self.sizes.gap)

    @property
    def radius(self) -> int:
        return self.px(self.sizes.radius)

    def fit(self, width: int, height: int) -> None:
        """The window is this large now."""
        self._become(scale=self.sizes.scale_for(width, height))

    def set_contrast(self, contrast: Contrast) -> None:
        self._become(contrast=contrast)

    def set_text_size(self, percent: int) -> None:
        self._become(large_text=percent / 100)

    def set_large_text(self, *, on: bool) -> None:
        self._become(large_text=LARGE_TEXT if on else 1.0)

    def _become(self, **values: str | float) -> None:
        if all(getattr(self, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(self, name, value)
        self._restyle()
        self.changed.emit()

    def apply(self, target: QWidget | QApplication) -> None:
        """Style a window (and all in it) now and after every change."""
        self._targets.append(weakref.ref(target))
        target.setStyleSheet(self.stylesheet())

    def _restyle(self) -> None:
        sheet = self.stylesheet()
        alive = [(ref, target) for ref in self._targets if (target := ref()) is not None]
        self._targets = [ref for ref, target in alive if shiboken6.isValid(target)]
        for ref in self._targets:
            if (target := ref()) is not None:
                target.setStyleSheet(sheet)

    def stylesheet(self) -> str:
        """The stylesheet with `{token}`, `{16}` (a length) and `{t-body}` (a text size) filled in."""
        template = resource("theme", "app.qss").read_text(encoding="utf-8")
        return _PLACEHOLDER.sub(lambda match: self._fill(match.group(1)), template)

    def _fill(self, name: str) -> str:
        if name.isdigit():
            return f"{self.px(int(name))}px"
        if name.startswith("t-"):
            return f"{self.text(name[2:])}px"
        if name == "icon-check":
            return f'"{resource("theme", f"check-{self.contrast}.svg").as_posix()}"'
        if name == "padding":
            return f"{self.px(self.sizes.padding)}px"
        if name in ("radius", "target", "gap"):
            return f"{getattr(self, name)}px"
        return self.color(name).name()
