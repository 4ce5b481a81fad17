"""The day's picture: numbers and load by hour."""

from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.queue.boards import DaySummary
from ult_desktop.core.sheet import Sheet
from ult_desktop.operations import sheets
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.actions.closing import take_day_back
from ult_desktop.ui.counter.pages import PageHost, offer_paper
from ult_desktop.ui.counter.queue.live_panel import LivePanel
from ult_desktop.ui.counter.words import NOTHING, seconds_in_words
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.bar_chart import BarChart, Chart, ChartSeries

_FIRST_HOUR, _LAST_HOUR = 8, 15


class ChartPanel(QFrame):
    """A chart with its title."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.title = widgets.Label(title, "strong")
        self.chart = BarChart(theme)
        if title:
            self.chart.setAccessibleName(title)
        column = Column(theme, self, gap=8, margins=(24, 12, 24, 8))
        column.addWidget(self.title)
        column.addWidget(self.chart, 1)


def load_chart(day: DaySummary) -> Chart:
    """Return the chart of numbers by the hour in which they were taken, and how many are done by now."""
    hours = _hours(day)
    by_hour = {load.hour: load for load in day.hours}
    issued = tuple(float(by_hour[hour].issued) if hour in by_hour else 0.0 for hour in hours)
    done = tuple(float(by_hour[hour].done) if hour in by_hour else 0.0 for hour in hours)
    return Chart(
        groups=_names(hours),
        series=(
            ChartSeries(_("diambil"), "primary", issued),
            ChartSeries(_("di antaranya selesai"), "ok", done),
        ),
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
    """Return a working day's hours.

    They widen if somebody came earlier or later, so that the picture keeps its shape.
    """
    seen = [load.hour for load in day.hours]
    return range(min([_FIRST_HOUR, *seen]), max([_LAST_HOUR, *seen]) + 1)


def _names(hours: range) -> tuple[str, ...]:
    return tuple(f"{hour:02}" for hour in hours)


def sheet_of_today(office: Office, _actor: Actor) -> Sheet:
    """Make the sheet of today's counts and the end of the log."""
    return office.read(lambda tx: sheets.day_sheet(tx, office.clock()))


class Figure(QFrame):
    """A number of the day with its name and icon."""

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
    """The office now, and today in numbers: how many came and went, how long they waited."""

    def __init__(self, host: PageHost) -> None:
        super().__init__()
        theme = host.theme
        self.setProperty("kind", "page")
        self.issued = Figure(theme, _("nomor diambil"), "ticket", "blue")
        self.done = Figure(theme, _("selesai dilayani"), "circle-check", "green")
        self.missed = Figure(theme, _("tidak hadir"), "user-x", "orange")
        self.waiting = Figure(theme, _("masih menunggu"), "users", "violet")
        self.wait = Figure(theme, _("menunggu (nilai tengah)"), "hourglass", "amber")
        self.walking = Figure(theme, _("berjalan ke loket (nilai tengah)"), "person-standing", "teal")
        self.serving = Figure(theme, _("dilayani (nilai tengah)"), "timer", "slate")
        self.booked = Figure(theme, _("janji temu tidak datang"), "calendar-x", "orange")
        self.live = LivePanel(theme)
        self.load = ChartPanel(theme, _("Nomor menurut jam diambil"))
        self.waits = ChartPanel(theme, _("Waktu tunggu per jam (menit, nilai tengah)"))
        self._lay_out(host)

    def _lay_out(self, host: PageHost) -> None:
        theme = host.theme
        column = Column(theme, self, gap=16, margins=(24, 20, 24, 20))
        self._add_head(host, column)
        column.addWidget(self.live, 5)
        for figures in (
            (self.issued, self.done, self.missed, self.waiting),
            (self.wait, self.walking, self.serving, self.booked),
        ):
            row = Row(theme, gap=16)
            for figure in figures:
                row.addWidget(figure, 1)
            column.addLayout(row)
        self.outcomes = widgets.Label("", "body", "soft", wrap=True)
        column.addWidget(self.outcomes)
        charts = Row(theme, gap=16)
        charts.addWidget(self.load, 3)
        charts.addWidget(self.waits, 2)
        column.addLayout(charts, 4)

    def _add_head(self, host: PageHost, column: Column) -> None:
        theme = host.theme
        self.sheet = widgets.Button(theme, _("Lembar hari"), icon_name="printer")
        self.sheet.clicked.connect(lambda: offer_paper(host, sheet_of_today))
        self.take_back = widgets.Button(theme, _("Batalkan tutup hari"), icon_name="undo-2")
        self.take_back.clicked.connect(lambda: take_day_back(host))
        head = Row(theme, gap=12)
        head.addWidget(widgets.Label(_("Hari ini"), "heading"), 1)
        head.addWidget(self.sheet)
        head.addWidget(self.take_back)
        column.addLayout(head)
        self.take_back.setVisible(host.actor.may(Permission.CLOSE_DAY))

    def show_day(self, day: DaySummary) -> None:
        self.issued.show_value(str(day.issued))
        self.done.show_value(str(day.done))
        self.missed.show_value(str(day.no_show))
        self.waiting.show_value(str(day.waiting))
        self.wait.show_value(seconds_in_words(day.wait_seconds))
        self.walking.show_value(seconds_in_words(day.walking_seconds))
        self.serving.show_value(seconds_in_words(day.serving_seconds))
        self.booked.show_value(_("{n} dari {total}").format(n=day.missed, total=day.booked))
        counted = " · ".join(f"{outcome} {count}" for outcome, count in day.outcomes)
        sent = _("Dialihkan: {n}").format(n=day.transferred) if day.transferred else ""
        aside = _("Ditunda saat dilayani: {n} ({time})").format(
            n=day.set_aside, time=seconds_in_words(day.aside_seconds)
        )
        told = _("Tanpa permohonan: {outcomes}").format(outcomes=counted) if counted else ""
        lines = tuple(filter(None, (sent, aside if day.set_aside else "", told)))
        self.outcomes.setText("   ".join(lines))
        self.outcomes.setVisible(bool(lines))
        self.load.chart.show_chart(load_chart(day))
        self.waits.chart.show_chart(wait_chart(day))
