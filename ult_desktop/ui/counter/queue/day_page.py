"""The day's picture: numbers and load by hour."""

from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _
from ult_desktop.core.queue.boards import DaySummary
from ult_desktop.ui.counter.queue.chart_panel import ChartPanel, load_chart, wait_chart
from ult_desktop.ui.counter.words import NOTHING, seconds_in_words
from ult_desktop.ui.kit import Column, Row, Theme, widgets


class Figure(QFrame):
    """One number of the day with its name and icon."""

    def __init__(self, theme: Theme, name: str, icon_name: str, tint: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.value = widgets.Label(NOTHING, "heading")
        self.name = widgets.Label(name, "small", "soft", wrap=True)
        row = Row(theme, self, gap=12, margins=(16, 12, 12, 12))
        row.addWidget(widgets.IconTile(theme, icon_name, tint, 44))
        texts = Column(theme, gap=2)
        texts.addWidget(self.value)
        texts.addWidget(self.name)
        row.addLayout(texts, 1)

    def show_value(self, text: str) -> None:
        self.value.setText(text)
        self.setAccessibleName(f"{self.name.text()}: {text}")


class DayPage(QWidget):
    """Today in numbers: how many came and went, how long they waited, when it was full."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.issued = Figure(theme, _("nomor diambil"), "ticket", "blue")
        self.done = Figure(theme, _("selesai dilayani"), "circle-check", "green")
        self.missed = Figure(theme, _("tidak hadir"), "user-x", "orange")
        self.waiting = Figure(theme, _("masih menunggu"), "users", "violet")
        self.wait = Figure(theme, _("menunggu (median)"), "hourglass", "amber")
        self.walking = Figure(theme, _("berjalan ke loket (median)"), "person-standing", "teal")
        self.serving = Figure(theme, _("dilayani (median)"), "timer", "slate")
        self.load = ChartPanel(theme, _("Nomor per jam"))
        self.waits = ChartPanel(theme, _("Waktu tunggu per jam (menit, median)"))
        column = Column(theme, self, gap=16, margins=(24, 20, 24, 20))
        column.addWidget(widgets.Label(_("Hari ini"), "heading"))
        for figures in (
            (self.issued, self.done, self.missed, self.waiting),
            (self.wait, self.walking, self.serving),
        ):
            row = Row(theme, gap=16)
            for figure in figures:
                row.addWidget(figure, 1)
            column.addLayout(row)
        charts = Row(theme, gap=16)
        charts.addWidget(self.load, 3)
        charts.addWidget(self.waits, 2)
        column.addLayout(charts, 1)

    def show_day(self, day: DaySummary) -> None:
        self.issued.show_value(str(day.issued))
        self.done.show_value(str(day.done))
        self.missed.show_value(str(day.no_show))
        self.waiting.show_value(str(day.waiting))
        self.wait.show_value(seconds_in_words(day.wait_seconds))
        self.walking.show_value(seconds_in_words(day.walking_seconds))
        self.serving.show_value(seconds_in_words(day.serving_seconds))
        self.load.chart.show_chart(load_chart(day))
        self.waits.chart.show_chart(wait_chart(day))
