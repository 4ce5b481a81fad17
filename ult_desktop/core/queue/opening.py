"""The opening: whether a visitor can take a number now, and if not, why and until when."""

from datetime import date, datetime, timedelta

from ult_desktop.base import _
from ult_desktop.core.office import settings as office_settings, template, working_time
from ult_desktop.core.queue.boards import OpeningDay, OpeningStatus, Openness
from ult_desktop.core.stamps import to_stamp

LOOK_AHEAD_DAYS = 30  # the longest closure (Idul Fitri with cuti bersama) is shorter


def opening_of(settings: office_settings.OfficeSettings, kiosk_pause: str, now: datetime) -> OpeningStatus:
    """Return the opening as a visitor finds it at `now` (aware, office's zone).

    An officer's pause comes first.

    An office that works around the clock (every day 00.00-23.59) has no national holidays; its own closures
    hold.
    """
    if kiosk_pause:
        return OpeningStatus(state=Openness.PAUSED, reason=kiosk_pause)
    holiday = working_time.holiday_on(settings, now.date())
    if _within(working_time.hours_on(settings, now.date()), now) and not holiday:
        return OpeningStatus()
    state = Openness.HOLIDAY if holiday else Openness.OUTSIDE_HOURS
    opens_at = _opens_next(settings, now)
    return OpeningStatus(state=state, reason=holiday, opens_at=opens_at, week=_week(settings, now.date()))


def _week(settings: office_settings.OfficeSettings, today: date) -> tuple[OpeningDay, ...]:
    days = []
    for ahead in range(7):
        day = today + timedelta(days=ahead)
        holiday = working_time.holiday_on(settings, day)
        spans = working_time.hours_on(settings, day).spans(day.weekday())
        # A holiday that falls on a day off is no news.
        days.append(OpeningDay(day, () if holiday else spans, holiday if spans else ""))
    return tuple(days)


def _within(hours: template.Weekly, now: datetime) -> bool:
    minute = now.time().replace(second=0, microsecond=0)
    return any(opens <= minute < closes for opens, closes in hours.spans(now.weekday())) or (
        working_time.round_the_clock(hours)
    )


def _opens_next(settings: office_settings.OfficeSettings, now: datetime) -> int | None:
    """UTC ms of the next opening within a month, None when there is none."""
    for ahead in range(LOOK_AHEAD_DAYS):
        day = now.date() + timedelta(days=ahead)
        if working_time.holiday_on(settings, day):
            continue
        for opens, _closes in working_time.hours_on(settings, day).spans(day.weekday()):
            moment = datetime.combine(day, opens, tzinfo=now.tzinfo)
            if moment > now:
                return to_stamp(moment)
    return None


def service_opening(service: template.ServiceTemplate, now: datetime) -> str:
    """Why a service gives no numbers at `now`, in words for its card; "" when it does."""
    if service.hours is None or _within(service.hours, now):
        return ""
    spans = service.hours.spans(now.weekday())
    if not spans:
        return _("Tidak dibuka hari ini")
    times = ", ".join(f"{opens:%H.%M}-{closes:%H.%M}" for opens, closes in spans)
    return _("Dibuka pukul {times}").format(times=times)
