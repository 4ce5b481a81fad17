"""The forecast of next week's visitors, from the office's figures of past working days."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from ult_desktop.core.figures.breakdown import FigureFilter
from ult_desktop.core.figures.period import Span, days_between, period_of
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.queue.opening import opening_days
from ult_desktop.core.staffing.forecast import DayCounts, Forecast, forecast, hours_of
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.figures import periods
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office.office import Office

_LOOK_BACK = timedelta(days=400)  # enough past for the working days that a forecast uses


def next_week(office: Office) -> Forecast:
    """Forecast the visitors of the calendar week after this one, by day and hour."""
    now = office.clock()
    settings = office.read(lambda tx: office_rows.load(tx).settings)
    today = to_datetime(now, settings.office.zone).date()
    period = days_between(today - _LOOK_BACK, today - timedelta(1))
    counts = periods.visits_by_hour(office.read, period, now, FigureFilter(channel=VisitChannel.FACE_TO_FACE))
    week = period_of(today, Span.WEEK).moved(1)
    past = tuple(_working_days(settings, counts))
    return forecast(past, opening_days(settings, week.first, week.length))


def _working_days(settings: OfficeSettings, counts: Mapping[date, Mapping[int, int]]) -> Iterator[DayCounts]:
    """Yield the working days on which somebody came, with 0 for an opening hour in which nobody did."""
    for day in sorted(counts):
        (opening,) = opening_days(settings, day, 1)
        hours = dict.fromkeys(hours_of(opening), 0)
        if hours and any(counts[day].values()):
            yield DayCounts(day=day, hours={**hours, **counts[day]})
