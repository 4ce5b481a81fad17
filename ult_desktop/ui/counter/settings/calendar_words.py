"""The days of Hari libur, as list and detail say them."""

from dataclasses import dataclass
from datetime import date

from ult_desktop.base import _, formats
from ult_desktop.core.office import edits, settings as office_settings, template, working_time
from ult_desktop.ui.kit import detail, lists

CLOSURE, EXTRA, RAMADAN, HOLIDAY = "closure", "extra", "ramadan", "holiday"


@dataclass(frozen=True)
class CalendarEntry:
    """An entry of the calendar. `day` is its first day. `past`: its last day is over."""

    kind: str
    day: date
    closure: template.Closure | None = None
    period: template.RamadanPeriod | None = None
    past: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind} {self.day.isoformat()}"


def calendar_entries(settings: office_settings.OfficeSettings, today: date) -> tuple[CalendarEntry, ...]:
    """Return the office's own days and the national holidays, by date."""
    days = (
        *(
            CalendarEntry(CLOSURE, each.date, closure=each, past=each.date < today)
            for each in settings.closures
        ),
        *(CalendarEntry(EXTRA, day, past=day < today) for day in settings.working_days),
        *(
            CalendarEntry(RAMADAN, each.first, period=each, past=each.last < today)
            for each in settings.ramadan
        ),
        *(CalendarEntry(HOLIDAY, each.date, closure=each) for each in edits.national_days(settings, today)),
    )
    return tuple(sorted(days, key=lambda entry: entry.day))


OWN, PAST = "own", "past"
_LOOKS = {
    CLOSURE: ("calendar-x", "orange"),
    EXTRA: ("calendar-check", "green"),
    RAMADAN: ("moon", "violet"),
    HOLIDAY: ("calendar-days", "slate"),
}


def filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter(OWN, _("Kantor ini")),
        lists.Filter(HOLIDAY, _("Libur nasional")),
        lists.Filter(PAST, _("Lewat")),
    )


def group_of(entry: CalendarEntry) -> str:
    if entry.past:
        return PAST
    return HOLIDAY if entry.kind == HOLIDAY else OWN


def row_of(entry: CalendarEntry) -> lists.ListRow:
    icon, tint = _LOOKS[entry.kind]
    tag = {
        CLOSURE: lists.Tag(_("tutup"), "warn"),
        EXTRA: lists.Tag(_("buka"), "ok"),
        RAMADAN: lists.Tag(_("jam Ramadan"), "accent"),
    }.get(entry.kind)
    return lists.ListRow(
        id=entry.id,
        title=title_of(entry),
        subtitle=subtitle_of(entry),
        icon=icon,
        tint=tint,
        tags=(tag,) if tag else (),
        groups=frozenset({group_of(entry)}),
    )


def title_of(entry: CalendarEntry) -> str:
    if entry.closure is not None:
        return entry.closure.reason
    return {EXTRA: _("Hari kerja tambahan"), RAMADAN: _("Ramadan")}[entry.kind]


def subtitle_of(entry: CalendarEntry) -> str:
    if entry.period is not None:
        return days_words(entry.period.first, entry.period.last)
    return formats.format_date(entry.day, "full")


def days_words(first: date, last: date) -> str:
    return _("{first} s.d. {last}").format(
        first=formats.format_date(first, "long"), last=formats.format_date(last, "long")
    )


def meaning_of(entry: CalendarEntry) -> str:
    """Return what the entry does, in one sentence."""
    return {
        CLOSURE: _("Kios tidak memberi nomor, dan hari itu tidak dihitung sebagai hari kerja."),
        EXTRA: _("Hari libur nasional ini tetap hari kerja di kantor ini."),
        RAMADAN: _("Jam ini menggantikan jam layanan biasa, juga untuk tenggat dan waktu baku."),
        HOLIDAY: _("Hari libur nasional atau cuti bersama: kantor tutup."),
    }[entry.kind]


def facts_of(entry: CalendarEntry) -> list[detail.Fact]:
    if entry.period is None:
        return []
    return [detail.Fact(name, hours or _("tutup")) for name, hours in hours_of(entry.period.hours)]


def hours_of(hours: template.Weekly) -> list[tuple[str, str]]:
    """Return the days of the week with their hours as people type them."""
    return [
        (formats.weekday_name(weekday), working_time.hours_text(getattr(hours, name)))
        for weekday, name in enumerate(hours.__struct_fields__)
    ]
