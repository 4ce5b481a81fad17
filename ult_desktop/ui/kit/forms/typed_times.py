"""Dates and times as people type them."""

import re
from datetime import date, time

_PARTS = re.compile(r"\D+")
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_ENGLISH = {"may": 5, "aug": 8, "agt": 8, "oct": 10, "dec": 12}


def read_date(text: str, today: date) -> date | None:
    """A day such as "21-11-2026", "21/11", "2026-11-21", "21 Nov 2026" or "21"; None if it is none.

    What is left out is today's.
    """
    try:
        return _day(text, today)
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """A time such as "9.30", "09:30", "0930" or "9"; None if it is none."""
    try:
        return _time(text)
    except ValueError:
        return None


def _day(text: str, today: date) -> date:
    parts = [part for part in _PARTS.split(_months_as_numbers(text)) if part]
    if len(parts) == 1 and len(parts[0]) in (6, 8):  # 211126, 21112026
        whole = parts[0]
        parts = [whole[:2], whole[2:4], whole[4:]]
    if not 1 <= len(parts) <= 3:
        raise ValueError(text)
    if len(parts[0]) == 4:
        parts.reverse()
    numbers = [int(part) for part in parts]
    day, month, year = (*numbers, *(today.day, today.month, today.year)[len(numbers) :])
    return date(year + 2000 if year < 100 else year, month, day)


def _time(text: str) -> time:
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) == 1 and len(parts[0]) in (3, 4):
        parts = [parts[0][:-2], parts[0][-2:]]
    if not 1 <= len(parts) <= 2:
        raise ValueError(text)
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return time(hour, minute)


def _months_as_numbers(text: str) -> str:
    def number(match: re.Match[str]) -> str:
        short = match.group()[:3].casefold()
        if short in _MONTHS:
            return f" {_MONTHS.index(short) + 1} "
        if short in _ENGLISH:
            return f" {_ENGLISH[short]} "
        raise ValueError(text)

    return re.sub(r"[^\W\d_]+", number, text)
