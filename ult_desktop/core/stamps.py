"""Time as the store keeps it: UTC milliseconds; the working day is the office's own."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

MINUTE_MS = 60_000
DAY_MS = 24 * 60 * MINUTE_MS


def to_datetime(stamp: int, zone: ZoneInfo) -> datetime:
    """A stamp (UTC milliseconds) as an aware time in the office's zone."""
    return datetime.fromtimestamp(stamp / 1000, UTC).astimezone(zone)


def to_stamp(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def office_day(stamp: int, zone: ZoneInfo) -> str:
    """The office's own date, "2026-11-21": what a number belongs to."""
    return to_datetime(stamp, zone).date().isoformat()
