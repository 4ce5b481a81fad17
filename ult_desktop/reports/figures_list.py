"""A period's report as a list for other programs: one line for each number."""

from collections.abc import Iterator

from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.figures.report import ColumnKind, PeriodReport, ReportPart, ReportValue

_UNITS = {ColumnKind.TIME: "s", ColumnKind.PERCENT: "%"}


def report_csv(report: PeriodReport) -> bytes:
    """Return the list as UTF-8; days as ISO, times in seconds, a point in a number. A hidden value is empty.

    The key of a regency is Kemendagri's code.
    """
    return csv_file(_lines(report))


def table_lines(part: ReportPart) -> Iterator[tuple[str, ...]]:
    """Yield the lines of one table, its heads first. Times are minutes, as their heads say."""
    yield tuple(column.head for column in part.columns)
    for row in part.rows:
        cells = []
        for column, value in zip(part.columns, row, strict=True):
            if column.kind is ColumnKind.TIME and isinstance(value, int | float):
                cells.append(_plain(value / 60))
            else:
                cells.append(_plain(value))
        yield tuple(cells)


def _lines(report: PeriodReport) -> Iterator[tuple[str, ...]]:
    first, last = report.period.iso_ends
    yield "first", "last", "part", "key", "name", "figure", "unit", "value"
    for part in report.parts:
        for key, row in zip(part.codes or part.keys, part.rows, strict=True):
            for column, value in zip(part.columns[1:], row[1:], strict=True):
                unit = _UNITS.get(column.kind, "")
                yield first, last, part.key, key, str(row[0]), column.key, unit, _plain(value)


def _plain(value: ReportValue) -> str:
    if value is None:
        return ""
    # With a point in every language: other programs read it.
    return f"{value:.3f}" if isinstance(value, float) else str(value)
