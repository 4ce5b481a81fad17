"""A day's opening hours as people type them."""

import re
from itertools import pairwise

_SPAN = re.compile(r"\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|s\.?d\.?|sampai)\s*(\d{1,2})(?:[.:](\d{2}))?\s*")
_LAST_HOUR, _LAST_MINUTE = 23, 59


def parse_spans(text: str) -> tuple[str, ...] | None:
    """The spans in a text such as "8-12, 13:00–16.30"; () when closed, None when it is not understood."""
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    found = [_SPAN.fullmatch(part) for part in parts]
    bounds = [clock for match in found if match is not None for clock in _clocks(match)]
    if (
        None in found
        or None in bounds
        or any(later <= earlier for earlier, later in pairwise(map(str, bounds)))
    ):
        return None
    return tuple(f"{opens}-{closes}" for opens, closes in zip(bounds[::2], bounds[1::2], strict=True))


def _clocks(match: re.Match[str]) -> tuple[str | None, str | None]:
    return _clock(match[1], match[2]), _clock(match[3], match[4])


def _clock(hour: str, minute: str | None) -> str | None:
    if int(hour) > _LAST_HOUR or int(minute or 0) > _LAST_MINUTE:
        return None
    return f"{int(hour):02}.{minute or '00'}"


def hours_text(spans: tuple[str, ...]) -> str:
    return ", ".join(spans)
