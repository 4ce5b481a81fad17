"""The reports of a period's figures, which the head signs, and the recap that the office publishes.

Each part is read in a transaction of its own: a year in one transaction would keep every writer waiting
(docs/store.md, rule 5).
"""

from msgspec.structs import replace

from ult_desktop.base import _, language
from ult_desktop.base.formats import capitalised
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, FigureFilter, PeriodFigures, longest_step
from ult_desktop.core.figures.choice import OtherRows, TableChoice
from ult_desktop.core.figures.period import Period, Span, so_far_words
from ult_desktop.core.figures.report import KINDS_BY_SPAN, PeriodReport, ReportKind, ReportPart
from ult_desktop.core.figures.tables import CHOSEN, Names, breakdown_part, chosen_table, heat_part, tiles_of
from ult_desktop.core.queue.boards import counter_name
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.access import officers
from ult_desktop.db.figures.periods import of_period
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.outside_queue import (
    origins_with_waits,
    parts_outside_the_queue,
    steps_part,
)
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import dated_signature, letterhead, log_end

_TIME_BREAKDOWNS = {
    Span.DAY: (Breakdown.HOUR,),
    Span.WEEK: (Breakdown.DAY, Breakdown.HOUR),
    Span.MONTH: (Breakdown.DAY, Breakdown.WEEKDAY, Breakdown.HOUR),
    Span.QUARTER: (Breakdown.WEEK, Breakdown.WEEKDAY, Breakdown.HOUR),
    Span.YEAR: (Breakdown.MONTH, Breakdown.WEEKDAY, Breakdown.HOUR),
}
_RANGE_STEPS = ((62, Breakdown.DAY), (190, Breakdown.WEEK), (1100, Breakdown.MONTH))
"""The division of a free range in time, by the most days that it may have."""


def time_breakdowns(period: Period) -> tuple[Breakdown, ...]:
    """Return how a period is divided by time, so that a table has some dozens of rows."""
    if period.span is not Span.RANGE:
        return _TIME_BREAKDOWNS[period.span]
    step = next((step for most_days, step in _RANGE_STEPS if period.length <= most_days), Breakdown.YEAR)
    return (step, Breakdown.WEEKDAY, Breakdown.HOUR)


def require_begun(tx: Transaction, period: Period, now: int) -> None:
    """Raise UserError for a period that has not begun: it has no figures yet. `now` is UTC ms."""
    if period.first > to_datetime(now, office.zone(tx)).date():
        words = _("{period} belum mulai.").format(period=period.words)
        raise refuse(capitalised(words), _("Pilih periode yang sudah berjalan."))


def period_report(
    read: Reader,
    period: Period,
    now: int,
    *,
    only: FigureFilter = NO_FILTER,
    with_officers: bool = False,
    choice: TableChoice | None = None,
) -> PeriodReport:
    """Return the report of a day, week, month, quarter, year or range. `now` is UTC ms.

    The table of a free `choice` comes first. Officers' figures are for the head alone (`with_officers`).

    Raises:
        UserError: the `choice` is a table by officer, without `with_officers`.
    """
    names = read(names_of_rows)
    by_officer = (Breakdown.OFFICER,) if with_officers else ()
    divisions = (
        *time_breakdowns(period),
        Breakdown.SERVICE,
        Breakdown.CHANNEL,
        Breakdown.COUNTER,
        *by_officer,
    )
    chosen = (choice.rows,) if choice is not None and isinstance(choice.rows, Breakdown) else ()
    # Read in the longest steps of time from which the rows of every division can be added up.
    figures = of_period(read, period, now, only, step=longest_step((*divisions, *chosen)))
    parts = list[ReportPart]()
    if choice is not None:
        parts.append(_chosen_part(read, figures, choice, names, with_officers=with_officers))
    parts += (breakdown_part(figures, division, names.get(division, {})) for division in divisions)
    if period.span is not Span.DAY:
        parts.append(heat_part(figures))
    if only == NO_FILTER:
        parts += parts_outside_the_queue(read, period, now)
    return _report(read, KINDS_BY_SPAN[period.span], now, figures, tuple(parts))


def table_report(
    read: Reader, period: Period, now: int, choice: TableChoice, *, with_officers: bool = False
) -> PeriodReport:
    """Return the table of a free choice alone. `now` is UTC ms.

    Raises:
        UserError: the `choice` is a table by officer, without `with_officers`.
    """
    names = read(names_of_rows)
    step = longest_step((choice.rows,) if isinstance(choice.rows, Breakdown) else ())
    figures = of_period(read, period, now, step=step)
    part = _chosen_part(read, figures, choice, names, with_officers=with_officers)
    return _report(read, KINDS_BY_SPAN[period.span], now, figures, (part,))


def _chosen_part(
    read: Reader,
    figures: PeriodFigures,
    choice: TableChoice,
    names: dict[Breakdown, Names],
    *,
    with_officers: bool,
) -> ReportPart:
    """Return the chosen table. Raises UserError for officers' figures if the reader must not see them."""
    if choice.rows is Breakdown.OFFICER and not with_officers:
        raise refuse(
            _("Angka tiap petugas hanya untuk kepala."), _("Pilih baris lain, misalnya layanan atau loket.")
        )
    if isinstance(choice.rows, Breakdown):
        return chosen_table(figures, choice, names.get(choice.rows, {}))
    part = (
        steps_part(read, figures.period)
        if choice.rows is OtherRows.STEP
        else origins_with_waits(read, figures.period, choice.rows)
    )
    return replace(part, key=CHOSEN)


def public_recap(read: Reader, period: Period, now: int) -> PeriodReport:
    """Return the report that an office publishes.

    It leaves out counters, officers and institutions. `tiles_of` and `parts_outside_the_queue` hide small
    numbers of people, as in each report.
    """
    names = read(names_of_rows)
    divisions = (time_breakdowns(period)[0], Breakdown.SERVICE, Breakdown.CHANNEL)
    figures = of_period(read, period, now, step=longest_step(divisions))
    # An institution may be one person: a public recap names none.
    others = (part for part in parts_outside_the_queue(read, period, now) if part.key != "institutions")
    parts = (*(breakdown_part(figures, division, names.get(division, {})) for division in divisions), *others)
    return _report(read, ReportKind.RECAP, now, figures, parts)


def _report(
    read: Reader, kind: ReportKind, now: int, figures: PeriodFigures, parts: tuple[ReportPart, ...]
) -> PeriodReport:
    settings, end = read(lambda tx: (office.load(tx).settings, log_end(tx)))
    period, today = figures.period, to_datetime(now, settings.office.zone).date()
    # Only the sum of the period before is shown, so it is read in steps as long as a year.
    before = of_period(read, period.moved(-1), now, figures.only, Span.YEAR)
    return PeriodReport(
        kind=kind,
        office=letterhead(settings),
        period=period,
        made_on=today,
        tiles=tiles_of(figures.whole, before.whole, settings.survey.least_shown),
        parts=parts,
        notes=(
            _("Waktu menunggu tidak memuat yang tidak hadir dan waktu ditunda."),
            _("Dibandingkan dengan {period}.").format(period=period.moved(-1).words),
            *so_far_words(period, today),
        ),
        signature=dated_signature(settings, now),
        log_end="" if kind is ReportKind.RECAP else end,  # the public has no log to compare it with
    )


def names_of_rows(tx: Transaction) -> dict[Breakdown, Names]:
    """Return the names of services, officers and counters, former ones included."""
    return {
        Breakdown.SERVICE: {
            str(row.id): row.definition.name.within(language()) for row in services.with_retired(tx)
        },
        Breakdown.OFFICER: {str(officer.id): officer.name for officer in officers.everybody(tx)},
        Breakdown.COUNTER: {
            str(row.number): counter_name(row.number, row.name) for row in counters.all_counters(tx)
        },
    }
