"""The reports of an office with ten years: its days' figures made once, then every report, and Laporan.

Laporan is the page of reports. The time of a report is the median of its rounds. With it the longest of its
read transactions is shown, for a reader keeps every COMMIT of the others waiting (docs/store.md, rule 5), and
the most memory it needs.
"""

import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TypeVar

from benchmarks.history_file import age
from benchmarks.place import make_office, open_office
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from ult_desktop.core.figures.choice import OtherRows, TableChoice
from ult_desktop.core.figures.figures import STANDARD
from ult_desktop.core.figures.period import Period, Span, days_between, period_of
from ult_desktop.core.figures.report import PeriodReport
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.figures import days, periods
from ult_desktop.db.store.key_ranges import Query
from ult_desktop.db.store.store import Store
from ult_desktop.operations.figures.reports import period_report, public_recap, table_report
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm, report_bytes

T = TypeVar("T")
YEARS, QUICK_YEARS = 10, 1
FULL_TICKETS, QUICK_TICKETS = 1_000_000, 30_000
REPORT_S, PAGE_S, READING_MS, MEMORY_MB = 2, 1, 100, 64


@dataclass
class TimedReader:
    """A reader that reads as the office does; `longest_ms` is the longest transaction."""

    office: Office
    longest_ms: float = 0.0

    def __call__(self, query: Query[T], /) -> T:
        began = time.perf_counter()
        found = self.office.read(query)
        self.longest_ms = max(self.longest_ms, (time.perf_counter() - began) * 1000)
        return found


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    tickets = bench.pick(FULL_TICKETS, QUICK_TICKETS)
    path = make_office(bench.folder)
    age(path, tickets, years=bench.pick(YEARS, QUICK_YEARS))
    return [BenchmarkRow("tickets", tickets, ""), *told(path, bench.pick(3, 1))]


def told(path: Path, rounds: int) -> Iterator[BenchmarkRow]:
    """Yield the figures of an office file that has a past."""
    yield from _make_days(path)
    with closing(open_office(path, "reports")) as office:
        read = TimedReader(office)
        for name, make, goal in _reports(read):
            yield BenchmarkRow(name, median(_seconds(make) for _round in range(rounds)), "s", goal)
        yield BenchmarkRow("longest read transaction", read.longest_ms, "ms", READING_MS)
        tracemalloc.start()
        for _name, make, _goal in _reports(read):
            make()
        yield BenchmarkRow(
            "most memory of a report", tracemalloc.get_traced_memory()[1] / 2**20, "MiB", MEMORY_MB
        )
        tracemalloc.stop()


def _make_days(path: Path) -> Iterator[BenchmarkRow]:
    """Make the figures of days as the upkeep does, a transaction each."""
    with closing(open_office(path, "keeper")) as office:
        missing = office.read(lambda tx: days.ended_and_missing(tx, office.clock()))
    with closing(Store(path)) as store:
        yield BenchmarkRow("days whose figures were made", len(missing), "")
        acts = [partial(store.write, partial(days.keep, day=day)) for day in missing]
        yield from _spent("figures of a day", acts)
        names = store.read(periods.missing)
        acts = [partial(store.write, partial(periods.keep, span=name)) for name in names]
        yield from _spent("figures of a month or year", acts)


def _spent(what: str, acts: Sequence[Callable[[], object]]) -> Iterator[BenchmarkRow]:
    spent = [_seconds(act) * 1000 for act in acts]
    if spent:
        yield BenchmarkRow(f"{what}, median", median(spent), "ms", READING_MS)
        yield BenchmarkRow(f"{what}, longest", max(spent), "ms")


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _reports(read: TimedReader) -> Iterator[tuple[str, Callable[[], object], float]]:
    """Yield each report: its name, how it is made, and the most seconds that it may take."""
    now = read.office.clock()
    today = to_datetime(now, read.office.kiosk_board().office.zone).date()
    made: Callable[..., PeriodReport] = partial(period_report, read, now=now, with_officers=True)
    yield "first page of Laporan (this month)", partial(made, period_of(today, Span.MONTH)), PAGE_S
    for span in (Span.DAY, Span.WEEK, Span.MONTH, Span.QUARTER, Span.YEAR):
        period = period_of(today, span).moved(-1)
        yield f"report of a {span}", partial(made, period), REPORT_S
    year = period_of(today, Span.YEAR).moved(-1)
    yield "public recap of a year", partial(public_recap, read, year, now), REPORT_S
    yield "report of a year as PDF", partial(_written, made, year, ReportForm.PDF), REPORT_S
    yield "report of a year as workbook", partial(_written, made, year, ReportForm.WORKBOOK), REPORT_S
    ten = days_between(today.replace(year=today.year - YEARS, day=1), today)
    yield "report of ten years", partial(made, ten), REPORT_S
    for rows in (OtherRows.REGENCY, OtherRows.INSTITUTION):
        of_origin = partial(table_report, read, ten, now, TableChoice(rows, STANDARD))
        yield f"waits of ten years by {rows}", of_origin, REPORT_S


def _written(made: Callable[[Period], PeriodReport], period: Period, form: ReportForm) -> bytes:
    return report_bytes(made(period), form)
