"""Stamps, the times that the store keeps (UTC milliseconds), and their dates in the office's time zone."""

from calendar import monthrange
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from ult_desktop.base import formats

Day = TypeVar("Day", date, datetime)
TimeSpan = tuple[int, int]  # begin and end, UTC ms
MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS
# Two PCs' times can differ by this, for the round trip to the share and the file system's precision.
CLOCKS_APART_MS = 250
QUARTER_MS = 15 * MINUTE_MS


def to_datetime(stamp: int, zone: tzinfo | None) -> datetime:
    """Return a stamp (UTC milliseconds) as an aware time of `zone`; None is this PC's own zone."""
    return datetime.fromtimestamp(stamp / 1000, UTC).astimezone(zone)


def day_begins(day: str, zone: ZoneInfo) -> int:
    """Return the stamp of the midnight at which the office's date `day` begins."""
    return to_stamp(datetime.fromisoformat(day).replace(tzinfo=zone))


def to_stamp(moment: datetime) -> int:
    """Return an aware time as a stamp (UTC ms)."""
    return int(moment.timestamp() * 1000)


def on_this_pc(stamp: int) -> str:
    """Format a stamp by this PC's clock, "21/11/2026 09.41 WITA": for those who look after the PCs."""
    moment = to_datetime(stamp, None)
    return f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"


def to_minute(moment: datetime) -> str:
    """Format a time in ISO without its zone, as spreadsheets read it: "2026-11-23 09:41"."""
    return moment.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")


def minute_at(stamp: int | None, zone: ZoneInfo) -> str | None:
    """Return a stamp as `to_minute` writes it; None for None, where something has not happened yet."""
    return None if stamp is None else to_minute(to_datetime(stamp, zone))


def months_on(day: Day, months: int) -> Day:
    """Return the same day so many months later (earlier if negative); the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return day.replace(year=year, month=month + 1, day=min(day.day, last))


def office_day(stamp: int, zone: ZoneInfo) -> str:
    """Return the date of a stamp in the office's zone, as "2026-11-21"."""
    return _day_at(stamp // QUARTER_MS, zone)


@lru_cache(maxsize=16)
def _day_at(quarter: int, zone: ZoneInfo) -> str:
    """Return the date of a quarter of an hour, counted from the epoch.

    Cached, for every operation asks for it. No quarter has two dates: every zone is whole quarters from UTC.
    """
    return to_datetime(quarter * QUARTER_MS, zone).date().isoformat()
