"""The opening hours of the office and of a service: what a visitor finds at a moment."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from ult_desktop.base import _
from ult_desktop.core.office import settings as office_settings, template, working_time
from ult_desktop.core.queue.boards import DayEnd, OpeningDay, OpeningStatus, Openness
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.visit import VisitChannel, channel_words

GRACE = timedelta(minutes=3)  # for visitors who are still choosing when the hours end
LOOK_AHEAD_DAYS = 30  # the longest closure (Idul Fitri with cuti bersama) is shorter


def day_end(settings: office_settings.OfficeSettings, now: datetime) -> DayEnd:
    """Return when the hours of the day of `now` (aware, office's zone) end."""
    closes = working_time.closing_time(settings, now)
    return DayEnd() if closes is None else DayEnd(closes=f"{closes:%H.%M}", early=now < closes)


def opening_of(settings: office_settings.OfficeSettings, kiosk_pause: str, now: datetime) -> OpeningStatus:
    """Return the opening as a visitor finds it at `now` (aware, office's zone).

    `kiosk_pause` is why an officer has paused the kiosks, "" while they give numbers. A pause counts within
    the hours alone: outside them a visitor waits for the hours. An office that works around the clock (every
    day 00.00-23.59) keeps its own closures, and no national holidays.
    """
    (today,) = opening_days(settings, now.date(), 1)
    if today.is_open(now.time()):
        return OpeningStatus(state=Openness.PAUSED if kiosk_pause else Openness.OPEN, reason=kiosk_pause)
    holiday, days = working_time.holiday_on(settings, now.date()), opening_days(settings, now.date())
    state = Openness.BREAK if today.is_break(now.time()) else Openness.OUTSIDE_HOURS
    opens = next_opening(days, now)
    return OpeningStatus(
        state=Openness.HOLIDAY if holiday else state,
        reason=holiday,
        opens_at=None if opens is None else to_stamp(opens),
        week=days[:7],
    )


def opening_days(
    settings: office_settings.OfficeSettings, today: date, count: int = LOOK_AHEAD_DAYS
) -> tuple[OpeningDay, ...]:
    """Return the hours of `count` days from today on."""
    days = []
    for ahead in range(count):
        day = today + timedelta(days=ahead)
        holiday = working_time.holiday_on(settings, day)
        spans = working_time.hours_on(settings, day).spans(day.weekday())
        # A holiday on a day without hours is not shown.
        days.append(OpeningDay(day, () if holiday else spans, holiday if spans else ""))
    return tuple(days)


def kiosk_gives_numbers(settings: office_settings.OfficeSettings, kiosk_pause: str, now: datetime) -> bool:
    """Return whether a kiosk gives a number at `now` (aware, office's zone).

    A visitor who began before a break or the closing may finish within `GRACE` (docs/domain.md, "Numbers and
    the day").
    """
    moments = (now, now - GRACE)
    return any(opening_of(settings, kiosk_pause, moment).state is Openness.OPEN for moment in moments)


def next_opening(days: Sequence[OpeningDay], now: datetime) -> datetime | None:
    """Return when the office opens next within `days`; None when it does not."""
    for day in days:
        for opens, _closes in day.spans:
            moment = datetime.combine(day.date, opens, tzinfo=now.tzinfo)
            if moment > now:
                return moment
    return None


def service_closed_words(service: template.ServiceTemplate, now: datetime) -> str:
    """Return why a service gives no numbers at `now` by its own hours, in words for its card; "" if it does.

    `now` is aware, in the office's zone.
    """
    if not service.is_offered_by(VisitChannel.FACE_TO_FACE):
        return _("Hanya lewat {channels}").format(channels=channel_words(service.channels))
    if service.hours is None:
        return ""
    spans = service.hours.spans(now.weekday())
    if OpeningDay(now.date(), spans).is_open(now.time()):
        return ""
    if not spans:
        return _("Tidak dibuka hari ini")
    times = ", ".join(f"{opens:%H.%M}–{closes:%H.%M}" for opens, closes in spans)
    return _("Dibuka {times}").format(times=times)


def service_refusal(service: template.ServiceTemplate, now: datetime) -> str:
    """Return why a kiosk gives no number of a service at `now`, "" when it does.

    A visitor who began while the service was open may finish within `GRACE`.
    """
    if not service_closed_words(service, now - GRACE):
        return ""
    return service_closed_words(service, now)
