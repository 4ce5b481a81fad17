"""A report: its contents as data, so that window, PDF, XLSX, CSV and JSON say the same."""

from datetime import date, datetime
from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _, formats
from ult_desktop.core.figures.period import Period, Span
from ult_desktop.core.sheet import Letterhead

ReportValue = str | int | float | None
"""A value of a table: seconds where the column is a time; None where there is nothing to show."""


class ReportKind(WordEnum):
    """The kinds of reports, by the period or the subject that they are about."""

    DAY = "day", "Laporan Harian"
    WEEK = "week", "Laporan Mingguan"
    MONTH = "month", "Rekap Bulanan"
    QUARTER = "quarter", "Laporan Triwulan"
    YEAR = "year", "Laporan Tahunan"
    RANGE = "range", "Laporan Layanan"
    RECAP = "recap", "Rekap Layanan untuk Umum"
    SKM = "skm", "Laporan Survei Kepuasan Masyarakat"
    PPID = "ppid", "Laporan Layanan Informasi Publik"
    STAFFING = "staffing", "Susunan Loket"
    FORECAST = "forecast", "Perkiraan Pengunjung"
    COLLECTED = "collected", "Rekap Antarkantor"


# The report of the services for a period of each length.
KINDS_BY_SPAN = {
    Span.DAY: ReportKind.DAY,
    Span.WEEK: ReportKind.WEEK,
    Span.MONTH: ReportKind.MONTH,
    Span.QUARTER: ReportKind.QUARTER,
    Span.YEAR: ReportKind.YEAR,
    Span.RANGE: ReportKind.RANGE,
}


class ColumnKind(StrEnum):
    """The kind of values in a column."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"
    TIME = "time"
    NUMBER = "number"
    PERCENT = "percent"

    @property
    def is_words(self) -> bool:
        """Whether the values are words or dates, which are aligned left, unlike numbers."""
        return self in (ColumnKind.TEXT, ColumnKind.DATE, ColumnKind.MOMENT)

    @property
    def unit(self) -> str:
        """The unit of the values, or ""."""
        return {ColumnKind.TIME: _("menit"), ColumnKind.PERCENT: "%"}.get(self, "")


class ChartKind(StrEnum):
    """The kind of drawing of a part."""

    BARS = "bars"
    HEAT = "heat"


HEAT_COLOURS = ("EEF3F8", "F0A070")
"""The colours (RGB) of no wait and of the longest wait; waits between get a colour in proportion."""


class ReportColumn(msgspec.Struct, frozen=True):
    """A column: its key for other programs, its words for people. Dates and moments are ISO.

    `digits` is the number of decimals.
    """

    key: str
    words: str
    kind: ColumnKind = ColumnKind.COUNT
    digits: int = 2

    @property
    def head(self) -> str:
        """The head of the column: its words and its unit."""
        return f"{self.words} ({self.kind.unit})" if self.kind.unit else self.words

    def in_words(self, value: ReportValue) -> str:
        """Return a value as a report shows it; only here it is rounded."""
        if value is None:
            return "–"
        if isinstance(value, str):
            day = self.day(value)
            if day is None:
                return value
            clock = f" {formats.format_time(day)}" if isinstance(day, datetime) else ""
            return formats.format_date(day, "short") + clock
        if self.kind is ColumnKind.TIME:
            return formats.format_fixed(value / 60, 1)
        if self.kind is ColumnKind.PERCENT:
            return formats.format_fixed(value, 1)
        return (
            formats.format_fixed(value, self.digits)
            if self.kind is ColumnKind.NUMBER
            else formats.format_number(value, 0)
        )

    def day(self, value: ReportValue) -> date | None:
        """Return the date of a value in a column of dates or moments; None for anything else, as "Jumlah"."""
        if self.kind not in (ColumnKind.DATE, ColumnKind.MOMENT) or not isinstance(value, str):
            return None
        read = datetime.fromisoformat if self.kind is ColumnKind.MOMENT else date.fromisoformat
        try:
            return read(value)
        except ValueError:
            return None


class ReportChart(msgspec.Struct, frozen=True):
    """A chart of the columns with these keys, against the first column of the table, which is not drawn."""

    kind: ChartKind
    columns: tuple[str, ...]


class ReportPart(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a report, with its chart if it has one. `note` says why no row is shown.

    `keys` identify the rows; the first value of a row is its name. `codes` replace `keys` in the files for
    other programs, where official codes exist. `has_sum`: the last row is the sum of the others, and is not
    drawn.
    """

    key: str
    title: str
    columns: tuple[ReportColumn, ...]
    keys: tuple[str, ...]
    rows: tuple[tuple[ReportValue, ...], ...]
    has_sum: bool = False
    note: str = ""
    chart: ReportChart | None = None
    codes: tuple[str, ...] = ()

    def name_of(self, row: tuple[ReportValue, ...]) -> str:
        """Return the name of a row."""
        return self.columns[0].in_words(row[0])

    @property
    def drawn_rows(self) -> tuple[tuple[ReportValue, ...], ...]:
        """The rows that a chart draws: all but the sum."""
        return self.rows[:-1] if self.has_sum else self.rows

    @property
    def has_drawing(self) -> bool:
        """Whether there is a chart with a number to show."""
        return any(row[index] for row in self.drawn_rows for index in self.drawn_columns)

    @property
    def drawn_columns(self) -> tuple[int, ...]:
        """The indexes of the columns that the chart draws."""
        keys = self.chart.columns if self.chart else ()
        return tuple(index for index, column in enumerate(self.columns) if column.key in keys)


class Tile(msgspec.Struct, frozen=True, kw_only=True):
    """A figure at a glance, and what it was in the period before."""

    column: ReportColumn
    value: ReportValue
    before: ReportValue

    @property
    def change(self) -> str:
        """The change in words ("naik 20 %"); "" where one of the two is 0 or unknown."""
        if not isinstance(self.value, int | float) or not isinstance(self.before, int | float):
            return ""
        if not (self.value and self.before):
            return ""
        percent = round(100 * (self.value - self.before) / self.before)
        if percent == 0:
            return _("tetap")
        return (_("naik {n} %") if percent > 0 else _("turun {n} %")).format(n=abs(percent))


class ReportSection(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a chapter: paragraphs, and below them the parts of the report with these keys."""

    title: str
    lines: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


class ReportChapter(msgspec.Struct, frozen=True, kw_only=True):
    """A chapter of a report that is read from front to back."""

    title: str
    sections: tuple[ReportSection, ...]


def report_chapter(title: str, *sections: ReportSection) -> ReportChapter:
    return ReportChapter(title=title, sections=sections)


def report_section(title: str, *lines: str, parts: tuple[str, ...] = ()) -> ReportSection:
    return ReportSection(title=title, lines=lines, parts=parts)


class PeriodReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report of a period, ready to be written. `made_on` is the office's day.

    `log_end` names the last event of the log when the report was made. `signature` is town and day, and who
    signs it. With `chapters` the paper is a document to read, signed after them and before its `appendices`.
    """

    kind: ReportKind
    office: Letterhead
    period: Period
    made_on: date
    tiles: tuple[Tile, ...]
    parts: tuple[ReportPart, ...]
    notes: tuple[str, ...] = ()
    signature: str = ""
    log_end: str = ""
    chapters: tuple[ReportChapter, ...] = ()
    appendices: tuple[ReportChapter, ...] = ()

    @property
    def title(self) -> str:
        return self.kind.word

    @property
    def heading(self) -> str:
        return _("{title}: {period}").format(title=self.title, period=self.period.words)

    @property
    def file_words(self) -> str:
        """The words for the name of its file: "Laporan November 2026"."""
        if self.kind in KINDS_BY_SPAN.values():
            return _("Laporan {period}").format(period=self.period.words)
        return self.heading

    def part(self, key: str) -> ReportPart:
        """Return the part with this key, which the report must have."""
        return next(part for part in self.parts if part.key == key)
