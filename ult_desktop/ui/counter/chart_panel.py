"""The day's charts: how many came and went by hour, and how long they waited."""

from PySide6.QtWidgets import QFrame

from ult_desktop.core.boards import DayPicture
from ult_desktop.i18n import _
from ult_desktop.ui.layouts import Column
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.bar_chart import BarChart, Chart, Series
from ult_desktop.ui.widgets.label import Label


class ChartPanel(QFrame):
    """A chart with its title."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.chart = BarChart(theme)
        column = Column(theme, self, gap=8, margins=(24, 12, 24, 8))
        column.addWidget(Label(title, "strong"))
        column.addWidget(self.chart, 1)


def _hours(day: DayPicture) -> tuple[str, ...]:
    return tuple(f"{load.hour:02}" for load in day.hours)


def load_chart(day: DayPicture) -> Chart:
    issued = tuple(float(load.issued) for load in day.hours)
    done = tuple(float(load.done) for load in day.hours)
    return Chart(
        groups=_hours(day),
        series=(Series(_("diambil"), "primary", issued), Series(_("selesai"), "ok", done)),
        empty=_("Belum ada nomor hari ini."),
    )


def wait_chart(day: DayPicture) -> Chart:
    waits = tuple(float(load.wait_minutes or 0) for load in day.hours)
    return Chart(
        groups=_hours(day),
        series=(Series(_("menunggu"), "accent", waits),),
        empty=_("Belum ada data waktu tunggu."),
    )
