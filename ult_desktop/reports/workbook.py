"""A period's report as a workbook: a sheet for each part, numbers as numbers, charts that Excel draws."""

import io
import tempfile
from collections.abc import Callable, Iterable

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ult_desktop.base import _
from ult_desktop.core.figures.report import (
    HEAT_COLOURS,
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportPart,
    ReportValue,
)

NAME_WIDTH, NUMBER_WIDTH = 34, 16  # of columns, in characters
LONGEST_TITLE = 31  # characters, by Excel
HEAD_HEIGHT = 32  # points: two lines
CHART_SIZE = {"width": 907, "height": 340}  # pixels: 24 by 9 cm
_FORMATS = {
    ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.MOMENT: "dd/mm/yyyy hh:mm",
    ColumnKind.TIME: "0.0",
    ColumnKind.COUNT: "0",
    ColumnKind.PERCENT: "0.0",
}


def report_workbook(report: PeriodReport) -> bytes:
    """Return the whole file. Times are minutes. Raises OSError when this PC has no room to make it."""

    def write(book: _Book) -> None:
        _write_overview(book, report)
        for part in report.parts:
            _write_part(book, part)

    return _file_bytes(write, {"title": report.heading, "author": next(iter(report.office.lines), "")})


def table_workbook(part: ReportPart) -> bytes:
    """Return a file of one table. Raises OSError as `report_workbook` does."""
    return _file_bytes(lambda book: _write_part(book, part), {"title": part.title})


class _Book:
    """A workbook that keeps one row in memory, and each format once; the other rows are in `folder`."""

    def __init__(self, target: io.BytesIO, folder: str) -> None:
        self.file = Workbook(target, {"constant_memory": True, "tmpdir": folder})
        self._head = self.file.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._numbers: dict[str, Format] = {}

    def new_sheet(self, title: str, widths: Iterable[int], heads: Iterable[str]) -> Worksheet:
        """Return a new sheet whose heads stay in sight.

        Excel takes no sheet's name that is long, that another sheet has, or that has certain characters.
        """
        plain = "".join(letter for letter in title if letter not in "[]:*?/\\").strip("'")
        taken = {sheet.get_name().lower() for sheet in self.file.worksheets()}
        name, number = plain[:LONGEST_TITLE], 0
        while name.lower() in taken:
            number += 1
            name = f"{plain[: LONGEST_TITLE - len(str(number))]}{number}"
        sheet = self.file.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, HEAD_HEIGHT)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, self._head)
        return sheet

    def format_of(self, column: ReportColumn) -> Format:
        """Return the format of a column's numbers and days."""
        code = _FORMATS.get(column.kind, "General")
        if column.kind is ColumnKind.NUMBER:
            code = f"0.{'0' * column.digits}"
        if code not in self._numbers:
            self._numbers[code] = self.file.add_format({"num_format": code})
        return self._numbers[code]

    def write(self, sheet: Worksheet, row: int, place: int, column: ReportColumn, value: ReportValue) -> None:
        """Write a cell: text as it is, a day as a day, a time in minutes."""
        day = column.day(value)
        if day is not None:
            sheet.write_datetime(row, place, day, self.format_of(column))
        elif isinstance(value, str):
            sheet.write_string(row, place, value)
        elif value is not None:
            minutes = column.kind is ColumnKind.TIME
            sheet.write_number(row, place, value / 60 if minutes else value, self.format_of(column))


def _file_bytes(write: Callable[[_Book], None], properties: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        book = _Book(target, folder)
        book.file.set_properties(properties)
        try:
            write(book)
            book.file.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args) from error
        finally:
            for sheet in book.file.worksheets():
                sheet.row_data_fh.close()  # XlsxWriter does not after an error
    return target.getvalue()


def _write_overview(book: _Book, report: PeriodReport) -> None:
    """Write the sheet with the report's tiles, the office's lines and the notes."""
    heads = (report.heading, _("Periode ini"), _("Sebelumnya"))
    sheet = book.new_sheet(_("Ringkasan"), (NAME_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH), heads)
    for row, tile in enumerate(report.tiles, 1):
        sheet.write_string(row, 0, tile.column.head)
        for place, value in enumerate((tile.value, tile.before), 1):
            book.write(sheet, row, place, tile.column, value)
    for row, line in enumerate(("", *report.office.lines, *report.notes), len(report.tiles) + 1):
        sheet.write_string(row, 0, line)


def _write_part(book: _Book, part: ReportPart) -> None:
    """Write the sheet of a part: its table and its chart."""
    widths = [NAME_WIDTH if column.kind is ColumnKind.TEXT else NUMBER_WIDTH for column in part.columns]
    sheet = book.new_sheet(part.title, widths, (column.head for column in part.columns))
    for row, values in enumerate(part.rows, 1):
        for place, (column, value) in enumerate(zip(part.columns, values, strict=True)):
            book.write(sheet, row, place, column, value)
    if part.note:
        sheet.write_string(len(part.rows) + 1, 0, part.note)
    if part.chart is None or not part.has_drawing:
        return
    if part.chart.kind is ChartKind.HEAT:
        # In place of a chart Excel colours the numbers as the window does, and again when they are changed.
        cold, hot = (f"#{colour}" for colour in HEAT_COLOURS)
        scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0}
        scale |= {"min_color": cold, "max_color": hot}
        first, last = part.drawn_columns[0], part.drawn_columns[-1]
        sheet.conditional_format(1, first, len(part.drawn_rows), last, scale)
    else:
        sheet.insert_chart(len(part.rows) + 3, 1, _chart(book.file, sheet, part))


def _chart(book: Workbook, sheet: Worksheet, part: ReportPart) -> Chart:
    chart, name, last = book.add_chart({"type": "column"}), sheet.get_name(), len(part.drawn_rows)
    for place in part.drawn_columns:
        names, values = [name, 1, 0, last, 0], [name, 1, place, last, place]
        chart.add_series({"name": [name, 0, place], "categories": names, "values": values})
    chart.set_title({"name": part.title})
    chart.set_size(CHART_SIZE)
    return chart
