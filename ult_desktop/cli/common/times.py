"""Days and times of day as people write them, for arguments and options."""

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import TypeVar

import click
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import cells

T = TypeVar("T")
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")


class Written(click.ParamType[T]):
    """A parameter that `read` parses; `read` raises `BadCell` for a wrong text. Help calls it `name`."""

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self.name = name
        self._read = read

    @override
    def convert(self, value: str | T, param: click.Parameter | None, ctx: click.Context | None) -> T:
        if not isinstance(value, str):
            return value
        try:
            return self._read(value)
        except cells.BadCell as bad:
            self.fail(f"“{value}” {bad.problem}: {bad.expected}", param, ctx)


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text.strip())
    hour, minute = map(int, found.groups()) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise cells.BadCell(_("bukan jam"), _("jam seperti 09.30 atau 09:30"))
    return time(hour, minute)


def _day(text: str) -> datetime:
    return datetime.combine(cells.parse_day(text), time())


def _moment(text: str) -> datetime | time:
    return _clock(text) if _CLOCK.fullmatch(text.strip()) else cells.parse_moment(text)


ISO_DAY = Written("date", cells.clean_day)
"""A day that the command gets as ISO text; "" if none was typed."""
DAY = Written("date", _day)
CLOCK = Written("time", _clock)
MOMENT = Written("moment", _moment)
"""A date with its time, or a time of the day alone."""
