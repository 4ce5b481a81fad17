"""The cells of forms and lists: text that people typed, cleaned or refused with the form that is expected."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from ult_desktop.base import UserError, _
from ult_desktop.core import free_text, personal, stamps

# A spreadsheet would carry out such a cell when somebody opens the list again:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"^\s*(?:=|[@+\-]\s*[A-Za-z_]\w*\s*[(|!])")
_FAILED = re.compile(r"^\s*#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_NOTHING = {"-", "–", "—", "n/a", "na", "tidak ada", "tidak punya", "nihil", "null", "none"}
_EMAIL = re.compile(r"^[^@\s<>,;:\"()]+@[^@\s<>,;:\"()]+\.[^@\s<>,;:\".()]{2,}$")
_PHONE = re.compile(r"^\+?\d{6,16}$")
_CLOCK = r"(?:[ T,]+(?:pukul\s*)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2})(?:[.,]\d+)?)?\s*(?:WIB|WITA|WIT)?)?"
_BY_NUMBERS = re.compile(r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})" + _CLOCK + "$", re.IGNORECASE)
_YEAR_FIRST = re.compile(  # as Google Forms writes it: 2026/09/01 10:00:00 AM GMT+7
    r"^(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T]+(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?\s*([AP]M)?)?"
    r"(?:\s*(GMT|UTC)([+\-]\d{1,2})?(?::?(\d{2}))?)?$",
    re.IGNORECASE,
)
_BY_NAME = re.compile(r"^(?:[a-z']+,\s*)?(\d{1,2})[ \-]([a-z]+)[ \-](\d{4})" + _CLOCK + "$", re.IGNORECASE)
_WITH_CLOCK = re.compile(r"\d[ T,]+(?:pukul\s*)?\d{1,2}[.:]\d{2}", re.IGNORECASE)
_MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
FIRST_YEAR = 2000


class BadCell(Exception):
    """A cell that cannot be taken: what is wrong with it, and the form that is expected."""

    def __init__(self, said: str, expected: str) -> None:
        super().__init__(said)
        self.said = said
        self.expected = expected

    def refusal(self, label: str = "") -> UserError:
        """Return the error for the person who typed the text; `label` names the field."""
        return UserError(
            f"{label}: {self.said}." if label else f"{self.said}.",
            _("Tidak ada yang berubah; yang diketik masih ada."),
            _("Yang diharapkan: {form}.").format(form=self.expected),
        )


def clean_line(text: str, longest: int) -> str:
    """Return one line without unseen characters; "" for a dash or "tidak ada". Raises BadCell."""
    line = " ".join(clean_text(text, longest).split())
    return "" if line.casefold() in _NOTHING else line


def clean_text(text: str, longest: int) -> str:
    """Return the text, cleaned, with its line breaks.

    Raises BadCell for a formula, for the error that one gave, or for more than `longest` letters.
    """
    if _FORMULA.match(text):
        raise BadCell(_("berisi rumus"), _("teks biasa, tanpa tanda “=” di depan"))
    if _FAILED.match(text):
        raise BadCell(_("rumus yang gagal"), _("teks biasa, bukan galat lembar kerja"))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
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
    """Return a telephone number as digits alone, with "+" in front where it was typed.

    The zero that a spreadsheet dropped is put back. Raises BadCell when it is no number.
    """
    number = re.sub(r"[\s().\-/]|^'", "", clean_line(text, 60))
    if number and not _PHONE.match(number):
        raise BadCell(_("bukan nomor telepon"), _("6 sampai 16 angka, misalnya 081234567890, atau kosong"))
    # Spreadsheets read a telephone number as a quantity and drop its first zero; mobile numbers begin with
    # 08.
    return f"0{number}" if number.startswith("8") else number


def clean_day(text: str) -> str:
    """Return the day in ISO, read as `parse_day` does; "" for nothing."""
    return parse_day(text).isoformat() if clean_line(text, 60) else ""


def parse_day(text: str) -> date:
    """Read a date in any usual form. Raises BadCell when it is none, or before the year 2000."""
    moment = _moment_of(clean_line(text, 60), day_comes_first=True)
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


def trouble(clean: Callable[[str], str], text: str) -> str:
    """Return why `clean` refuses `text`, as a form shows it; "" if it accepts it, or the text is masked."""
    try:
        clean("" if personal.is_masked(text) else text)
    except BadCell as bad:
        return f"{bad.said}: {bad.expected}"
    return ""


def is_day_first(texts: Sequence[str]) -> bool:
    """Return whether 3/4/2026 is 3 April in this column of dates.

    It is, unless one of the dates can only have the month first and none can only have the day first.
    """
    found = [match for match in map(_BY_NUMBERS.match, texts) if match]
    return all(int(match[1]) > 12 or int(match[2]) <= 12 for match in found) or any(
        int(match[1]) > 12 for match in found
    )


def parse_timestamp(text: str, zone: tzinfo, now: int, *, day_comes_first: bool = True) -> int | None:
    """Return a date, with or without its time, as UTC ms.

    A date without a zone is in the office's zone. "" gives None.

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
    # The clock of the program that wrote the list may be ahead. Nothing is dated in the future.
    return min(stamp, now)


def _moment_of(line: str, day_comes_first: bool) -> datetime | None:
    """Return the date and time in a line; None for what is no date, or before the year 2000."""
    moment = _from_iso(line) or _year_first(line) or _from_words(line, day_comes_first)
    return None if moment is None or moment.year < FIRST_YEAR else moment


def _from_iso(line: str) -> datetime | None:
    try:
        return datetime.fromisoformat(line)
    except ValueError:
        return None


def _year_first(line: str) -> datetime | None:
    found = _YEAR_FIRST.match(line)
    if found is None:
        return None
    year, month, day, hour, minute, second, half, zone, hours, minutes = found.groups()
    if half and hour and not 1 <= int(hour) <= 12:
        return None
    clock = hour if half is None else str(int(hour) % 12 + 12 * (half.upper() == "PM"))
    moment = _moment(int(year), int(month), int(day), (clock, minute, second))
    if moment is None or zone is None:
        return moment
    east = hours or "+0"
    offset = timedelta(hours=int(east), minutes=int(f"{east[0]}{minutes or 0}"))
    return moment.replace(tzinfo=timezone(offset)) if abs(offset) < timedelta(days=1) else None


def _from_words(line: str, day_comes_first: bool) -> datetime | None:
    by_numbers, by_name = _BY_NUMBERS.match(line), _BY_NAME.match(line)
    if by_numbers:
        one, two, year = (int(by_numbers[place]) for place in (1, 2, 3))
        day, month = (one, two) if day_comes_first else (two, one)
        return _moment(year, month, day, by_numbers.groups()[3:])
    if by_name:
        month = _MONTHS.get(by_name[2][:3].lower(), 0)
        return _moment(int(by_name[3]), month, int(by_name[1]), by_name.groups()[3:])
    return None


def _moment(year: int, month: int, day: int, clock: Sequence[str | None]) -> datetime | None:
    try:
        hour, minute, second = (int(part or 0) for part in clock)
        return datetime.combine(date(year, month, day), time(hour, minute, second))
    except ValueError:
        return None
