"""The day's charts: how many came and went by hour, and how long they waited."""

from PySide6.QtWidgets import QFrame

from ult_desktop.base import _
from ult_desktop.core.queue.boards import DaySummary
from ult_desktop.ui.kit import Column, Theme, widgets
from ult_desktop.ui.kit.widgets.bar_chart import BarChart, Chart, ChartSeries

_FIRST_HOUR, _LAST_HOUR = 8, 15


class ChartPanel(QFrame):
    """A chart with its title."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.chart = BarChart(theme)
        column = Column(theme, self, gap=8, margins=(24, 12, 24, 8))
        column.addWidget(widgets.Label(title, "strong"))
        column.addWidget(self.chart, 1)


def load_chart(day: DaySummary) -> Chart:
    """Numbers taken and visits done, hour by hour."""
    hours = _hours(day)
    by_hour = {load.hour: load for load in day.hours}
    issued = tuple(float(by_hour[hour].issued) if hour in by_hour else 0.0 for hour in hours)
    done = tuple(float(by_hour[hour].done) if hour in by_hour else 0.0 for hour in hours)
    return Chart(
        groups=_names(hours),
        series=(ChartSeries(_("diambil"), "primary", issued), ChartSeries(_("selesai"), "ok", done)),
        empty=_("Belum ada nomor hari ini."),
    )


def wait_chart(day: DaySummary) -> Chart:
    """Median minutes of waiting, by the hour in which the number was taken."""
    hours = _hours(day)
    known = {load.hour: load.wait_minutes or 0 for load in day.hours}
    return Chart(
        groups=_names(hours),
        series=(ChartSeries(_("menunggu"), "accent", tuple(float(known.get(hour, 0)) for hour in hours)),),
        empty=_("Belum ada data waktu tunggu."),
    )


def _hours(day: DaySummary) -> range:
    """A working day's hours, wider where somebody came earlier or later: the picture keeps its shape."""
    seen = [load.hour for load in day.hours]
    return range(min([_FIRST_HOUR, *seen]), max([_LAST_HOUR, *seen]) + 1)


def _names(hours: range) -> tuple[str, ...]:
    return tuple(f"{hour:02}" for hour in hours)
