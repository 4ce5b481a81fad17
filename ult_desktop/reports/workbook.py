"""A period's report as a workbook: a sheet for each part, numbers as numbers, charts that Excel draws."""

import io
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from ult_desktop.base import _
from ult_desktop.base.spreadsheet import harmless
from ult_desktop.core.figures.report import (
    HEAT_COLOURS,
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportPart,
    ReportValue,
)

NAME_WIDTH, NUMBER_WIDTH, LONGEST_TITLE = 34, 16, 31
HEAD_HEIGHT = 32  # points: two lines
_FORMATS = {
    ColumnKind.DATE: "dd/mm/yyyy",
    ColumnKind.MOMENT: "dd/mm/yyyy hh:mm",
    ColumnKind.TIME: "0.0",
    ColumnKind.COUNT: "0",
    ColumnKind.PERCENT: "0.0",
}
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def report_workbook(report: PeriodReport) -> bytes:
    """Return the whole file. Times are minutes."""
    book = Workbook(write_only=True)
    book.properties.title = report.heading
    book.properties.creator = next(iter(report.office.lines), "")
    _summary(book, report)
    for part in report.parts:
        _sheet(book, part)
    return _saved(book)


def table_workbook(part: ReportPart) -> bytes:
    """Return a file of one table."""
    book = Workbook(write_only=True)
    book.properties.title = part.title
    _sheet(book, part)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _summary(book: Workbook, report: PeriodReport) -> None:
    sheet = _new(book, _("Ringkasan"), (NAME_WIDTH, NUMBER_WIDTH, NUMBER_WIDTH))
    _heads(sheet, (report.heading, _("Periode ini"), _("Sebelumnya")))
    for tile in report.tiles:
        both = [_cell(sheet, tile.column, value) for value in (tile.value, tile.before)]
        sheet.append([tile.column.head, *both])
    for line in ("", *report.office.lines, *report.notes):
        sheet.append([harmless(line)])


def _sheet(book: Workbook, part: ReportPart) -> None:
    widths = [NAME_WIDTH if each.kind is ColumnKind.TEXT else NUMBER_WIDTH for each in part.columns]
    sheet = _new(book, part.title, widths)
    _heads(sheet, (column.head for column in part.columns))
    for row in part.rows:
        sheet.append([_cell(sheet, column, value) for column, value in zip(part.columns, row, strict=True)])
    if part.note:
        sheet.append([part.note])
    if part.chart is None or not part.is_drawn:
        return
    if part.chart.kind is ChartKind.HEAT:
        _tint(sheet, part)
    else:
        sheet.add_chart(_chart(sheet, part), f"B{len(part.rows) + 4}")


def _new(book: Workbook, title: str, widths: Iterable[int]) -> WriteOnlyWorksheet:
    """Return a new sheet whose heads stay in sight.

    Excel allows no sheet a long name, and some characters in none.
    """
    plain = "".join(each for each in title if each not in "[]:*?/\\")[:LONGEST_TITLE]
    sheet = book.create_sheet(plain)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = HEAD_HEIGHT
    return sheet


def _heads(sheet: WriteOnlyWorksheet, heads: Iterable[str]) -> None:
    cells = [WriteOnlyCell(sheet, harmless(head)) for head in heads]
    for cell in cells:
        cell.font, cell.alignment = _BOLD, _WRAPPED
    sheet.append(cells)


def _cell(sheet: WriteOnlyWorksheet, column: ReportColumn, value: ReportValue) -> WriteOnlyCell:
    day = column.day(value)
    if day is None and isinstance(value, str):
        return WriteOnlyCell(sheet, harmless(value))
    if column.kind is ColumnKind.TIME and isinstance(value, int | float):
        value = value / 60
    cell = WriteOnlyCell(sheet, day or value)
    cell.number_format = _number_format(column)
    return cell


def _number_format(column: ReportColumn) -> str:
    if column.kind is ColumnKind.NUMBER:
        return f"0.{'0' * column.digits}"
    return _FORMATS.get(column.kind, "General")


def _tint(sheet: WriteOnlyWorksheet, part: ReportPart) -> None:
    """Colour the numbers, which are the picture, as in the window.

    Excel colours them, also when they are changed there.
    """
    cold, hot = HEAT_COLOURS
    first, last = get_column_letter(part.drawn[0] + 1), get_column_letter(part.drawn[-1] + 1)
    scale = ColorScaleRule(start_type="num", start_value=0, start_color=cold, end_type="max", end_color=hot)
    sheet.conditional_formatting.add(f"{first}2:{last}{len(part.drawn_rows) + 1}", scale)


def _chart(sheet: WriteOnlyWorksheet, part: ReportPart) -> BarChart:
    chart = BarChart()
    chart.title, chart.width, chart.height = part.title, 24, 9
    last = len(part.drawn_rows) + 1
    for place in part.drawn:
        values = Reference(sheet, min_col=place + 1, min_row=1, max_row=last)
        chart.add_data(values, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    return chart
