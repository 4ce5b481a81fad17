"""The reports that the head signs: a period's figures, each read by itself.

A year in one transaction would keep everybody who writes waiting (docs/store.md, rule 5).
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from ult_desktop.base import _, language
from ult_desktop.core.event import PAPER_DIGITS
from ult_desktop.core.figures.breakdown import ALL, Breakdown, Only, PeriodFigures, grain_of
from ult_desktop.core.figures.period import Period, Span
from ult_desktop.core.figures.report import OF_SPAN, PeriodReport, ReportKind, ReportPart
from ult_desktop.core.figures.tables import Names, counted_part, heat_part, part_of, tiles_of
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.index import SURVEY_SPANS
from ult_desktop.db.access import officers
from ult_desktop.db.figures import counts
from ult_desktop.db.figures.periods import of_period
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.survey_parts import elements_part
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import head_signature, letterhead
from ult_desktop.operations.survey.board import survey_board

_IN_TIME = {
    Span.DAY: (Breakdown.HOUR,),
    Span.WEEK: (Breakdown.DAY, Breakdown.HOUR),
    Span.MONTH: (Breakdown.DAY, Breakdown.WEEKDAY, Breakdown.HOUR),
    Span.QUARTER: (Breakdown.WEEK, Breakdown.WEEKDAY, Breakdown.HOUR),
    Span.YEAR: (Breakdown.MONTH, Breakdown.WEEKDAY, Breakdown.HOUR),
}
_OF_RANGES = ((62, Breakdown.DAY), (190, Breakdown.WEEK), (1100, Breakdown.MONTH))  # up to how many days


def in_time(period: Period) -> tuple[Breakdown, ...]:
    """How a period is told by time: so that a table has some dozens of rows."""
    if period.span is not Span.RANGE:
        return _IN_TIME[period.span]
    steps = next((step for most, step in _OF_RANGES if period.length <= most), Breakdown.YEAR)
    return (steps, Breakdown.WEEKDAY, Breakdown.HOUR)


def require_begun(tx: Transaction, period: Period, now: int) -> None:
    """Raises UserError for a period of which nothing can be told yet; `now` UTC ms."""
    if period.first > to_datetime(now, office.zone(tx)).date():
        raise refuse(
            _("{period} belum mulai.").format(period=period.words), _("Pilih periode yang sudah berjalan.")
        )


def period_report(
    read: Reader, period: Period, now: int, *, only: Only = ALL, with_officers: bool = False
) -> PeriodReport:
    """A day, week, month, quarter, year or range; `now` UTC ms. What officers did is the head's to see."""
    names = read(_names)
    own = (Breakdown.OFFICER,) if with_officers else ()
    cuts = (*in_time(period), Breakdown.SERVICE, Breakdown.CHANNEL, Breakdown.COUNTER, *own)
    found = of_period(read, period, now, only, grain_of(cuts))
    heat = () if period.span is Span.DAY else (heat_part(found),)
    others = tuple(_of_the_whole_office(read, period, now)) if only == ALL else ()
    parts = (*(part_of(found, cut, names.get(cut, {})) for cut in cuts), *heat, *others)
    return _report(read, OF_SPAN[period.span], now, found, parts)


def recap(read: Reader, period: Period, now: int) -> PeriodReport:
    """What an office publishes: nothing of counters and officers, small numbers of people hidden."""
    names = read(_names)
    cuts = (in_time(period)[0], Breakdown.SERVICE, Breakdown.CHANNEL)
    found = of_period(read, period, now, grain=grain_of(cuts))
    parts = (
        *(part_of(found, cut, names.get(cut, {})) for cut in cuts),
        *_of_the_whole_office(read, period, now),
    )
    return _report(read, ReportKind.RECAP, now, found, parts)


def _report(
    read: Reader, kind: ReportKind, now: int, found: PeriodFigures, parts: tuple[ReportPart, ...]
) -> PeriodReport:
    settings, end = read(lambda tx: (office.load(tx).settings, events.last_anchor(tx, 0)))
    period = found.period
    before = of_period(read, period.moved(-1), now, found.only, Span.YEAR)
    return PeriodReport(
        kind=kind,
        office=letterhead(settings),
        period=period,
        made_on=to_datetime(now, settings.office.zone).date(),
        tiles=tiles_of(found.whole, before.whole, settings.survey.least_shown),
        parts=parts,
        notes=(
            _("Waktu menunggu tidak memuat yang tidak hadir dan waktu ditunda."),
            _("Dibandingkan dengan {period}.").format(period=period.moved(-1).words),
        ),
        signature=head_signature(settings),
        log_end=f"{end.seq}:{end.chain[:PAPER_DIGITS]}" if end else "",
    )


def _names(tx: Transaction) -> dict[Breakdown, Names]:
    return {
        Breakdown.SERVICE: {str(row.id): row.definition.name.within(language()) for row in services.ever(tx)},
        Breakdown.OFFICER: {str(each.id): each.name for each in officers.everybody(tx)},
        Breakdown.COUNTER: {
            str(row.number): counter_name(row.number, row.name) for row in counters.all_counters(tx)
        },
    }


def _of_the_whole_office(read: Reader, period: Period, now: int) -> Iterator[ReportPart]:
    """What belongs to no counter or hour."""
    least = read(lambda tx: office.load(tx).settings.survey.least_shown)
    cases = counts.sum_of_cases(
        read(partial(counts.cases_of, period=year, now=now)) for year in period.by_year()
    )
    yield counted_part(
        "cases",
        _("Permohonan"),
        _("Keadaan"),
        (
            (_("Dibuka"), cases.opened),
            (_("di antaranya pengaduan"), cases.complaints),
            (_("Terjawab"), cases.answered),
            (_("Ditutup"), cases.closed),
            (_("Lewat waktu"), cases.late),
        ),
    )
    deviations = ((kind.word, count) for kind, count in read(lambda tx: counts.deviations_of(tx, period)))
    yield counted_part("deviations", _("Penyimpangan mutu baku"), _("Jenis"), deviations, drawn=True)
    steps = read(lambda tx: _late_steps(tx, period))
    yield counted_part("late_steps", _("Langkah yang melewati waktu baku"), _("Prosedur dan langkah"), steps)
    places = Counter[str]()
    for year in period.by_year():
        places.update(dict(read(partial(counts.regencies_of, period=year))))
    yield counted_part("regencies", _("Asal tamu"), _("Kabupaten/kota"), places.most_common(), least=least)
    if period.span in SURVEY_SPANS:
        yield elements_part(read(lambda tx: survey_board(tx, now, period)))


def _late_steps(tx: Transaction, period: Period) -> list[tuple[str, int]]:
    found = counts.late_steps_of(tx, period)
    return [(_step_words(tx, procedure_id, step), count) for procedure_id, step, count in found]


def _step_words(tx: Transaction, procedure_id: str, step: int) -> str:
    procedure = procedures.load(tx, procedure_id, procedures.latest_version(tx, procedure_id))
    return _("{procedure}, langkah {n}").format(procedure=procedure.title, n=step)
