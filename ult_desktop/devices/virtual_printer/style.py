"""How characters look, and the commands that change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

_CELLS = {"A": (12, 24), "B": (9, 17)}


@dataclass(frozen=True)
class Style:
    """The look of the next characters; width and height are magnifications, underline is in dots."""

    width: int = 1
    height: int = 1
    font: str = "A"
    bold: bool = False
    underline: int = 0
    inverse: bool = False

    @property
    def cell(self) -> tuple[int, int]:
        """Dots across and down that one character takes."""
        across, down = _CELLS[self.font]
        return across * self.width, down * self.height


def _mode(style: Style, n: int) -> Style:
    """ESC ! sets everything but the inversion in one byte."""
    return replace(
        style,
        font="B" if n & 0x01 else "A",
        bold=bool(n & 0x08),
        height=2 if n & 0x10 else 1,
        width=2 if n & 0x20 else 1,
        underline=1 if n & 0x80 else 0,
    )


STYLING: dict[str, Callable[[Style, int], Style]] = {
    "ESC !": _mode,
    "ESC E": lambda style, n: replace(style, bold=bool(n & 1)),
    "ESC M": lambda style, n: replace(style, font="AB"[n & 1]),
    "ESC -": lambda style, n: replace(style, underline=n & 0x0F),
    "GS !": lambda style, n: replace(style, width=(n >> 4) + 1, height=(n & 0x0F) + 1),
    "GS B": lambda style, n: replace(style, inverse=bool(n & 1)),
}
