"""The boxes of Hari libur: each reads the settings and makes one edit of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ult_desktop.base import _
from ult_desktop.core.office import commands, edits, settings as office_settings, template
from ult_desktop.db.office import office as office_rows
from ult_desktop.ui.counter import pages
from ult_desktop.ui.kit.forms import ChoiceField, DateField, HoursField, LineField

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.office_link.link import Job


Edit = Callable[[office_settings.OfficeSettings], office_settings.OfficeSettings]


@dataclass(frozen=True)
class SettingsChange:
    """The settings before and after a change."""

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


def closing_box(host: pages.PageHost, then: pages.Then, old: template.Closure | None) -> pages.FormBox:
    """Make the box of days on which the office is closed. A written day can be moved or reworded."""

    def job(values: dict[str, Any]) -> Job:
        first, reason = values["first"], values["reason"]
        if old is not None:
            return partial(
                change, partial(edits.change_closure, old=old, new=template.Closure(first, reason))
            )
        days = {"first": first, "last": values["last"] or first}
        return partial(change, partial(edits.close_days, **days, reason=reason))

    first = DateField(host.theme, "first", _("Tanggal"), required=True, days=host)
    last = DateField(host.theme, "last", _("Sampai (bila lebih dari sehari)"), days=host)
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
    """Make the box of a holiday on which this office still works."""
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

    def job(values: dict[str, Any]) -> Job:
        period = template.RamadanPeriod(first=values["first"], last=values["last"], hours=values["hours"])
        return partial(change, partial(edits.set_ramadan, old=old, new=period))

    days = {"first": old.first, "last": old.last} if old else {}
    return pages.FormBox(
        host,
        _("Jam selama Ramadan"),
        (
            (
                DateField(theme, "first", _("Hari pertama"), required=True, days=host),
                DateField(theme, "last", _("Hari terakhir"), required=True, days=host),
            ),
            HoursField(theme, "hours", _("Jam buka"), empty=template.Weekly()),
        ),
        command=job,
        then=then,
        icon=("moon", "violet"),
        draft=host.draft("ramadan", old.first if old else ""),
        words=_(
            "Jam dari Perpres 21/2023 sudah terisi. Tulis jam seperti 08.00-12.00; kosong berarti tutup."
        ),
        check=_check_days,
        known={"hours": old.hours if old else FASTING} | days,
    )


def _check_days(values: dict[str, Any]) -> dict[str, str]:
    first, last = values["first"], values.get("last")
    if last is not None and last < first:
        return {"last": _("Tidak boleh mendahului hari pertama.")}
    if last is not None and (last - first).days >= edits.LONGEST_CLOSURE:
        return {"last": _("Paling banyak {n} hari sekaligus.").format(n=edits.LONGEST_CLOSURE)}
    return {}
