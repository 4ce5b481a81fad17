"""The theme, which fills the tokens into the one stylesheet. Nothing else calls setStyleSheet."""

import math
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
from ult_desktop.ui.kit.typeset import load_fonts, pixels_for_capitals, sans

Face = Literal["kiosk", "counter", "display"]
Contrast = Literal["light", "kontras"]

TEXT_SIZES = (100, 115, 130)  # percent, for an officer to choose from
VISITOR_TEXT_SIZES = (100, 125, 150, 200)  # percent of capitals of the least height
_ON_LOW_SCREENS = (100, 115, 130, 150)  # per cent
_BORDER = 2  # pixels of a button's border
_WIDER = 0.6  # the part of the text's growth that `words_px` follows: icons next to the words do not grow
_GROWS_WHOLLY = 40  # base pixels: text up to this size grows fully with the chosen text size
_LEAST_LINES = 19  # lines of body text that the screen has room for in every text size
_USUAL_LINES = 30  # a screen with room for fewer lines of body text is low
_ON_KEYS = ("key", "letter")
_KEYS_GROW = 1.5  # the most by which a keyboard's letters grow, to leave room for the question and the answer
_PLACEHOLDER = re.compile(r"\{([a-z][a-z-]*|[0-9]+)\}")


def prepare(app: QApplication) -> None:
    """Make the program look the same on every system: Fusion style, bundled fonts, figures of one width."""
    load_fonts()
    install_roles()
    # Qt ships Fusion on every system; a native style ignores parts of a stylesheet.
    # https://doc.qt.io/qt-6/stylesheet.html
    app.setStyle("Fusion")
    app.setFont(sans(15))


def set_style_properties(widget: QWidget, **classes: str | bool) -> None:
    """Set dynamic properties ("classes" of the stylesheet), and apply the stylesheet to the widget again."""
    for name, value in classes.items():
        widget.setProperty(name, value)
    style = widget.style()
    # Qt reads the properties only when it polishes the widget:
    # https://doc.qt.io/qt-6/stylesheet-syntax.html ("dynamic properties").
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Theme(QObject):
    """The colours and sizes of one window, by its face, its contrast, its screen and its text size.

    Signals:
        changed: colours or sizes are different now; the stylesheet is already in force.
    """

    changed = Signal()

    def __init__(
        self,
        face: Face,
        contrast: Contrast = "light",
        scale: float = 1.0,
        large_text: float = 1.0,
        density: float = 0.0,
    ) -> None:
        super().__init__()
        self.face: Face = face
        self.contrast: Contrast = contrast
        self.scale = scale
        self.large_text = large_text
        self.density = density
        self.text_step, self._height = 0, 0
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
        """Return the colour of a token; KeyError for a name that is not in the file."""
        return QColor(load_tokens().colours.of(self.face, self.contrast)[name])

    def px(self, pixels: float) -> int:
        """Return the pixels on this screen of a length in base pixels."""
        return max(1, round(pixels * self.scale)) if pixels else 0

    def words_px(self, pixels: float) -> int:
        """Return the pixels of a width (base pixels) that words must fit into: more in larger text sizes."""
        return self.px(pixels * (1 + (self.large_text - 1) * _WIDER))

    def text(self, size: str | float, *, fine: bool = False) -> int:
        """Return the pixels of a text size: the face's name for it ("body", "title", …), or base pixels.

        A larger text size enlarges large words by less. Capitals are never lower than the face's least
        height, which is lower for `fine` words: another page shows these in full size.
        """
        drawn = self.sizes.text[size] if isinstance(size, str) else size
        # Text above the face's `grows_to` keeps its size, and letters on keys grow within bounds.
        large = self.large_text if drawn <= self.sizes.grows_to else 1.0
        if size in _ON_KEYS:
            large = min(large, _KEYS_GROW)
        # Words larger than `_GROWS_WHOLLY` grow by less, the larger they are.
        growth = large ** min(1.0, _GROWS_WHOLLY / drawn) if drawn else 1.0
        # The least height of capitals grows with the chosen text size. The size named "fine" is always fine.
        is_fine = fine or size == "fine"
        least_mm = max(
            self.sizes.fine_mm, large * (self.sizes.fine_mm if is_fine else self.sizes.capitals_mm)
        )
        return max(9, round(drawn * self.scale * growth), pixels_for_capitals(least_mm * self.density))

    @property
    def growth(self) -> float:
        """The scale of words divided by that of lengths; 1 while both have grown alike."""
        body = self.sizes.text["body"]
        return self.text(body) / (body * self.scale)

    def font(
        self, size: str | float, weight: int = 400, *, tabular: bool = True, fine: bool = False
    ) -> QFont:
        return sans(self.text(size, fine=fine), weight, tabular=tabular)

    @property
    def target(self) -> int:
        """The least side of something to tap or click, in pixels."""
        return max(
            self.px(self.sizes.target), self._least_pixels(self.sizes.target_floor, self.sizes.target_mm)
        )

    @property
    def gap(self) -> int:
        """The least distance between two targets, in pixels, in a small window too."""
        return max(self.px(self.sizes.gap), self._least_pixels(self.sizes.gap, self.sizes.gap_mm))

    def _least_pixels(self, pixels: int, millimetres: float) -> int:
        """Return `millimetres` in pixels, or `pixels` where the screen's density is not known.

        Fingers do not shrink with the window, so neither do targets.
        """
        return math.ceil(millimetres * self.density) if self.density and millimetres else pixels

    @property
    def radius(self) -> int:
        return self.px(self.sizes.radius)

    def fit(self, width: int, height: int) -> None:
        """Fit the sizes to the window's present size in pixels."""
        self._height = height
        self._change(scale=self.sizes.scale_for(width, height))
        self.set_text_step(self.text_step)

    @property
    def is_high_contrast(self) -> bool:
        return self.contrast == "kontras"

    def set_contrast(self, contrast: Contrast) -> None:
        self._change(contrast=contrast)

    def set_density(self, density: float) -> None:
        """Set the pixels in a millimetre of the screen; 0 if that is not known."""
        self._change(density=density)
        self.set_text_step(self.text_step)

    def set_text_size(self, percent: int) -> None:
        self._change(large_text=percent / 100)

    def set_text_step(self, step: int) -> None:
        """Set the text size that a visitor chose: an index of `VISITOR_TEXT_SIZES`.

        It is limited so that a few lines of text have room on the screen.
        """
        self.text_step = step
        # `capitals_mm` is 0 for a face whose text no visitor sizes.
        if not self.sizes.capitals_mm or not self._height:
            return
        body = pixels_for_capitals(self.sizes.capitals_mm * self.density)
        low = body * _USUAL_LINES > self._height
        wanted = (_ON_LOW_SCREENS if low else VISITOR_TEXT_SIZES)[step] / 100
        most = self._height / _LEAST_LINES / max(self.sizes.text["body"] * self.scale, body)
        self._change(large_text=min(wanted, max(1.0, most)))

    def _change(self, **values: str | float) -> None:
        if all(getattr(self, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(self, name, value)
        self._restyle()
        self.changed.emit()

    def apply(self, target: QWidget | QApplication) -> None:
        """Style a window (and all in it) now and after every change."""
        # Weak: a theme outlives its windows, and must not keep them.
        self._targets.append(weakref.ref(target))
        target.setStyleSheet(self.stylesheet())

    def _restyle(self) -> None:
        sheet, refs, self._targets = self.stylesheet(), self._targets, []
        for ref in refs:
            target = ref()
            # The Python object of a window may outlive Qt's; a call to it raises RuntimeError then.
            if target is not None and shiboken6.isValid(target):
                self._targets.append(ref)
                target.setStyleSheet(sheet)

    def stylesheet(self) -> str:
        """Return the stylesheet with `{token}`, `{16}` (a length) and `{t-body}` (a text size) filled in."""
        template = resource("theme", "app.qss").read_text(encoding="utf-8")
        return _PLACEHOLDER.sub(lambda match: self._fill(match.group(1)), template)

    def _fill(self, name: str) -> str:
        if name.isdecimal():
            return f"{self.px(int(name))}px"
        if name.startswith("t-"):
            return f"{self.text(name[2:])}px"
        if name == "icon-check":
            return f'"{resource("theme", f"check-{self.contrast}.svg").as_posix()}"'
        if name == "padding":
            return f"{self.px(self.sizes.padding)}px"
        if name == "target-inside":
            return f"{self.target - 2 * _BORDER}px"
        if name in ("radius", "target", "gap"):
            return f"{getattr(self, name)}px"
        return self.color(name).name()
