"""The opening hours of a day, and its time slots."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from ult_desktop.base import _
from ult_desktop.core.office import settings as office_settings, template, working_time
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import ServiceTemplate
from ult_desktop.core.office.working_time import DAY, WorkingCalendar
from ult_desktop.core.queue.boards import DayEnd, OpeningDay, OpeningStatus, Openness
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp
from ult_desktop.core.visits.visit import VisitChannel, channel_words

GRACE = timedelta(minutes=3)
LOOK_AHEAD_DAYS = 30  # the longest closure (Idul Fitri with cuti bersama) is shorter


def day_end(settings: office_settings.OfficeSettings, now: datetime) -> DayEnd:
    """Return when the hours of the day of `now` (aware, office's zone) end."""
    closes = working_time.closing_time(settings, now)
    return DayEnd() if closes is None else DayEnd(closes=f"{closes:%H.%M}", early=now < closes)


def opening_of(settings: office_settings.OfficeSettings, kiosk_pause: str, now: datetime) -> OpeningStatus:
    """Return the opening as a visitor finds it at `now` (aware, office's zone).

    A pause of the kiosks counts within the hours alone: outside them a visitor waits for the hours. An office
    that works around the clock (every day 00.00-23.59) keeps its own closures, and no national holidays.
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


def _within(hours: template.Weekly, now: datetime) -> bool:
    return OpeningDay(now.date(), hours.spans(now.weekday())).is_open(now.time())


def gives_numbers(settings: office_settings.OfficeSettings, kiosk_pause: str, now: datetime) -> bool:
    """Return whether a kiosk gives a number at `now` (aware, office's zone).

    Whoever began before a break or the closing may finish within `GRACE` (docs/domain.md, "Numbers and the
    day").
    """
    moments = (now, now - GRACE)
    return any(opening_of(settings, kiosk_pause, each).state is Openness.OPEN for each in moments)


def next_opening(days: Sequence[OpeningDay], now: datetime) -> datetime | None:
    """Return when the office opens next within `days`; None when it does not."""
    begins = (datetime.combine(day.date, opens, tzinfo=now.tzinfo) for day in days for opens, _ in day.spans)
    return next((moment for moment in begins if moment > now), None)


def service_opening(service: template.ServiceTemplate, now: datetime) -> str:
    """Return why a service gives no numbers at `now`, in words for its card; "" when it does."""
    if not service.is_offered_by(VisitChannel.FACE_TO_FACE):
        return _("Hanya lewat {channels}").format(channels=channel_words(service.channels))
    if service.hours is None or _within(service.hours, now):
        return ""
    spans = service.hours.spans(now.weekday())
    if not spans:
        return _("Tidak dibuka hari ini")
    times = ", ".join(f"{opens:%H.%M}–{closes:%H.%M}" for opens, closes in spans)
    return _("Dibuka {times}").format(times=times)


def service_refuses(service: template.ServiceTemplate, now: datetime) -> str:
    """Return why a kiosk gives no number of a service at `now`, "" when it does, as within `GRACE`."""
    return service_opening(service, now) if service_opening(service, now - GRACE) else ""


SLOT_MS = 30 * MINUTE_MS
DAYS_AHEAD = 15  # working days whose half-hours are offered


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """A place that an appointment takes: number `seat` of its service in the half-hour of `at` (UTC ms)."""

    at: int
    service_id: int
    seat: int
    officer_id: int | None


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A half-hour that begins at `at` (UTC ms) and still has room for so many visitors."""

    at: int
    free: int


def slot_of(at: int) -> int:
    """Return when the half-hour of a stamp begins; every zone of Indonesia is whole hours from UTC."""
    return at - at % SLOT_MS


def in_slot(taken: Collection[Seat], at: int) -> tuple[Seat, ...]:
    return tuple(each for each in taken if slot_of(each.at) == slot_of(at))


def free_seats(taken: Collection[Seat], service_id: int, seats: int) -> tuple[int, ...]:
    """Return the numbers of a service's free places in a half-hour, lowest first; it has `seats` of them."""
    used = {each.seat for each in taken if each.service_id == service_id}
    return tuple(seat for seat in range(1, seats + 1) if seat not in used)[: max(0, seats - len(used))]


def seats_of(settings: OfficeSettings, service: ServiceTemplate) -> int:
    return service.seats or settings.cases.seats


def is_received(settings: OfficeSettings, service: ServiceTemplate, at: int) -> bool:
    """Return whether the office works at `at`, and the service is open then."""
    calendar = WorkingCalendar(settings)
    spans = calendar.spans(calendar.day_of(at))
    at_work = any(opens <= at < closes for opens, closes in spans)
    return at_work and not service_opening(service, to_datetime(at, settings.office.zone))


def free_slots(
    settings: OfficeSettings,
    service_id: int,
    service: ServiceTemplate,
    taken: Collection[Seat],
    now: int,
    officer_id: int | None = None,
) -> tuple[Slot, ...]:
    """Return the half-hours with room, of today and the next working days.

    With an officer, only those in which the officer has no appointment.
    """
    found = []
    for at in _half_hours(settings, now):
        here = in_slot(taken, at)
        busy = officer_id is not None and any(each.officer_id == officer_id for each in here)
        free = len(free_seats(here, service_id, seats_of(settings, service)))
        if free and not busy and is_received(settings, service, at):
            found.append(Slot(at=at, free=free))
    return tuple(found)


def days_ahead(settings: OfficeSettings, now: int) -> tuple[str, str]:
    """Return the first and the last of the office's days whose half-hours are offered."""
    calendar = WorkingCalendar(settings)
    first = calendar.day_of(now)
    return first.isoformat(), calendar.nth_working_day(first, DAYS_AHEAD).isoformat()


def _half_hours(settings: OfficeSettings, now: int) -> Iterator[int]:
    """Yield the half-hours that lie wholly within working hours and have not begun."""
    calendar = WorkingCalendar(settings)
    day, last = (date.fromisoformat(each) for each in days_ahead(settings, now))
    while day <= last:
        for opens, closes in calendar.spans(day):
            first = -(-max(opens, now + 1) // SLOT_MS) * SLOT_MS
            yield from range(first, closes - SLOT_MS + 1, SLOT_MS)
        day += DAY
