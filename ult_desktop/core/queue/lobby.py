"""The state of the lobby by the office's hours and the connection, and its words for the visitors there."""

import enum
import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from ult_desktop.base import _, counted, formats
from ult_desktop.core.queue.boards import OpeningDay
from ult_desktop.core.queue.opening import next_opening

_ENDS_WITHIN = timedelta(hours=2)  # a counter that was left open in the evening serves nobody


class LobbyState(enum.Enum):
    """The state of the lobby.

    BEFORE: the office opens later today. BREAK: it opens again today. ENDING: it has closed, and those who
    have a number are still served. CUT_OFF: it is open, and calls have not reached the screen for long.
    """

    BEFORE = "before"
    OPEN = "open"
    BREAK = "break"
    ENDING = "ending"
    CLOSED = "closed"
    CUT_OFF = "cut_off"

    @property
    def is_at_work(self) -> bool:
        """Whether numbers are called now, as far as the hours say."""
        return self in (LobbyState.OPEN, LobbyState.ENDING, LobbyState.CUT_OFF)


class LobbyNow(msgspec.Struct, frozen=True, kw_only=True):
    """The lobby at a moment.

    `opens` is the next opening (the office's zone), None when none is known; `minutes` are left until then,
    None when it is not today. `holiday` is the name of today's holiday, "" without one.
    """

    state: LobbyState = LobbyState.OPEN
    opens: datetime | None = None
    minutes: int | None = None
    holiday: str = ""


def lobby_now(
    days: Sequence[OpeningDay], now: datetime, *, serving: bool = False, cut_off: bool = False
) -> LobbyNow:
    """Return the state of the lobby at `now` (aware, office's zone).

    Args:
        days: the office's days; where that of `now` is not among them, its hours are not known, and it
            counts as open.
        now: the time on the screen.
        serving: a counter is open, and somebody has a number.
        cut_off: calls have not reached the screen for long.
    """
    today = next((day for day in days if day.date == now.date()), None)
    if today is None or today.is_open(now.time()):
        return LobbyNow(state=LobbyState.CUT_OFF if cut_off else LobbyState.OPEN)
    opens = next_opening(days, now)
    if opens is not None and opens.date() == today.date:
        minutes = math.ceil((opens - now) / timedelta(minutes=1))
        state = LobbyState.BREAK if today.is_break(now.time()) else LobbyState.BEFORE
        return LobbyNow(state=state, opens=opens, minutes=minutes)
    ends = [datetime.combine(today.date, closes, tzinfo=now.tzinfo) for _opens, closes in today.spans]
    closed = max((moment for moment in ends if moment <= now), default=None)
    ending = serving and not cut_off and closed is not None and now - closed < _ENDS_WITHIN
    state = LobbyState.ENDING if ending else LobbyState.CLOSED
    return LobbyNow(state=state, opens=opens, holiday=today.holiday)


def countdown(minutes: int) -> str:
    """Return the time that is left, in words: "25 menit lagi", "1 jam 5 menit lagi"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return counted("{n} menit lagi", minutes)
    if not rest:
        return counted("{n} jam lagi", hours)
    return _("{hours} jam {minutes} menit lagi").format(hours=hours, minutes=rest)


def opens_words(opens: datetime, today: date | None) -> str:
    """Return in words when the office opens again, for kiosk and lobby screen; `today` None: not known."""
    clock = formats.format_clock(opens).replace(" ", "\N{NO-BREAK SPACE}")
    days = None if today is None else (opens.date() - today).days
    if days == 0:
        return _("Buka kembali pukul {clock}.").format(clock=clock)
    if days == 1:
        return _("Buka kembali besok pukul {clock}.").format(clock=clock)
    return _("Buka kembali {day} pukul {clock}.").format(day=formats.format_date(opens), clock=clock)


def week_rows(days: Sequence[OpeningDay], today: date) -> tuple[tuple[str, str], ...]:
    """Return the rows ("Senin–Kamis", "08.00–15.00") for the seven days from `today` on, Monday first.

    Consecutive days with the same hours are in one row; a holiday has its date and name.
    """
    week = [day for day in days if timedelta() <= day.date - today < timedelta(days=7)]
    rows: list[list[OpeningDay]] = []
    for day in sorted(week, key=lambda day: day.date.weekday()):
        before = rows[-1][-1] if rows else None
        if (
            before is not None
            and _hours_words(before) == _hours_words(day)
            and before.date.weekday() + 1 == day.date.weekday()
        ):
            rows[-1].append(day)
        else:
            rows.append([day])
    return tuple((_days_words(alike), _hours_words(alike[0])) for alike in rows)


def _hours_words(day: OpeningDay) -> str:
    spans = (f"{formats.format_time(opens)}–{formats.format_time(closes)}" for opens, closes in day.spans)
    return day.holiday or ", ".join(spans) or _("tutup")


def _days_words(alike: Sequence[OpeningDay]) -> str:
    """Return the weekdays of days with the same hours, "Senin–Kamis"; of holidays the dates."""
    if alike[0].holiday:
        return ", ".join(formats.format_date(day.date, "medium") for day in alike)
    first, last = (formats.weekday_name(day.date.weekday()) for day in (alike[0], alike[-1]))
    return first if len(alike) == 1 else f"{first}–{last}"
