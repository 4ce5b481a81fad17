"""The half-hours (slots) that are offered for appointments, and the seats that a service has in each."""

from collections.abc import Collection, Iterator
from datetime import date

import msgspec

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import ServiceTemplate
from ult_desktop.core.office.working_time import DAY, WorkingCalendar
from ult_desktop.core.queue.opening import service_closed_words
from ult_desktop.core.stamps import MINUTE_MS, to_datetime

SLOT_MS = 30 * MINUTE_MS
DAYS_AHEAD = 15  # working days whose half-hours are offered


class BookedSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A seat that an appointment takes: number `seat` of its service in the half-hour of `at` (UTC ms).

    `officer_id` is the officer whom the visitor comes to see, None for any.
    """

    at: int
    service_id: int
    seat: int
    officer_id: int | None


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """A half-hour that begins at `at` (UTC ms) and still has room for `free` visitors."""

    at: int
    free: int


def slot_of(at: int) -> int:
    """Return when the half-hour of a stamp begins; every zone of Indonesia is whole hours from UTC."""
    return at - at % SLOT_MS


def in_slot(taken: Collection[BookedSeat], at: int) -> tuple[BookedSeat, ...]:
    """Return the `taken` seats of the half-hour of `at` (UTC ms)."""
    return tuple(seat for seat in taken if slot_of(seat.at) == slot_of(at))


def free_seats(taken: Collection[BookedSeat], service_id: int, seats: int) -> tuple[int, ...]:
    """Return the numbers of a service's free seats in a half-hour, lowest first.

    The service has `seats` of them, numbered from 1; `taken` are those of this half-hour alone.
    """
    used = {booked.seat for booked in taken if booked.service_id == service_id}
    free = tuple(seat for seat in range(1, seats + 1) if seat not in used)
    # When an office lowers `seats`, appointments keep the higher numbers: each still uses up one seat.
    return free[: max(0, seats - len(used))]


def seats_per_slot(settings: OfficeSettings, service: ServiceTemplate) -> int:
    """Return how many appointments a service has in a half-hour."""
    return service.seats or settings.cases.seats


def is_open_at(settings: OfficeSettings, service: ServiceTemplate, at: int) -> bool:
    """Return whether the office works at `at` (UTC ms), and the service is open then."""
    calendar = WorkingCalendar(settings)
    spans = calendar.spans(calendar.day_of(at))
    is_working = any(opens <= at < closes for opens, closes in spans)
    return is_working and not service_closed_words(service, to_datetime(at, settings.office.zone))


def free_slots(
    settings: OfficeSettings,
    service_id: int,
    service: ServiceTemplate,
    taken: Collection[BookedSeat],
    now: int,
    officer_id: int | None = None,
) -> tuple[Slot, ...]:
    """Return the half-hours after `now` (UTC ms) with room, of today and the next working days.

    `taken` are the seats of all appointments on these days. With `officer_id`, only the half-hours in which
    this officer has no appointment are returned.
    """
    slots = []
    for at in _half_hours(settings, now):
        booked = in_slot(taken, at)
        is_busy = officer_id is not None and any(seat.officer_id == officer_id for seat in booked)
        free = len(free_seats(booked, service_id, seats_per_slot(settings, service)))
        if free and not is_busy and is_open_at(settings, service, at):
            slots.append(Slot(at=at, free=free))
    return tuple(slots)


def days_ahead(settings: OfficeSettings, now: int) -> tuple[str, str]:
    """Return the first and the last day, in ISO, whose half-hours are offered at `now` (UTC ms)."""
    calendar = WorkingCalendar(settings)
    first = calendar.day_of(now)
    return first.isoformat(), calendar.nth_working_day(first, DAYS_AHEAD).isoformat()


def _half_hours(settings: OfficeSettings, now: int) -> Iterator[int]:
    """Yield the half-hours that lie wholly within working hours and have not begun."""
    calendar = WorkingCalendar(settings)
    day, last = map(date.fromisoformat, days_ahead(settings, now))
    while day <= last:
        for opens, closes in calendar.spans(day):
            first = -(-max(opens, now + 1) // SLOT_MS) * SLOT_MS  # rounded up
            yield from range(first, closes - SLOT_MS + 1, SLOT_MS)
        day += DAY
