"""The office's working calendar: its days and hours, and the count of working days and office time.

Every "hari kerja" of a procedure or a law and every minute of a standard is counted here
(docs/domain.md, "Working time").
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import msgspec

from ult_desktop.base import counted
from ult_desktop.core import stamps
from ult_desktop.core.office import national_days, settings as office_settings, template

LAST_MINUTE = time(23, 59)  # a file cannot say 24.00: a span that ends here ends at midnight
WHOLE_DAY = (time(0, 0), LAST_MINUTE)
DAY = timedelta(days=1)
_ANY_DAY = date(2000, 1, 1)  # for spans of which only the length matters


class DueDay(msgspec.Struct, frozen=True):
    """A deadline: `at` is the end of the `days`-th working day after the day of `since`. UTC ms."""

    at: int
    since: int
    days: int


class WorkedTime(msgspec.Struct, frozen=True, kw_only=True):
    """Office time as people say it: whole working days, and the minutes of a further one."""

    days: int = 0
    minutes: int = 0

    @property
    def words(self) -> str:
        """The time in words: "7 hari kerja 1 jam", "45 menit"."""
        hours, minutes = divmod(self.minutes, 60)
        parts = (
            counted("{n} hari kerja", self.days) if self.days else "",
            counted("{n} jam", hours) if hours else "",
            counted("{n} menit", minutes) if minutes else "",
        )
        return " ".join(filter(None, parts)) or counted("{n} menit", 0)

    def plus(self, other: "WorkedTime", minutes_per_day: int) -> "WorkedTime":
        """Return the sum of both, where a usual working day has `minutes_per_day`."""
        full_days, minutes = divmod(self.minutes + other.minutes, minutes_per_day)
        return WorkedTime(days=self.days + other.days + full_days, minutes=minutes)


def holiday_on(settings: office_settings.OfficeSettings, day: date) -> str:
    """Return why the office is closed the whole day: its own closure or a national holiday; "" if it is not.

    An office that works around the clock keeps its own closures, and no national holidays.
    """
    closure = next((closure.reason for closure in settings.closures if closure.date == day), "")
    # The office's own closures and working days count more than the national decree.
    if closure or day in settings.working_days or is_round_the_clock(settings.hours):
        return closure
    national = national_days.national_days(day.year, national_days.PUBLIC).get(day, "")
    if national or settings.cuti_bersama_works:
        return national
    return national_days.national_days(day.year, national_days.CUTI_BERSAMA).get(day, "")


def hours_on(settings: office_settings.OfficeSettings, day: date) -> template.Weekly:
    """Return the week's hours that hold on `day`: those of Ramadan within it, else the usual ones."""
    ramadan_hours = (period.hours for period in settings.ramadan if period.first <= day <= period.last)
    return next(ramadan_hours, settings.hours)


def closing_time(settings: office_settings.OfficeSettings, now: datetime) -> datetime | None:
    """Return when the office closes on the day of `now` (aware, office's zone).

    None on a day off, and for an office that never closes or has written no hours.
    """
    hours = hours_on(settings, now.date())
    spans = hours.spans(now.weekday())
    if not spans or holiday_on(settings, now.date()) or is_round_the_clock(hours):
        return None
    return datetime.combine(now.date(), spans[-1][1], tzinfo=now.tzinfo)


def is_round_the_clock(hours: template.Weekly) -> bool:
    """Return whether the hours are 00.00-23.59 on every day."""
    return all(hours.spans(weekday) == (WHOLE_DAY,) for weekday in range(7))


class WorkingCalendar:
    """The calendar that counts office time and working days of one office. All stamps are UTC milliseconds.

    Time runs only within the spans of a working day. Breaks, nights, holidays and closures do not count, so
    what is done outside the hours neither costs time nor gives any. An office that wrote no hours at all is
    counted around the clock.
    """

    def __init__(self, settings: office_settings.OfficeSettings) -> None:
        self._settings = settings
        self._zone = settings.office.zone
        self._has_no_hours = settings.hours == template.Weekly()
        self._days: dict[date, tuple[stamps.TimeSpan, ...]] = {}

    @property
    def usual_minutes(self) -> int:
        """The minutes that most working days of the week have; if two lengths are as usual, the longer."""
        lengths = []
        for weekday in range(7):
            spans = self._stamps(_ANY_DAY, self._settings.hours.spans(weekday))
            lengths.append(sum(closes - opens for opens, closes in spans) // stamps.MINUTE_MS)
        worked = [length for length in lengths if length]
        return max(worked, key=lambda length: (worked.count(length), length), default=24 * 60)

    def day_of(self, at: int) -> date:
        """Return the office's own date at a stamp."""
        return stamps.to_datetime(at, self._zone).date()

    def is_working_day(self, day: date) -> bool:
        return bool(self.spans(day))

    def spans(self, day: date) -> tuple[stamps.TimeSpan, ...]:
        """Return (begin, end) of each stretch worked on `day`, in order; breaks are the gaps between them."""
        if day not in self._days:
            self._days[day] = self._spans(day)
        return self._days[day]

    def breaks(self, day: date) -> tuple[stamps.TimeSpan, ...]:
        """Return (begin, end) of each gap between the stretches worked on `day`."""
        return tuple((closes, opens) for (_, closes), (opens, _) in pairwise(self.spans(day)))

    def time_between(self, begin: int, end: int) -> int:
        """Return the office time between two stamps, in ms; 0 when `end` is not after `begin`."""
        if end <= begin:
            return 0
        day, last, passed_ms = self.day_of(begin), self.day_of(end), 0
        while day <= last:
            for opens, closes in self.spans(day):
                passed_ms += max(0, min(end, closes) - max(begin, opens))
            day += DAY
        return passed_ms

    def worked_time(self, since: int, time_ms: int) -> WorkedTime:
        """Return `time_ms` of office time, counted from `since`, in working days and minutes.

        A working day is over at the same clock time of the next one, and at the latest when that one closes:
        from Monday 10.00 to Tuesday 10.30 are one day and 30 minutes, however long the office was open.
        """
        if time_ms < stamps.MINUTE_MS:
            return WorkedTime()
        begin = self.due_after_time(since, 1) - 1  # the first moment of office time from `since` on
        end = self.due_after_time(since, time_ms)
        days = self.days_between(self.day_of(begin), self.day_of(end))
        # In office time: 12.00 and 13.00 with a break between them are the same moment.
        passed_ms = self.time_between(begin, self._same_clock_time(begin, days))
        if passed_ms > time_ms:  # the last day is not over
            days -= 1
            passed_ms = self.time_between(begin, self._same_clock_time(begin, days))
        return WorkedTime(days=days, minutes=(time_ms - passed_ms) // stamps.MINUTE_MS)

    def _same_clock_time(self, at: int, days: int) -> int:
        """Return the stamp of the clock time of `at` on the `days`-th working day after it.

        It lies within the hours of that day: if `at` is not after the opening of its own day, it is the
        opening, and it is never after the closing.
        """
        day = self.nth_working_day(self.day_of(at), days)
        if at <= self.spans(self.day_of(at))[0][0]:
            return self.spans(day)[0][0]
        return min(self._stamp(day, stamps.to_datetime(at, self._zone).time()), self.closing(day))

    def due_after_time(self, at: int, time_ms: int) -> int:
        """Return the first moment by which `time_ms` of office time have passed since `at`."""
        if time_ms <= 0:
            return at
        day, remaining_ms = self.day_of(at), time_ms
        while True:
            for opens, closes in self.spans(day):
                begin = max(at, opens)
                if closes - begin >= remaining_ms:
                    return begin + remaining_ms
                remaining_ms -= max(0, closes - begin)
            day += DAY

    def due(self, since: int, days: int) -> DueDay:
        """Return the deadline `days` working days after the day of `since` (UTC ms)."""
        return DueDay(self.due_after_days(since, days), since, days)

    def due_after_days(self, at: int, days: int) -> int:
        """Return when work ends on the `days`-th working day (at least 1) after the day of `at`."""
        return self.closing(self.nth_working_day(self.day_of(at), days))

    def nth_working_day(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, which itself does not count; `day` for n = 0."""
        while n > 0:
            day += DAY
            n -= self.is_working_day(day)
        return day

    def days_between(self, day: date, last: date) -> int:
        """Return the number of working days after `day`, up to `last`; 0 when `last` is not after `day`."""
        days = 0
        while day < last:
            day += DAY
            days += self.is_working_day(day)
        return days

    def closing(self, working_day: date) -> int:
        """Return when work ends on a working day."""
        return self.spans(working_day)[-1][1]

    def _spans(self, day: date) -> tuple[stamps.TimeSpan, ...]:
        if self._has_no_hours:
            return ((self._stamp(day, time(0, 0)), self._stamp(day, LAST_MINUTE)),)
        if holiday_on(self._settings, day):
            return ()
        return self._stamps(day, hours_on(self._settings, day).spans(day.weekday()))

    def _stamps(self, day: date, hours: Iterable[tuple[time, time]]) -> tuple[stamps.TimeSpan, ...]:
        return tuple((self._stamp(day, opens), self._stamp(day, closes)) for opens, closes in hours)

    def _stamp(self, day: date, clock: time) -> int:
        # 23.59 stands for midnight: else an office around the clock would close for a minute each night.
        if clock == LAST_MINUTE:
            day, clock = day + DAY, time(0, 0)
        return stamps.to_stamp(datetime.combine(day, clock, tzinfo=self._zone))


_SPAN = re.compile(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|s\.?d\.?|sampai)\s*(\d{1,2})(?:[.:](\d{2}))?\s*")


def parse_spans(text: str) -> tuple[str, ...] | None:
    """Read the spans in a text such as "8-12, 13:00–16.30", as ("08.00-12.00", "13.00-16.30").

    () for an empty text (closed). None for a text that is not understood, or whose spans are out of order.
    """
    bounds = list[str]()
    for part in filter(str.strip, re.split(r"[,;]", text)):
        match = _SPAN.fullmatch(part)
        if match is None:
            return None
        for hour, minute in ((match[1], match[2] or "00"), (match[3], match[4] or "00")):
            if int(hour) > LAST_MINUTE.hour or int(minute) > LAST_MINUTE.minute:
                return None
            bounds.append(f"{int(hour):02}.{minute}")
    if any(later <= earlier for earlier, later in pairwise(bounds)):
        return None
    return tuple(f"{opens}-{closes}" for opens, closes in zip(bounds[::2], bounds[1::2], strict=True))


def hours_text(spans: tuple[str, ...]) -> str:
    """Return spans as people type them: "08.00-12.00, 13.00-16.30"."""
    return ", ".join(spans)
