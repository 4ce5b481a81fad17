"""Dates, times and numbers as the office writes them, in the language in force.

The names are those of CLDR. They are here and in the catalogues because a program that asks Babel for them
holds all that it knows of both languages, 6 MiB; a test compares them with Babel's.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import Literal

from ult_desktop.base.i18n import _, plural_form

Style = Literal["full", "long", "medium", "short", "month"]
_PATTERNS: dict[Style, str] = {
    "full": "{weekday}, {d} {month} {y}",
    "long": "{d} {month} {y}",
    "medium": "{weekday:.3}, {d} {month:.3}",
    "short": "{d:02d}/{m:02d}/{y}",
    "month": "{month} {y}",
}
DAY_PARTS = (time(0), time(11), time(15), time(18))
"""The beginnings of pagi, siang, sore and malam."""
HOURS_EAST = {"WIB": 7, "WITA": 8, "WIT": 9}
"""The zones of Indonesia, in hours east of Greenwich."""
_INDONESIAN_ZONES = {f"+{hours:02}": name for name, hours in HOURS_EAST.items()}


def capitalised(words: str) -> str:
    """Return `words` with a capital letter at the beginning, and the rest as it is."""
    return words[:1].upper() + words[1:]


def format_date(day: date, style: Style = "full") -> str:
    """Return the day as the style writes it; full is "Sabtu, 21 November 2026".

    Long is "21 November 2026", medium "Sab, 21 Nov", short "21/11/2026", month "November 2026".
    """
    names = _(
        "Januari, Februari, Maret, April, Mei, Juni, Juli, Agustus, September, Oktober, November, Desember"
    )
    month = _nth(names, day.month - 1)
    return _PATTERNS[style].format(
        weekday=weekday_name(day.weekday()), d=day.day, m=day.month, month=month, y=day.year
    )


def format_near_date(day: date, today: date) -> str:
    """Return the day in the medium style, with its year unless that is this year: "Kam, 20 Nov 2025"."""
    words = format_date(day, "medium")
    return words if day.year == today.year else f"{words} {day.year}"


def format_near_moment(at: datetime, today: date) -> str:
    """Return the day as `format_near_date` does, and the time: "Kam, 20 Nov 09.41"."""
    return f"{format_near_date(at.date(), today)} {format_time(at)}"


def format_days(first: date, last: date) -> str:
    """Return the days from `first` to `last` as people say them: "2–8 November 2026".

    A whole month is "November 2026", a whole year "2026", a day alone as in the long style.
    """
    if first == last:
        return format_date(first, "long")
    ends_month = (last + timedelta(1)).day == 1
    if first.day == 1 and ends_month and first.year == last.year:
        if first.month == last.month:
            return format_date(first, "month")
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_date(last, 'long')}"
    begin = format_date(first, "long")
    if first.year == last.year:
        begin = begin.removesuffix(f" {first.year}")
    return f"{begin} – {format_date(last, 'long')}"


def weekday_name(weekday: int) -> str:
    """Return the name of a weekday; Monday is 0, as in `date.weekday()`."""
    return _nth(_("Senin, Selasa, Rabu, Kamis, Jumat, Sabtu, Minggu"), weekday)


def _nth(names: str, index: int) -> str:
    """Return the name at an index, "" if an office's own catalogue lacks it."""
    parts = _split(names)
    return parts[index] if index < len(parts) else ""


@cache
def _split(names: str) -> tuple[str, ...]:
    return tuple(names.split(", "))


def format_time(moment: datetime | time) -> str:
    """Return hour and minute with a dot in Indonesian ("09.41"), with a colon in English ("09:41")."""
    mark = _marks(_("09.41"))[:1]
    return f"{moment.hour:02d}{mark}{moment.minute:02d}"


def zone_name(moment: datetime) -> str:
    """Return WIB, WITA or WIT; the offset ("+03") for a zone without a name; ValueError when naive."""
    if moment.tzinfo is None:
        raise ValueError("a clock needs its time zone")
    name, offset = moment.tzname() or "", f"{moment:%z}"[:3]
    # Windows calls the PC's own zone "SE Asia Standard Time", in the words of its language (`tzname` of an
    # aware local time, https://docs.python.org/3/library/datetime.html#datetime.datetime.tzname).
    return _INDONESIAN_ZONES.get(offset, offset) if " " in name else name


def format_clock(moment: datetime) -> str:
    """Return the time with its zone: "09.41 WITA"."""
    return f"{format_time(moment)} {zone_name(moment)}"


def format_wait(low: int, high: int) -> str:
    """Return an expected wait, given in minutes, in words.

    It is "10–20 menit", "hingga 10 menit" without a lower bound, and "1,5–2,5 jam" beyond two hours.
    """
    if high <= 120:
        return _("{from_to} menit").format(from_to=_from_to(low, high))
    return _("{from_to} jam").format(from_to=_from_to(low / 60, high / 60))


def _from_to(low: float, high: float) -> str:
    if not low:
        return _("hingga {n}").format(n=format_number(high))
    return f"{format_number(low)}–{format_number(high)}"


def format_stopwatch(seconds: float) -> str:
    """Return the time gone by: "04:12", from one hour on "1:04:12"; never negative."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def format_number(number: float | Decimal, digits: int = 2) -> str:
    """Return the number with the language's marks and at most `digits` decimals: "1.234", "83,89"."""
    text = f"{_rounded(number, digits):,f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_number_marks(_("1.234,5")))


def _rounded(number: float | Decimal, digits: int) -> Decimal:
    # By way of its text: `Decimal(0.285)` is 0.28499…, and a report would round it down.
    return Decimal(str(number)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def counted(message: str, number: int, /, **fields: object) -> str:
    """Return `message` with its fields filled in, `{n}` by `number`, in the plural form for that number."""
    return plural_form(message, number).format(n=format_number(number, 0), **fields)


def counted_as(message: str, shown: str) -> str:
    """Return `message` with `{n}` as it is `shown`, rounded or in words, in the plural form that suits it."""
    return plural_form(message, 1 if shown == "1" else 2).format(n=shown)


def format_fixed(number: float | Decimal, digits: int = 2) -> str:
    """Return the number with exactly `digits` decimals, as reports print an index: "85,00"."""
    return f"{_rounded(number, digits):f}".translate(_number_marks(_("1.234,5")))


@cache
def _number_marks(example: str) -> dict[int, str]:
    """Return what replaces "," and "." in a number, by the marks with which a language writes the example."""
    return str.maketrans(dict(zip(",.", _marks(example), strict=False)))


@cache
def _marks(example: str) -> str:
    return "".join(letter for letter in example if not letter.isdecimal())


def greeting(at: time, starts: tuple[time, ...] = DAY_PARTS) -> str:
    """Return the greeting for a time of day; `starts` are the beginnings of pagi, siang, sore, malam."""
    words = (_("Selamat pagi"), _("Selamat siang"), _("Selamat sore"), _("Selamat malam"))
    begun = [word for word, start in zip(words, starts, strict=True) if start <= at]
    return begun[-1] if begun else words[-1]
