"""The cells of forms and lists: text that people typed, cleaned or refused with the form that is expected."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from ult_desktop.base import UserError, _
from ult_desktop.base.formats import HOURS_EAST
from ult_desktop.core import free_text, personal, stamps

_FORMULA_ERROR = re.compile(r"^\s*#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_ERROR_WITHIN = 100  # letters: only blanks may stand before the error of a formula
_NOTHING = {"-", "–", "—", "n/a", "tidak ada", "tidak punya"}  # the words of a cell that says nothing
_NO_VALUE = {"na", "nihil", "null", "none"}  # more of them, but not for a name: people are called so too
_EMAIL = re.compile(r"^[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\".()]{2,}$")
_PHONE = re.compile(r"^\+?\d{6,16}$")
_COUNTRY_AND_ZERO = re.compile(r"^(\+?62)\s*\(0\)")
_AS_FRACTION = re.compile(r"^\+?(\d+)[.,]0+$")  # 81234567890.0
_AS_POWER = re.compile(r"^\+?\d(?:[.,](\d+))?e\+?(\d{1,2})$", re.IGNORECASE)  # 8.123456789E+10
_BETWEEN_PHONES = re.compile(r"\s*[,;|\n]\s*|\s+/\s*|\s*/\s+|\s+(?:atau|dan|&)\s+", re.IGNORECASE)
_MIN_DIGITS = 5  # of each telephone, where a cell has several: one may lack its area code
_AM_PM = r"\s*([AP]M)?"
_ZONE = rf"\s*({'|'.join(HOURS_EAST)})?"
_CLOCK = (
    r"(?:[ T,]+(?:(?:pukul|jam|pkl\.?)\s*)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:[.,]\d+)?)?"
    + _AM_PM
    + _ZONE
    + ")?"
)
_BY_NUMBERS = re.compile(  # 21/11/2026 09.30 WIB
    r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})" + _CLOCK + "$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(  # as Google Forms writes it: 2026/09/01 10:00:00 AM GMT+7
    r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]+(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?" + _AM_PM + ")?"
    r"(?:\s*(GMT|UTC)([+\-]\d{1,2})?(?::?(\d{2}))?)?$",
    re.IGNORECASE,
)
_BY_NAME = re.compile(  # Sabtu, 21 November 2026 pukul 09.30
    r"^(?:[a-z\u2018\u2019'`]+\.?,?\s+)?(\d{1,2})[ \-]([a-z]+)\.?[ \-](\d{4}|\d{2})" + _CLOCK + "$",
    re.IGNORECASE,
)
_WITH_CLOCK = re.compile(r"\d[ T,]+(?:(?:pukul|jam|pkl\.?)\s*)?\d{1,2}[.:]\d{2}", re.IGNORECASE)
_DAY_NUMBER = re.compile(r"^(\d{5})(?:[.,](\d+))?$")  # days since 30 December 1899, as Excel counts them
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (in the office's zone, as every date of a list)
_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
FIRST_YEAR = 2000


class BadCell(Exception):
    """The error for a cell that cannot be taken: its `problem`, and the form that is `expected`, in words."""

    def __init__(self, problem: str, expected: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.expected = expected

    def refusal(self, label: str = "") -> UserError:
        """Return the error for the person who typed the text; `label` names the field."""
        return UserError(
            f"{label}: {self.problem}." if label else f"{self.problem}.",
            _("Tidak ada yang berubah; yang diketik masih ada."),
            _("Yang diharapkan: {form}.").format(form=self.expected),
        )


def clean_line(text: str, longest: int) -> str:
    """Return one line without unseen characters; "" for a dash, "tidak ada" or "null". Raises BadCell."""
    line = clean_name(text, longest)
    return "" if line.casefold() in _NO_VALUE else line


def clean_name(text: str, longest: int) -> str:
    """Return a name as `clean_line` does: Na, Null and Nihil are names. Raises BadCell."""
    line = " ".join(clean_text(text, longest).split())
    return "" if line.casefold() in _NOTHING else line


def says_nothing(text: str) -> bool:
    """Return whether a cell is empty, or has a word for that: a dash, "tidak ada", "null"."""
    plain = text.strip().casefold()
    return not plain or plain in _NOTHING or plain in _NO_VALUE


def clean_text(text: str, longest: int) -> str:
    """Return the text, cleaned, with its line breaks.

    What begins like a formula is text: it is guarded where it is written out (`base/spreadsheet.py`). Raises
    BadCell for the error that a formula gave, or for more than `longest` letters.
    """
    if "#" in text[:_ERROR_WITHIN] and _FORMULA_ERROR.match(text):
        raise BadCell(_("rumus yang gagal"), _("teks biasa, bukan galat lembar kerja"))
    plain = text.strip()
    if not (plain.isascii() and plain.isprintable()):  # a list has many cells that need none of this
        plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
        # Keyboards write é as one character or as two. Two spellings would make two people of one name.
        plain = unicodedata.normalize("NFC", free_text.strip_invisible(plain)).strip()
    if len(plain) > longest:
        raise BadCell(
            _("terlalu panjang ({n} huruf)").format(n=len(plain)),
            _("paling banyak {n} huruf").format(n=longest),
        )
    return plain


def clean_email(text: str) -> str:
    """Return the cleaned e-mail address. Raises BadCell when it is no address, or the mask of one."""
    address = clean_line(text, 254)
    if address and (not _EMAIL.match(address) or personal.is_masked(address)):
        raise BadCell(_("bukan alamat surel"), _("nama@contoh.go.id, atau kosong"))
    return address


def clean_phone(text: str) -> str:
    """Return a telephone number as digits alone, with "+" in front where it was typed; "" for nothing.

    Where a spreadsheet took the number for a quantity, the zero that it dropped is put back, and a fraction
    or a power that it wrote is undone. The zero of "+62 (0) 812" is left out. Raises BadCell when it is no
    number, or one that was rounded.
    """
    line = _COUNTRY_AND_ZERO.sub(r"\1", clean_line(text, 60))
    number = _AS_FRACTION.sub(r"\1", re.sub(r"[\s()\-/]|^'", "", _from_power(line)))
    number = number.replace(".", "")
    if number and not _PHONE.match(number):
        raise BadCell(_("bukan nomor telepon"), _("6 sampai 16 angka, misalnya 081234567890, atau kosong"))
    # Mobile numbers begin with 08; without a zero, a spreadsheet dropped it.
    return f"0{number}" if number.startswith("8") else number


def _from_power(line: str) -> str:
    """Return "8.1234567890E+10" as the number that it is. Raises BadCell when digits were rounded away."""
    match = _AS_POWER.match(line)
    if match is None:
        return line
    digits, power = match[1] or "", int(match[2])
    if len(digits) < power:
        raise BadCell(_("nomor yang dibulatkan lembar kerja"), _("kolom nomor berformat Teks"))
    return line[0] + digits[:power]


def split_phones(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the first telephone number of a cell, not yet cleaned, and the others.

    The whole cell is the first where it holds one number, or parts too short to be numbers.
    """
    first, *others = _BETWEEN_PHONES.split(text.strip())
    if not others or any(len(re.sub(r"\D", "", part)) < _MIN_DIGITS for part in (first, *others)):
        return text, ()
    return first, tuple(others)


def clean_day(text: str) -> str:
    """Return the day in ISO, read as `parse_day` does; "" for nothing. Raises BadCell."""
    return parse_day(text).isoformat() if clean_line(text, 60) else ""


def parse_day(text: str, *, day_comes_first: bool = True) -> date:
    """Read a date in any usual form. Raises BadCell when it is none, or before the year 2000."""
    moment = _moment_of(clean_line(text, 60), day_comes_first)
    if moment is None:
        raise BadCell(_("bukan tanggal"), _("tanggal seperti 21/11/2026 atau 2026-11-21"))
    return moment.date()


def parse_moment(text: str) -> datetime:
    """Read a date with its time, in any usual form; with a zone where one was named. Raises BadCell."""
    line = clean_line(text, 60)
    moment = _moment_of(line, day_comes_first=True) if _WITH_CLOCK.search(line) else None
    if moment is None:
        raise BadCell(_("bukan waktu"), _("tanggal dan jam seperti 21/11/2026 09.30 atau 2026-11-21 09:30"))
    return moment


def refusal_words(clean: Callable[[str], str], text: str) -> str:
    """Return why `clean` refuses `text`, as a form shows it; "" if it accepts it, or the text is masked."""
    try:
        clean("" if personal.is_masked(text) else text)
    except BadCell as bad:
        return f"{bad.problem}: {bad.expected}"
    return ""


def is_day_first(texts: Sequence[str]) -> bool:
    """Return whether 3/4/2026 is 3 April in this column of dates.

    It is, unless one of the dates can only have the month first and none can only have the day first.
    """
    pairs = _first_two_numbers(texts)
    must_be_day_first = any(first > 12 for first, _second in pairs)
    must_be_month_first = any(first <= 12 < second for first, second in pairs)
    return must_be_day_first or not must_be_month_first


def is_order_ambiguous(texts: Sequence[str]) -> bool:
    """Return whether a column has dates such as 3/4/2026, and none shows if the day or the month is first."""
    pairs = _first_two_numbers(texts)
    return any(map(fits_either_order, texts)) and all(max(pair) <= 12 for pair in pairs)


def fits_either_order(text: str) -> bool:
    """Return whether a date is one day with the day first, and another with the month first."""
    pairs = _first_two_numbers((text,))
    return bool(pairs) and max(pairs[0]) <= 12 and pairs[0][0] != pairs[0][1]


def _first_two_numbers(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return day and month, or month and day, of each date that is written in numbers."""
    return [(int(match[1]), int(match[2])) for match in map(_BY_NUMBERS.match, texts) if match]


def parse_timestamp(text: str, zone: tzinfo, now: int, *, day_comes_first: bool = True) -> int | None:
    """Return a date, with or without its time, as UTC ms.

    A date without a zone is in `zone`; WIB, WITA and WIT name one. An empty text gives None. A time that is
    up to a day after `now` (UTC ms) becomes `now`.

    Raises:
        BadCell: no date, before the year 2000, or later than a day from `now`.
    """
    line = clean_line(text, 60)
    if not line:
        return None
    moment = _moment_of(line, day_comes_first)
    if moment is None:
        raise BadCell(_("bukan tanggal"), _("tanggal seperti 21/11/2026 09.30 atau 2026-11-21"))
    stamp = stamps.to_stamp(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    if stamp > now + stamps.DAY_MS:
        raise BadCell(_("tanggal yang belum tiba"), _("hari ini atau sebelumnya"))
    # The clock of the program that wrote the list may run ahead, and nothing is dated in the future.
    return min(stamp, now)


def _moment_of(line: str, day_comes_first: bool) -> datetime | None:
    """Return the date and time in a line; None for what is no date, or before the year 2000."""
    moment = (
        _from_iso(line)
        or _from_year_first(line)
        or _from_year_last(line, day_comes_first)
        or _from_day_number(line)
    )
    return None if moment is None or moment.year < FIRST_YEAR else moment


def _from_iso(line: str) -> datetime | None:
    try:
        return datetime.fromisoformat(line) if "-" in line else None
    except ValueError:
        return None


def _from_day_number(line: str) -> datetime | None:
    match = _DAY_NUMBER.match(line)
    if match is None:
        return None
    moment = _DAY_ZERO + timedelta(days=float(f"{match[1]}.{match[2] or 0}"))
    # Rounded to a second, for the program that wrote the list cut the fraction of the day off.
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _from_year_first(line: str) -> datetime | None:
    match = _YEAR_FIRST.match(line)
    if match is None:
        return None
    year, month, day, hour, minute, second, am_pm, zone, hours, minutes = match.groups()
    moment = _combine((year, month, day), (hour, minute, second, am_pm))
    if moment is None or zone is None:
        return moment
    east = hours or "+0"  # hours before or after UTC, with their sign, which is that of the minutes too
    offset = timedelta(hours=int(east), minutes=int(f"{east[0]}{minutes or 0}"))
    return moment.replace(tzinfo=timezone(offset)) if abs(offset) < timedelta(days=1) else None


def _from_year_last(line: str, day_comes_first: bool) -> datetime | None:
    """Return a date like 21/11/2026 or "21 November 2026"; a year of two digits is after 2000."""
    by_numbers, by_name = _BY_NUMBERS.match(line), _BY_NAME.match(line)
    match = by_numbers or by_name
    if match is None:
        return None
    first, second, year, *clock, zone = match.groups()
    day, month = (first, second) if by_name or day_comes_first else (second, first)
    if by_name:
        month = str(_MONTHS.get(month[:3].lower(), 0))
    moment = _combine((year if len(year) == 4 else f"20{year}", month, day), clock)
    if moment is None or zone is None:
        return moment
    return moment.replace(tzinfo=timezone(timedelta(hours=HOURS_EAST[zone.upper()])))


def _combine(day: tuple[str, str, str], clock: Sequence[str | None]) -> datetime | None:
    """Return the time of `day` (year, month, day) at `clock` (hour, minute, second, AM or PM or nothing).

    None where the calendar or the clock has no such time.
    """
    hour, minute, second = (int(part or 0) for part in clock[:3])
    am_pm = clock[3]
    if am_pm:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (am_pm.upper() == "PM")
    try:
        return datetime.combine(date(*map(int, day)), time(hour, minute, second))
    except ValueError:
        return None
