"""The reports that the program makes by itself when a period has ended, and the changes of a new version."""

from collections.abc import Iterator
from datetime import date

import msgspec

from ult_desktop.base import _
from ult_desktop.core.command import Command
from ult_desktop.core.figures.period import Period, Span, parse_period, period_of
from ult_desktop.core.figures.report import PeriodReport, ReportKind, ReportPart

AUTOMATIC_DAYS = 92
"""The days after a period's end in which its report is made automatically; later only if somebody asks."""
AUTOMATIC_REPORTS = (
    (ReportKind.MONTH, Span.MONTH),
    (ReportKind.RECAP, Span.MONTH),
    (ReportKind.QUARTER, Span.QUARTER),
    (ReportKind.SKM, Span.QUARTER),
    (ReportKind.YEAR, Span.YEAR),
    (ReportKind.SKM, Span.YEAR),
)
"""The reports that are made automatically. None has personal data: many can read the folder of reports."""


class MadeReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that lies in the folder of reports; `made_at` UTC ms, `period` as `Period.name`.

    `changes` says what differs from the version before; `folder` is the path that `station` uses for it.
    """

    id: int
    kind: ReportKind
    period: str
    version: int
    made_at: int
    station: str
    folder: str
    changes: tuple[str, ...]

    @property
    def heading(self) -> str:
        return heading_of(self.kind, self.period)


class WantedReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report that somebody asked for at `asked_at` (UTC ms), or that failed at `tried_at`; 0: it did not.

    `trouble` says why it failed, "" if it did not.
    """

    kind: ReportKind
    period: str
    asked_at: int
    tried_at: int
    trouble: str


class DueReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report to be made. `trouble` says why it could not be made yet, "" if nothing prevents it."""

    kind: ReportKind
    period: str
    trouble: str = ""

    @property
    def heading(self) -> str:
        return heading_of(self.kind, self.period)


class MakeReportAgain(Command[int], frozen=True, kw_only=True):
    """Have the report of an ended period made by the station that keeps the reports.

    Where there is such a report already, it becomes its next version.
    """

    kind: ReportKind
    period: str


def heading_of(kind: ReportKind, period: str) -> str:
    return _("{title}: {period}").format(title=kind.word, period=parse_period(period).words)


def recently_ended(today: date, first_day: date) -> Iterator[tuple[ReportKind, Period]]:
    """Yield the automatic reports of periods that ended recently, of an office that began on `first_day`."""
    for kind, span in AUTOMATIC_REPORTS:
        period = period_of(today, span).moved(-1)
        while (today - period.last).days <= AUTOMATIC_DAYS and period.last >= first_day:
            yield kind, period
            period = period.moved(-1)


def changes_between(before: PeriodReport, after: PeriodReport) -> tuple[str, ...]:
    """Return a line for each figure that differs between two versions of a report."""
    tiles = {tile.column.key: tile for tile in before.tiles}
    parts = {part.key: part for part in before.parts}
    lines = [
        _("{name}: {before} → {after}").format(
            name=tile.column.head,
            before=tile.column.in_words(tiles[tile.column.key].value),
            after=tile.column.in_words(tile.value),
        )
        for tile in after.tiles
        if tile.column.key in tiles and tile.value != tiles[tile.column.key].value
    ]
    for part in after.parts:
        if part.key in parts and part != parts[part.key]:
            lines += _changed_rows(parts[part.key], part)
    return tuple(lines)


def _changed_rows(before: ReportPart, after: ReportPart) -> list[str]:
    """Return a line for each changed value of a table; one line alone if it has other columns."""
    if before.columns != after.columns:
        return [_("{table}: kolomnya lain").format(table=after.title)]
    old_rows = dict(zip(before.keys, before.rows, strict=True))
    new_rows = dict(zip(after.keys, after.rows, strict=True))
    lines = []
    for key, row in new_rows.items():
        old_row = old_rows.get(key)
        for index, column in enumerate(after.columns[1:], 1):
            if old_row is None or old_row[index] != row[index]:
                change = _("{table}, {row}, {name}: {before} → {after}").format(
                    table=after.title,
                    row=after.name_of(row),
                    name=column.head,
                    before="–" if old_row is None else column.in_words(old_row[index]),
                    after=column.in_words(row[index]),
                )
                lines.append(change)
    for key, row in old_rows.items():
        if key not in new_rows:
            lines.append(
                _("{table}: {row} tidak ada lagi").format(table=after.title, row=before.name_of(row))
            )
    return lines
