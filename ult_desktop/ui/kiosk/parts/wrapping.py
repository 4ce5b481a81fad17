"""Breaking text into lines for cards that draw their own words."""

from PySide6.QtGui import QFont, QFontMetrics


def wrap(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """The lines of `text` within `width` pixels; empty when a single word is wider than that."""
    metrics = QFontMetrics(font)
    lines: list[str] = []
    for word in text.split():
        if metrics.horizontalAdvance(word) > width:
            return ()
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def break_words(text: str, font: QFont, width: int) -> tuple[str, ...]:
    """The lines of `text` with words cut where they must be: the last resort for a name nobody foresaw."""
    metrics = QFontMetrics(font)
    lines = [""]
    for letter in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return tuple(line.strip() for line in lines)


def line_height(font: QFont) -> int:
    """From one baseline to the next; a little tighter than Qt's own, which has room for accents."""
    return round(QFontMetrics(font).height() * 1.02)
