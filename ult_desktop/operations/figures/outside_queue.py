"""The parts of a report outside the queue: cases, deviations, steps, visitors' origins, the survey.

Tables that may have many rows are read year by year: a long period in one transaction would keep every writer
waiting (docs/store.md, rule 5).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from ult_desktop.base import _, pgettext
from ult_desktop.core.accountability.deviation_words import cause_words
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.escalation import CaseDesk, desk_word
from ult_desktop.core.figures.choice import OtherRows
from ult_desktop.core.figures.figures import MEDIAN, NINTH_DECILE, NO_TIMES, figure_column
from ult_desktop.core.figures.outside_queue import CASE_FIGURES, CareFigures, case_figures
from ult_desktop.core.figures.period import Period
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
)
from ult_desktop.core.figures.tables import counted_part, shown_counts
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.survey.index import SURVEY_SPANS
from ult_desktop.db.figures import counts, origins, outside_queue
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.survey_parts import elements_part, trend_parts
from ult_desktop.operations.survey.board import survey_board
from ult_desktop.operations.visits.visits import regency_code

Key = TypeVar("Key")
MAX_ORIGINS = 40  # in a report; a table of its own has them all
PERIODS_OF_TREND = 4
_TEXT = ColumnKind.TEXT


def parts_outside_the_queue(read: Reader, period: Period, now: int) -> Iterator[ReportPart]:
    """Yield the parts that belong to no counter or hour. `now` is UTC ms."""
    yield _cases_part(read, period, now)
    yield _units_part(read, period)
    yield _care_part(read, period)
    yield from _deviation_parts(read, period)
    yield steps_part(read, period)
    for rows in (OtherRows.REGENCY, OtherRows.INSTITUTION):
        yield origins_part(read, period, rows)
    if period.span in SURVEY_SPANS:
        boards = [
            read(partial(survey_board, now=now, period=period.moved(step)))
            for step in range(1 - PERIODS_OF_TREND, 1)
        ]
        yield elements_part(boards[-1])
        yield next(iter(trend_parts(boards)))


def _sum_by_year(read: Reader, period: Period, query: Callable[..., dict[Key, int]]) -> Counter[Key]:
    """Return the sum of the counts of each year, which are read one by one."""
    total = Counter[Key]()
    for year in period.by_year():
        total.update(read(partial(query, period=year)))
    return total


def cases_in(read: Reader, period: Period, now: int) -> dict[str, int]:
    """Return the figures of a period's cases (`CASE_FIGURES`). `now` is UTC ms."""
    return _sum_by_year(
        read, period, lambda tx, period: case_figures(outside_queue.cases_of(tx, period), now)
    )


def _cases_part(read: Reader, period: Period, now: int) -> ReportPart:
    words = {
        "opened": _("Dibuka"),
        "complaints": _("di antaranya pengaduan"),
        "complaints_answered": _("di antaranya pengaduan yang terjawab"),
        "answered": _("Terjawab"),
        "closed": _("Ditutup"),
        "late": _("Lewat waktu"),
    }
    figures = cases_in(read, period, now)
    rows = ((words[name], figures[name]) for name in CASE_FIGURES)
    part = counted_part("cases", pgettext("many", "Permohonan"), _("Keadaan"), rows, drawn=True)
    return replace(part, keys=tuple(CASE_FIGURES))


def care_in(read: Reader, period: Period) -> CareFigures:
    """Return how often visitors of the period were escorted or borrowed a device."""
    # Month by month: a year's visits take long to read, and every writer would wait (docs/store.md, rule 5).
    months = [read(partial(counts.care_of, period=month)) for month in period.by_month()]
    return CareFigures(
        escorts=sum(month.escorts for month in months), loans=sum(month.loans for month in months)
    )


def care_rows(figures: CareFigures) -> tuple[tuple[str, int], ...]:
    """Return the words for each figure, and the figure."""
    return ((_("Pendampingan"), figures.escorts), (_("Peminjaman alat bantu"), figures.loans))


def _care_part(read: Reader, period: Period) -> ReportPart:
    """Return the care for vulnerable visitors. Small numbers are hidden."""
    least = read(office.load).settings.survey.least_shown
    rows = care_rows(care_in(read, period))
    part = counted_part("care", _("Pendampingan dan alat bantu"), _("Yang dilayani"), rows, least=least)
    return replace(part, keys=CareFigures.__struct_fields__)


def _units_part(read: Reader, period: Period) -> ReportPart:
    label = read(office.load).settings.cases.related_unit
    by_words = Counter[str]()
    for (desk, unit), count in _sum_by_year(read, period, counts.units_of).items():
        by_words[unit_words(desk, unit, label)] += count
    title = _("Permohonan yang diteruskan, menurut unit")
    return counted_part("units", title, _("Unit"), by_words.most_common(), drawn=True)


def _deviation_parts(read: Reader, period: Period) -> Iterator[ReportPart]:
    """Yield the deviations by kind, and by cause."""
    by_kind, by_cause = Counter[DeviationKind](), Counter[str]()
    for (kind, cause), count in _sum_by_year(read, period, counts.causes_of).items():
        by_kind[kind] += count
        by_cause[why_words(kind, cause)] += count
    rows = [(kind.word, by_kind[kind]) for kind in DeviationKind]
    part = counted_part("deviations", _("Penyimpangan mutu baku"), _("Jenis"), rows, drawn=True)
    yield replace(part, keys=tuple(kind.value for kind in DeviationKind))
    title = _("Penyebab penyimpangan")
    yield counted_part("causes", title, _("Penyebab"), by_cause.most_common(), drawn=True)


def unit_words(desk: str, unit: str, label: str) -> str:
    """Return the unit or desk to which a case was sent. `label` is the office's word for a related unit."""
    return unit or desk_word(CaseDesk(desk), label)


def why_words(kind: DeviationKind, cause: str) -> str:
    """Return a cause in words by its key; without a key, the usual cause of the kind."""
    usual_causes = {
        DeviationKind.TIME: _("Langkah melewati waktu baku"),
        DeviationKind.OUTPUT: _("Output sebuah langkah tidak ada"),
        DeviationKind.EQUIPMENT: _("Perlengkapan tidak berfungsi"),
    }
    return cause_words(cause) or usual_causes[kind]


def steps_part(read: Reader, period: Period) -> ReportPart:
    """Return the steps with a standard time: how often they were done, left out, late, and within it."""
    done = _sum_by_year(read, period, counts.done_steps_of)
    late = read(partial(counts.steps_of, period=period, kind=DeviationKind.TIME))
    undone = read(partial(counts.steps_of, period=period, kind=DeviationKind.OUTPUT))
    procedure_ids = {procedure_id for procedure_id, _step in (*done, *undone, *late)}

    def load_latest(tx: Transaction) -> dict[str, Procedure]:
        return {id_: procedures.load(tx, id_, procedures.latest_version(tx, id_)) for id_ in procedure_ids}

    latest = read(load_latest)
    # A late step had a standard time, even if the latest version of its procedure gives it none.
    timed = {*late}
    for procedure_id, procedure in latest.items():
        timed |= {(procedure_id, step.step) for step in procedure.steps if step.time is not None}
    keys, rows = sorted(timed), list[tuple[ReportValue, ...]]()
    for procedure_id, step in keys:
        key = procedure_id, step
        words = _("{procedure}, langkah {n}").format(procedure=latest[procedure_id].title, n=step)
        done_count, late_count = done[key], late.get(key, 0)
        on_time = 100 * max(0, done_count - late_count) / done_count if done_count else None
        rows.append((words, done_count, undone.get(key, 0), late_count, on_time))
    return ReportPart(
        key="step",
        title=_("Langkah dalam waktu baku"),
        columns=(
            ReportColumn("step", _("Prosedur dan langkah"), _TEXT),
            ReportColumn("done", _("Dikerjakan")),
            ReportColumn("undone", _("Tidak dikerjakan")),
            ReportColumn("late", _("Lewat waktu")),
            ReportColumn("on_time", _("Dalam waktu baku"), ColumnKind.PERCENT),
        ),
        keys=tuple(f"{procedure_id}:{step}" for procedure_id, step in keys),
        rows=tuple(rows),
        note="" if rows else _("Tidak ada dalam periode ini."),
        chart=ReportChart(ChartKind.BARS, ("on_time",)) if len(rows) > 1 else None,
    )


ORIGIN_FIELDS: dict[OtherRows, origins.OriginField] = {
    OtherRows.REGENCY: "regency",
    OtherRows.INSTITUTION: "institution",
}


def origins_with_waits(read: Reader, period: Period, rows: OtherRows) -> ReportPart:
    """Return all places of origin, with how long their visitors waited. Small numbers are hidden."""
    by_name = origins.of_period(read, period, ORIGIN_FIELDS[rows], with_waits=True)
    part = _origins_part(read, rows, by_name)
    rows_with_waits = []
    for name, row in zip(part.keys, part.rows, strict=True):
        # The waits of a hidden number are hidden too.
        waits = by_name[name].waits if isinstance(row[1], int) else NO_TIMES
        rows_with_waits.append((*row, waits.quantile_s(MEDIAN), waits.quantile_s(NINTH_DECILE)))
    columns = [figure_column(key).column for key in ("wait_median", "wait_p90")]
    return replace(part, columns=(*part.columns, *columns), rows=tuple(rows_with_waits))


def origins_part(read: Reader, period: Period, rows: OtherRows) -> ReportPart:
    """Return the places where most visitors come from."""
    by_name = origins.of_period(read, period, ORIGIN_FIELDS[rows], with_waits=False)
    return _origins_part(read, rows, by_name, MAX_ORIGINS)


def _origins_part(
    read: Reader, rows: OtherRows, by_name: Mapping[str, origins.Origin], limit: int | None = None
) -> ReportPart:
    """Return the places with the most visits, at most `limit`. Small numbers are hidden."""
    least = read(office.load).settings.survey.least_shown
    ordered = sorted(by_name.items(), key=lambda item: (-item[1].visits, item[0]))[:limit]
    names = tuple(name for name, _origin in ordered)
    visits = shown_counts([origin.visits for _name, origin in ordered], least)
    cases = shown_counts([origin.cases for _name, origin in ordered], least)
    return ReportPart(
        key="regencies" if rows is OtherRows.REGENCY else "institutions",
        title=_("Asal tamu") if rows is OtherRows.REGENCY else _("Instansi tamu"),
        columns=(
            ReportColumn(rows.value, rows.word, _TEXT),
            ReportColumn("visits", _("Kunjungan dengan buku tamu")),
            ReportColumn("cases", pgettext("many", "Permohonan")),
        ),
        keys=names,
        codes=tuple(map(regency_code, names)) if rows is OtherRows.REGENCY else (),
        rows=tuple(zip(names, visits, cases, strict=True)),
        note="" if names else _("Tidak ada dalam periode ini."),
    )
