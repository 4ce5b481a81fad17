"""Which backups are kept: hourly today, daily for 30 days, monthly for a year."""

from collections.abc import Callable, Iterable
from datetime import datetime

DAILY_DAYS, MONTHLY_DAYS = 30, 366
_Key = tuple[int, ...]


def backups_to_keep(backups: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The ones to keep, of each hour, day or month the last. All times aware, in the office's zone.

    The newest stays whatever its age, and so does one from the future: a clock that went wrong must not
    cost a backup.
    """
    all_of_them = sorted(backups)
    past = [each for each in all_of_them if each <= now]
    future = (each for each in all_of_them if each > now)
    hourly = _last_of_each(past, now, 0, lambda at: (at.hour,))
    daily = _last_of_each(past, now, DAILY_DAYS, lambda at: (at.toordinal(),))
    monthly = _last_of_each(past, now, MONTHLY_DAYS, lambda at: (at.year, at.month))
    return frozenset((*hourly, *daily, *monthly, *all_of_them[-1:], *past[-1:], *future))


def _last_of_each(
    backups: Iterable[datetime], now: datetime, days: int, part: Callable[[datetime], _Key]
) -> Iterable[datetime]:
    """Of those at most `days` old the last of each part; `backups` in order."""
    young = [each for each in backups if (now.date() - each.date()).days <= days]
    return {part(each): each for each in young}.values()
