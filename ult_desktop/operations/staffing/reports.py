"""The reports of a replay, a search for plans and a forecast, to show, print and save."""

from ult_desktop.core.figures.breakdown import Breakdown
from ult_desktop.core.figures.period import Period, Span, parse_period, period_of
from ult_desktop.core.figures.report import PeriodReport, ReportKind, ReportPart, Tile
from ult_desktop.core.staffing import tables
from ult_desktop.core.staffing.forecast import Forecast
from ult_desktop.core.staffing.replay import StaffingReplay
from ult_desktop.core.staffing.search import StaffingSearch
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.figures.reports import names_of_rows
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sheets import dated_signature, letterhead


def replay_report(office: Office, replay: StaffingReplay) -> PeriodReport:
    """Return the replay of a month as a report."""
    names = office.read(names_of_rows)
    parts = tables.replay_parts(replay, names[Breakdown.SERVICE], names[Breakdown.COUNTER])
    notes = tables.replay_notes(replay)
    return _report(
        office, ReportKind.STAFFING, parse_period(replay.period), parts, notes, tables.replay_tiles(replay)
    )


def search_report(office: Office, search: StaffingSearch) -> PeriodReport:
    """Return the cheapest plans as a report, with the roster to hang up."""
    return _report(
        office,
        ReportKind.STAFFING,
        parse_period(search.period),
        tables.search_parts(search),
        tables.search_notes(search),
    )


def forecast_report(office: Office, forecast: Forecast) -> PeriodReport:
    """Return next week's visitors as a report."""
    week = period_of(forecast.days[0].day, Span.WEEK)
    return _report(
        office, ReportKind.FORECAST, week, tables.forecast_parts(forecast), tables.forecast_notes(forecast)
    )


def _report(
    office: Office,
    kind: ReportKind,
    period: Period,
    parts: tuple[ReportPart, ...],
    notes: tuple[str, ...],
    tiles: tuple[Tile, ...] = (),
) -> PeriodReport:
    settings, now = office.read(office_rows.load).settings, office.clock()
    return PeriodReport(
        kind=kind,
        office=letterhead(settings),
        period=period,
        made_on=to_datetime(now, settings.office.zone).date(),
        tiles=tiles,
        parts=parts,
        notes=notes,
        signature=dated_signature(settings, now),
    )
