"""The entries of the page Pengaturan, as list and detail say them."""

from dataclasses import dataclass
from datetime import date

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office import edits, settings as office_settings, template, working_time
from ult_desktop.ui.kit import detail, lists

TEXT, UNIT, CLOSURE, EXTRA, RAMADAN, HOLIDAY = "text", "unit", "closure", "extra", "ramadan", "holiday"
ABSENCE = "absence"


@dataclass(frozen=True)
class SettingsEntry:
    """`day` is its first day, None for words. `past`: its last day is over."""

    kind: str
    day: date | None = None
    closure: template.Closure | None = None
    period: template.RamadanPeriod | None = None
    past: bool = False

    @property
    def id(self) -> str:
        return self.kind if self.day is None else f"{self.kind} {self.day.isoformat()}"


def settings_entries(settings: office_settings.OfficeSettings, today: date) -> tuple[SettingsEntry, ...]:
    """The screens' words first, then the office's own days and the national holidays, by date."""
    days = [
        *(
            SettingsEntry(CLOSURE, each.date, closure=each, past=each.date < today)
            for each in settings.closures
        ),
        *(SettingsEntry(EXTRA, day, past=day < today) for day in settings.working_days),
        *(
            SettingsEntry(RAMADAN, each.first, period=each, past=each.last < today)
            for each in settings.ramadan
        ),
        *(SettingsEntry(HOLIDAY, each.date, closure=each) for each in edits.national_days(settings, today)),
    ]
    return (
        *(SettingsEntry(kind) for kind in (TEXT, UNIT, ABSENCE)),
        *sorted(days, key=lambda entry: entry.day or today),
    )


OWN, PAST = "own", "past"
_LOOKS = {
    TEXT: ("tv", "blue"),
    UNIT: ("building-2", "blue"),
    ABSENCE: ("user-x", "blue"),
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


def group_of(entry: SettingsEntry) -> str:
    if entry.past:
        return PAST
    return HOLIDAY if entry.kind == HOLIDAY else OWN


def row_of(entry: SettingsEntry, settings: office_settings.OfficeSettings) -> lists.ListRow:
    icon, tint = _LOOKS[entry.kind]
    tag = {
        CLOSURE: lists.Tag(_("tutup"), "warn"),
        EXTRA: lists.Tag(_("buka"), "ok"),
        RAMADAN: lists.Tag(_("jam Ramadan"), "accent"),
    }.get(entry.kind)
    return lists.ListRow(
        id=entry.id,
        title=title_of(entry),
        subtitle=subtitle_of(entry, settings),
        icon=icon,
        tint=tint,
        tags=(tag,) if tag else (),
        groups=frozenset({group_of(entry)}),
    )


def title_of(entry: SettingsEntry) -> str:
    if entry.closure is not None:
        return entry.closure.reason
    return {
        TEXT: _("Teks berjalan layar lobi"),
        UNIT: _("Sebutan unit terkait"),
        ABSENCE: _("Hari tanpa petugas"),
        EXTRA: _("Hari kerja tambahan"),
        RAMADAN: _("Ramadan"),
    }[entry.kind]


def subtitle_of(entry: SettingsEntry, settings: office_settings.OfficeSettings) -> str:
    if entry.period is not None:
        return days_words(entry.period.first, entry.period.last)
    if entry.day is not None:
        return formats.format_date(entry.day, "full")
    if entry.kind == UNIT:
        return settings.cases.related_unit
    if entry.kind == ABSENCE:
        return _("{n} peran diatur").format(n=len(settings.absences))
    return _("{n} kalimat").format(n=len(settings.running_text))


def days_words(first: date, last: date) -> str:
    return _("{first} s.d. {last}").format(
        first=formats.format_date(first, "long"), last=formats.format_date(last, "long")
    )


def meaning_of(entry: SettingsEntry) -> str:
    """What it does, in one sentence."""
    return {
        TEXT: _("Berjalan di bawah layar lobi, satu kalimat sesudah yang lain."),
        UNIT: _("Nama meja tujuan bila permohonan diteruskan ke luar back office."),
        ABSENCE: _("Langkah POS siapa yang gugur atau dialihkan bila perannya tidak ada yang masuk."),
        CLOSURE: _("Kios tidak memberi nomor, dan hari itu tidak dihitung sebagai hari kerja."),
        EXTRA: _("Hari libur nasional ini tetap hari kerja di kantor ini."),
        RAMADAN: _("Jam ini menggantikan jam layanan biasa, juga untuk tenggat dan waktu baku."),
        HOLIDAY: _("Hari libur nasional atau cuti bersama: kantor tutup."),
    }[entry.kind]


def facts_of(entry: SettingsEntry, settings: office_settings.OfficeSettings) -> list[detail.Fact]:
    if entry.kind == TEXT:
        return [detail.Fact(str(n), line) for n, line in enumerate(settings.running_text, start=1)]
    if entry.kind == ABSENCE:
        return [detail.Fact(rule.role.word, absence_words(rule.passes_to)) for rule in settings.absences]
    if entry.period is not None:
        return [detail.Fact(name, hours or _("tutup")) for name, hours in hours_of(entry.period.hours)]
    return []


def absence_words(passes_to: Role | None) -> str:
    return (
        _("langkahnya gugur") if passes_to is None else _("dialihkan ke {role}").format(role=passes_to.word)
    )


def hours_of(hours: template.Weekly) -> list[tuple[str, str]]:
    """The days of the week with their hours as people type them."""
    return [
        (formats.weekday_name(weekday), working_time.hours_text(getattr(hours, name)))
        for weekday, name in enumerate(hours.__struct_fields__)
    ]
