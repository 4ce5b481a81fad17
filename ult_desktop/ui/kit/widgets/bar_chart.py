"""A bar chart: a group of bars for each hour, service or other name."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.base.formats import format_number
from ult_desktop.ui.kit.accessible import Role, set_role
from ult_desktop.ui.kit.theme import Theme


@dataclass(frozen=True)
class ChartSeries:
    """A series of a chart: its name, its colour (a token of the theme), and a value for each group."""

    name: str
    colour: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Chart:
    """The content of a chart. The chart shows the words of `empty` when every value is 0."""

    groups: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    empty: str = ""

    @property
    def highest(self) -> float:
        return max((value for series in self.series for value in series.values), default=0)


_LEAST_BAR = 6  # base pixels


class BarChart(QWidget):
    """The widget of a chart. Values are above their bars if they do not run into each other.

    The maker of a chart sets its accessible name; the accessible description has the values.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart = Chart((), ())
        set_role(self, Role.Chart)
        self.setAccessibleName(_("Diagram"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a screen reader reads its numbers there
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_chart(self, chart: Chart) -> None:
        self._chart = chart
        lines = [
            f"{series.name}: "
            + ", ".join(
                f"{group} {format_number(value)}"
                for group, value in zip(chart.groups, series.values, strict=True)
            )
            for series in chart.series
        ]
        self.setAccessibleDescription("\n".join(lines))
        self.updateGeometry()
        self.update()

    def fits(self) -> bool:
        """Return whether the chart has room for its bars and the names of its legend."""
        least = self.minimumSizeHint()
        return self.width() >= least.width() and self.height() >= least.height()

    @override
    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() * 1.6

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._theme.font("small"))
        width = self._theme.px(_LEAST_BAR) * len(self._chart.groups) * len(self._chart.series)
        names = [metrics.horizontalAdvance(series.name) for series in self._chart.series]
        legend = sum(names) + 2 * metrics.height() * len(names)
        return QSize(max(width, legend), 7 * metrics.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font("small"))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        if not self._chart.highest:
            painter.setPen(self._theme.color("ink-soft"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._chart.empty)
            return
        line = QFontMetrics(painter.font()).height()
        self._paint_legend(painter, line)
        area = QRectF(self.rect()).adjusted(0, 2.4 * line, 0, -1.4 * line)
        painter.setPen(self._theme.color("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        width = area.width() / len(self._chart.groups)
        # Where the names are wider than the groups, only every n-th group has its name.
        metrics = QFontMetrics(self._theme.font("small"))
        widest = max(metrics.horizontalAdvance(name) for name in self._chart.groups)
        groups_per_name = math.ceil((widest + metrics.averageCharWidth()) / width)
        name_width = width * groups_per_name
        for index, group in enumerate(self._chart.groups):
            slot = QRectF(area.left() + index * width, area.top(), width, area.height())
            self._paint_group(painter, slot, index)
            if index % groups_per_name == 0:
                painter.setPen(self._theme.color("ink-soft"))
                left, top = slot.center().x() - name_width / 2, area.bottom() + 0.2 * line
                below = QRectF(left, top, name_width, 1.2 * line)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, group)

    def _brush(self, number: int) -> QBrush:
        """Return the brush of a series. In high contrast every second is hatched: colours may be alike."""
        brush = QBrush(self._theme.color(self._chart.series[number].colour))
        if number % 2 and self._theme.is_high_contrast:
            brush.setStyle(Qt.BrushStyle.BDiagPattern)
        return brush

    def _paint_group(self, painter: QPainter, slot: QRectF, index: int) -> None:
        count, width = len(self._chart.series), self._bar_width(slot.width())
        shows_values = self._values_stay_apart(slot.width())
        left = slot.center().x() - width * count / 2
        for number, series in enumerate(self._chart.series):
            value = series.values[index]
            height = slot.height() * value / self._chart.highest
            bar = QRectF(left + number * width + 1, slot.bottom() - height, width - 2, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._brush(number))
            painter.drawRoundedRect(bar, 2, 2)
            if value and shows_values:
                painter.setPen(self._theme.color("ink"))
                # A box wider and higher than any value, with the text at the middle of its lower edge.
                above = QRectF(bar.left() - width, bar.top() - 40, bar.width() + 2 * width, 39)
                where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
                painter.drawText(above, where, format_number(value, 0))

    def _bar_width(self, group_width: float) -> float:
        """Return the width in pixels of a bar and its gap, where the group has `group_width` pixels."""
        return min(group_width * 0.72 / len(self._chart.series), self._theme.px(28))

    def _values_stay_apart(self, group_width: float) -> bool:
        """Return whether no value runs into that of the next bar. If one does, no value is painted."""
        metrics = QFontMetrics(self._theme.font("small"))
        texts = {format_number(value, 0) for series in self._chart.series for value in series.values if value}
        widest = max(map(metrics.horizontalAdvance, texts), default=0)
        has_one_bar = len(self._chart.series) == 1
        room = group_width if has_one_bar else self._bar_width(group_width)
        return widest + metrics.averageCharWidth() / 2 <= room

    def _paint_legend(self, painter: QPainter, line: int) -> None:
        left = 0.0
        for number, series in enumerate(self._chart.series):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._brush(number))
            side = line * 0.6
            painter.drawRoundedRect(QRectF(left, line * 0.2, side, side), 2, 2)
            painter.setPen(self._theme.color("ink-soft"))
            width = QFontMetrics(painter.font()).horizontalAdvance(series.name)
            painter.drawText(QRectF(left + line, 0, width + 2, line), series.name)
            left += line * 2 + width
