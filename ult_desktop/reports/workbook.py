"""A period's report as a workbook: a sheet for each part, numbers as numbers, charts that Excel draws."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ult_desktop.base import _
from ult_desktop.base.spreadsheet import harmless
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportPart,
    ReportValue,
)

NAME_WIDTH, NUMBER_WIDTH, LONGEST_TITLE = 34, 16, 31
_FORMATS = {
    ColumnKind.TIME: "0.0",
    ColumnKind.NUMBER: "0.00",
    ColumnKind.COUNT: "0",
    ColumnKind.PERCENT: "0.0",
}
_BOLD = Font(bold=True)


def report_workbook(report: PeriodReport) -> bytes:
    """The whole file. Times are minutes."""
    book = Workbook(write_only=True)
    book.properties.title = report.heading
    book.properties.creator = next(iter(report.office.lines), "")
    _summary(book, report)
    for part in report.parts:
        _sheet(book, part)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _summary(book: Workbook, report: PeriodReport) -> None:
    sheet = _new(book, _("Ringkasan"), (NAME_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH))
    for line in (*report.office.lines, report.heading, *report.notes):
        sheet.append([harmless(line)])
    _heads(sheet, (_("Angka"), _("Periode ini"), _("Sebelumnya")))
    for tile in report.tiles:
        both = [_cell(sheet, tile.column, value) for value in (tile.value, tile.before)]
        sheet.append([tile.column.head, *both])


def _sheet(book: Workbook, part: ReportPart) -> None:
    widths = [NAME_WIDTH if each.kind is ColumnKind.TEXT else NUMBER_WIDTH for each in part.columns]
    sheet = _new(book, part.title, widths)
    sheet.freeze_panes = "B2"
    _heads(sheet, (column.head for column in part.columns))
    for row in part.rows:
        sheet.append([_cell(sheet, column, value) for column, value in zip(part.columns, row, strict=True)])
    if part.note:
        sheet.append([part.note])
    if part.chart is not None and part.chart.kind is ChartKind.BARS:
        sheet.add_chart(_chart(sheet, part), f"B{len(part.rows) + 4}")


def _new(book: Workbook, title: str, widths: Iterable[int]) -> WriteOnlyWorksheet:
    """Excel allows no sheet a long name, some signs in none, and each name once."""
    plain = "".join(each for each in title if each not in "[]:*?/\\")[:LONGEST_TITLE]
    sheet = book.create_sheet(plain)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    return sheet


def _heads(sheet: WriteOnlyWorksheet, heads: Iterable[str]) -> None:
    cells = [WriteOnlyCell(sheet, head) for head in heads]
    for cell in cells:
        cell.font = _BOLD
    sheet.append(cells)


def _cell(sheet: WriteOnlyWorksheet, column: ReportColumn, value: ReportValue) -> WriteOnlyCell:
    if isinstance(value, str):
        return WriteOnlyCell(sheet, harmless(value))
    is_time = column.kind is ColumnKind.TIME
    cell = WriteOnlyCell(sheet, value / 60 if is_time and value is not None else value)
    cell.number_format = _FORMATS.get(column.kind, "General")
    return cell


def _chart(sheet: WriteOnlyWorksheet, part: ReportPart) -> BarChart:
    chart = BarChart()
    chart.title, chart.width, chart.height = part.title, 24, 9
    last = len(part.drawn_rows) + 1
    for place in part.drawn:
        values = Reference(sheet, min_col=place + 1, min_row=1, max_row=last)
        chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    return chart
