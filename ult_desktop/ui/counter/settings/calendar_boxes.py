"""The forms of the page Pengaturan: each reads the settings and makes one edit of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office import commands, edits, settings as office_settings, template, working_time
from ult_desktop.db.office import office as office_rows
from ult_desktop.ui.counter import pages
from ult_desktop.ui.counter.settings.calendar_words import absence_words, hours_of
from ult_desktop.ui.kit.forms import ChoiceField, DateField, LineField, TextField

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.office_link.link import Job


Edit = Callable[[office_settings.OfficeSettings], office_settings.OfficeSettings]


@dataclass(frozen=True)
class SettingsChange:
    """What a change made of what."""

    before: office_settings.OfficeSettings
    after: office_settings.OfficeSettings


def read_settings(office: Office) -> office_settings.OfficeSettings:
    return office.read(office_rows.load).settings


def change(edit: Edit, office: Office, actor: Actor) -> SettingsChange:
    """`edit` is applied to what holds now, not to what the page showed some time ago."""
    before = read_settings(office)
    command = commands.ChangeSettings(settings=edit(before), seen=office_settings.fingerprint(before))
    return SettingsChange(before, office.perform(command, actor))


# Perpres 21/2023: 32 h 30 min a week, from 08.00; break 30 minutes, on Friday 60.
FASTING = template.Weekly(
    monday=("08.00-12.00", "12.30-15.00"),
    tuesday=("08.00-12.00", "12.30-15.00"),
    wednesday=("08.00-12.00", "12.30-15.00"),
    thursday=("08.00-12.00", "12.30-15.00"),
    friday=("08.00-11.30", "12.30-15.30"),
)
UNITS = ("Unit Terkait", "Unit Utama")


def closing_box(host: pages.PageHost, then: pages.Then, old: template.Closure | None) -> pages.FormBox:
    """Days on which the office is closed; a day that is written already can be moved or reworded."""

    def job(values: dict[str, Any]) -> Job:
        first, reason = values["first"], values["reason"]
        if old is not None:
            return partial(
                change, partial(edits.change_closure, old=old, new=template.Closure(first, reason))
            )
        days = {"first": first, "last": values["last"] or first}
        return partial(change, partial(edits.close_days, **days, reason=reason))

    first = DateField(host.theme, "first", _("Tanggal"), required=True, now=host.now)
    last = DateField(host.theme, "last", _("Sampai (bila lebih dari sehari)"), now=host.now)
    last.set_shown(old is None)
    return pages.FormBox(
        host,
        _("Ubah hari tutup") if old else _("Tutup kantor"),
        (
            (first, last),
            LineField(
                host.theme, "reason", _("Alasan"), required=True, most=60, hint=_("dibaca pengunjung di kios")
            ),
        ),
        command=job,
        then=then,
        icon=("calendar-x", "orange"),
        draft=host.draft("closing", old.date if old else ""),
        words=_("Bila hari ini termasuk, kios langsung berhenti. Yang sudah punya nomor tetap dilayani."),
        check=_check_days,
        known={"first": old.date, "reason": old.reason} if old else None,
    )


def working_box(
    host: pages.PageHost, then: pages.Then, settings: office_settings.OfficeSettings
) -> pages.FormBox:
    """A holiday on which this office works all the same."""
    ahead = edits.national_days(settings, host.now().date())
    days = [(each.date.isoformat(), f"{each.date:%d-%m-%Y}  {each.reason}") for each in ahead]
    by_text = {each.date.isoformat(): each.date for each in ahead}
    return pages.FormBox(
        host,
        _("Hari kerja tambahan"),
        (ChoiceField(host.theme, "day", _("Hari libur"), days, required=True),),
        command=lambda values: partial(change, partial(edits.add_working_day, day=by_text[values["day"]])),
        then=then,
        icon=("calendar-check", "green"),
        words=_("Pada hari libur yang dipilih kantor ini tetap buka dengan jam layanan biasa."),
    )


def ramadan_box(host: pages.PageHost, then: pages.Then, old: template.RamadanPeriod | None) -> pages.FormBox:
    """First and last day, and the hours of each weekday as people type them."""
    theme = host.theme
    hours = [
        LineField(theme, day, name, hint=_("tutup"), most=60, check=_check_hours)
        for day, (name, _hours) in zip(template.WEEKDAYS, hours_of(FASTING), strict=True)
    ]

    def job(values: dict[str, Any]) -> Job:
        weekly = template.Weekly(
            **{day: working_time.parse_spans(values[day]) or () for day in template.WEEKDAYS}
        )
        period = template.RamadanPeriod(first=values["first"], last=values["last"], hours=weekly)
        return partial(change, partial(edits.set_ramadan, old=old, new=period))

    texts = (text for _name, text in hours_of(old.hours if old else FASTING))
    days = {"first": old.first, "last": old.last} if old else {}
    return pages.FormBox(
        host,
        _("Jam selama Ramadan"),
        (
            (
                DateField(theme, "first", _("Hari pertama"), required=True, now=host.now),
                DateField(theme, "last", _("Hari terakhir"), required=True, now=host.now),
            ),
            *hours,
        ),
        command=job,
        then=then,
        icon=("moon", "violet"),
        draft=host.draft("ramadan", old.first if old else ""),
        words=_("Tulis jam seperti 08.00-12.00, 12.30-15.00; kosong berarti tutup."),
        check=_check_days,
        known=dict(zip(template.WEEKDAYS, texts, strict=True)) | days,
    )


def text_box(host: pages.PageHost, then: pages.Then, seen: tuple[str, ...]) -> pages.FormBox:
    """The running text of the lobby, a sentence a line."""

    def job(values: dict[str, Any]) -> Job:
        lines = tuple(line.strip() for line in values["lines"].splitlines() if line.strip())
        return partial(change, partial(edits.set_running_text, seen=seen, lines=lines))

    return pages.FormBox(
        host,
        _("Teks berjalan layar lobi"),
        (TextField(host.theme, "lines", _("Satu kalimat tiap baris"), rows=7),),
        command=job,
        then=then,
        icon=("tv", "blue"),
        draft=host.draft("running-text"),
        known={"lines": "\n".join(seen)},
    )


def unit_box(host: pages.PageHost, then: pages.Then, seen: str) -> pages.FormBox:
    """What the office calls the related unit."""
    known = [(word, word) for word in UNITS]
    return pages.FormBox(
        host,
        _("Sebutan unit terkait"),
        (ChoiceField(host.theme, "word", _("Sebutan"), known, required=True, free=True),),
        command=lambda values: partial(
            change, partial(edits.set_related_unit, seen=seen, word=values["word"])
        ),
        then=then,
        icon=("building-2", "blue"),
        words=_("Dipakai di kotak masuk, lembar disposisi, dan riwayat permohonan."),
        known={"word": seen},
    )


AT_THE_DESK = (Role.SECURITY, Role.RECEPTION, Role.FRONT_OFFICE, Role.HELPDESK)
_ASK, _NOBODY = "ask", "nobody"


def absence_box(
    host: pages.PageHost, then: pages.Then, seen: tuple[template.AbsenceRule, ...]
) -> pages.FormBox:
    """Of each role that meets visitors: what happens on a day on which nobody of it signs in."""
    known: dict[str, str] = {rule.role: rule.passes_to or _NOBODY for rule in seen}
    fields = [
        ChoiceField(
            host.theme,
            role.value,
            role.word,
            [
                (_ASK, _("tanyakan setiap hari")),
                (_NOBODY, absence_words(None)),
                *((to.value, absence_words(to)) for to in AT_THE_DESK if to is not role),
            ],
            required=True,
        )
        for role in AT_THE_DESK
    ]

    def job(values: dict[str, Any]) -> Job:
        said = [(role, values[role.value]) for role in AT_THE_DESK if values[role.value] != _ASK]
        others = [rule for rule in seen if rule.role not in AT_THE_DESK]
        rules = [
            template.AbsenceRule(role=role, passes_to=None if to == _NOBODY else Role(to))
            for role, to in said
        ]
        return partial(change, partial(edits.set_absences, seen=seen, rules=(*others, *rules)))

    return pages.FormBox(
        host,
        _("Hari tanpa petugas"),
        fields,
        command=job,
        then=then,
        icon=("user-x", "blue"),
        words=_("Dicatat sekali sebagai penyimpangan yang dinyatakan, bukan untuk setiap pengunjung."),
        known={role.value: known.get(role, _ASK) for role in AT_THE_DESK},
    )


def _check_days(values: dict[str, Any]) -> dict[str, str]:
    first, last = values["first"], values.get("last")
    if last is not None and last < first:
        return {"last": _("Tidak boleh mendahului hari pertama.")}
    if last is not None and (last - first).days >= edits.LONGEST_CLOSURE:
        return {"last": _("Paling banyak {n} hari sekaligus.").format(n=edits.LONGEST_CLOSURE)}
    return {}


def _check_hours(text: str) -> str:
    return _("Tulis jam seperti 08.00-12.00, 12.30-15.00.") if working_time.parse_spans(text) is None else ""
