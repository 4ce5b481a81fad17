"""The group Kalender of Pengaturan: opening hours, holidays and shared leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office import commands, edits, settings as office_settings, template, working_time
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.office import deadlines
from ult_desktop.ui.counter import pages
from ult_desktop.ui.counter.pages import ListGroup
from ult_desktop.ui.kit import detail, dialogs, lists, panels
from ult_desktop.ui.kit.detail import DetailAction
from ult_desktop.ui.kit.forms import ChoiceField, DateField, HoursField, LineField

if TYPE_CHECKING:
    from datetime import date

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.office_link.link import Job

CLOSURE, EXTRA, RAMADAN, HOLIDAY = "closure", "extra", "ramadan", "holiday"


@dataclass(frozen=True)
class CalendarEntry:
    """An entry of the calendar. `day` is its first day. `is_past`: its last day is over."""

    kind: str
    day: date
    closure: template.Closure | None = None
    period: template.RamadanPeriod | None = None
    is_past: bool = False

    @property
    def id(self) -> str:
        return f"{self.kind} {self.day.isoformat()}"


def calendar_entries(settings: office_settings.OfficeSettings, today: date) -> tuple[CalendarEntry, ...]:
    """Return the office's own days and the national holidays, by date."""
    entries = [
        CalendarEntry(CLOSURE, closure.date, closure=closure, is_past=closure.date < today)
        for closure in settings.closures
    ]
    entries += [CalendarEntry(EXTRA, day, is_past=day < today) for day in settings.working_days]
    entries += [
        CalendarEntry(RAMADAN, period.first, period=period, is_past=period.last < today)
        for period in settings.ramadan
    ]
    entries += [
        CalendarEntry(HOLIDAY, holiday.date, closure=holiday)
        for holiday in edits.national_days_ahead(settings, today)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.day))


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
    if entry.is_past:
        return PAST
    return HOLIDAY if entry.kind == HOLIDAY else OWN


def title_of(entry: CalendarEntry) -> str:
    if entry.closure is not None:
        return entry.closure.reason
    return {EXTRA: _("Hari kerja tambahan"), RAMADAN: _("Ramadan")}[entry.kind]


def subtitle_of(entry: CalendarEntry) -> str:
    if entry.period is not None:
        return formats.format_days(entry.period.first, entry.period.last)
    return formats.format_date(entry.day, "full")


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


SettingsEdit = Callable[[office_settings.OfficeSettings], office_settings.OfficeSettings]


@dataclass(frozen=True)
class SettingsChange:
    """The settings before and after a change.

    While `moved_deadlines` is not empty, nothing is saved yet: the officer has to agree first.
    """

    before: office_settings.OfficeSettings
    after: office_settings.OfficeSettings
    moved_deadlines: tuple[deadlines.MovedDeadline, ...] = ()


def read_settings(office: Office) -> office_settings.OfficeSettings:
    return office.read(office_rows.load).settings


def change(edit: SettingsEdit, office: Office, actor: Actor, *, agreed: bool = False) -> SettingsChange:
    """Apply `edit` to the settings in force now, not to those that the page showed some time ago.

    Where deadlines would move, nothing is changed before the officer `agreed`.
    """
    before = read_settings(office)
    after = edit(before)
    moved = office.read(lambda tx: deadlines.moved_deadlines(tx, before, after, office.clock()))
    if moved and not agreed:
        return SettingsChange(before, after, moved)
    command = commands.ChangeSettings(settings=after, seen=office_settings.fingerprint(before))
    return SettingsChange(before, office.perform(command, actor))


# Perpres 21/2023: 32 h 30 min a week, from 08.00; break 30 minutes, on Friday 60.
RAMADAN_HOURS = template.Weekly(
    monday=("08.00-12.00", "12.30-15.00"),
    tuesday=("08.00-12.00", "12.30-15.00"),
    wednesday=("08.00-12.00", "12.30-15.00"),
    thursday=("08.00-12.00", "12.30-15.00"),
    friday=("08.00-11.30", "12.30-15.30"),
)


def closing_box(host: pages.PageHost, then: pages.Then, old: template.Closure | None) -> pages.FormBox:
    """Make the box for days on which the office is closed. An `old` day can be moved or reworded."""

    def job(values: dict[str, Any]) -> Job:
        first, reason = values["first"], values["reason"]
        if old is not None:
            return partial(
                change, partial(edits.change_closure, old=old, new=template.Closure(first, reason))
            )
        last = values["last"] or first
        return partial(change, partial(edits.close_days, first=first, last=last, reason=reason))

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
    """Make the box for a national holiday on which this office works."""
    holidays = {day.date.isoformat(): day for day in edits.national_days_ahead(settings, host.now().date())}
    options = [(key, f"{day.date:%d-%m-%Y}  {day.reason}") for key, day in holidays.items()]
    return pages.FormBox(
        host,
        _("Hari kerja tambahan"),
        (ChoiceField(host.theme, "day", _("Hari libur"), options, required=True),),
        command=lambda values: partial(
            change, partial(edits.add_working_day, day=holidays[values["day"]].date)
        ),
        then=then,
        icon=("calendar-check", "green"),
        words=_("Pada hari libur yang dipilih kantor ini tetap buka dengan jam layanan biasa."),
    )


def ramadan_box(host: pages.PageHost, then: pages.Then, old: template.RamadanPeriod | None) -> pages.FormBox:
    """Make the box for Ramadan: first and last day, and the hours of each weekday as people type them."""
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
        known={"hours": old.hours if old else RAMADAN_HOURS} | days,
    )


def _check_days(values: dict[str, Any]) -> dict[str, str]:
    first, last = values["first"], values.get("last")
    if last is not None and last < first:
        return {"last": _("Tidak boleh mendahului hari pertama.")}
    if last is not None and (last - first).days >= edits.LONGEST_CLOSURE:
        return {"last": _("Paling banyak {n} hari sekaligus.").format(n=edits.LONGEST_CLOSURE)}
    return {}


class CalendarGroup(ListGroup[CalendarEntry]):
    """The calendar. Enter changes the chosen entry, Del removes it, Ctrl+Z undoes the last change."""

    name, icon_name = "calendar", "calendar-days"
    needs = frozenset({Permission.SET_OFFICE})
    title = staticmethod(lambda: pgettext("many", "Hari libur"))

    @override
    def build(self) -> None:
        self._settings: office_settings.OfficeSettings | None = None
        self._last_change: SettingsChange | None = None
        self.note = panels.Note(self.theme, "ok")
        self.body.addWidget(self.note)
        self.add_list(
            _("Cari tanggal, alasan …"),
            filters(),
            (_("Tidak ada apa-apa di sini."), "calendar-days"),
            (_("Pilih yang hendak diubah."), "settings"),
        )
        self.close_office_button = self.add_head_button(
            _("Tutup kantor …"), "calendar-x", self._close_office, "primary"
        )
        self.working_day_button = self.add_head_button(
            _("Hari kerja …"), "calendar-check", self._add_working_day
        )
        self.working_day_button.setEnabled(False)  # the free days are in the settings, which are not read yet
        self.ramadan_button = self.add_head_button(_("Ramadan …"), "moon", self._add_ramadan)
        self.note.answered.connect(self._undo)
        self.key("Ctrl+N", self._close_office)
        self.key("Del", self._drop_chosen)
        self.key("Ctrl+Z", self._undo)

    @override
    def refresh(self) -> None:
        self.fetch(read_settings, self._show)

    def _show(self, settings: office_settings.OfficeSettings) -> None:
        entries = calendar_entries(settings, self.host.now().date())
        self._settings = settings
        self.working_day_button.setEnabled(True)
        self.show_records(entries)

    @override
    def row_of(self, record: CalendarEntry) -> lists.ListRow:
        icon, tint = _LOOKS[record.kind]
        tag = {
            CLOSURE: lists.Tag(_("tutup"), "warn"),
            EXTRA: lists.Tag(_("buka"), "ok"),
            RAMADAN: lists.Tag(_("jam Ramadan"), "accent"),
        }.get(record.kind)
        return lists.ListRow(
            id=record.id,
            title=title_of(record),
            subtitle=subtitle_of(record),
            icon=icon,
            tint=tint,
            tags=(tag,) if tag else (),
            groups=frozenset({group_of(record)}),
        )

    @override
    def show_record(self, record: CalendarEntry) -> None:
        self.detail.show_head(title_of(record), f"{subtitle_of(record)}\n{meaning_of(record)}")
        self.detail.show_facts(facts_of(record))
        self.detail.show_actions(self._actions(record))

    def _actions(self, entry: CalendarEntry) -> list[DetailAction]:
        edit = DetailAction("edit", _("Ubah …"), "pen-line", partial(self._edit, entry), "primary")
        drop = DetailAction("drop", _("Hapus"), "x", partial(self._drop, entry), "danger")
        if entry.kind == HOLIDAY:
            keep = partial(self._keep_open, entry)
            return [DetailAction("work", _("Kantor tetap buka"), "calendar-check", keep, "primary")]
        if entry.kind == EXTRA:
            return [drop]
        return [edit, drop]

    def _drop_chosen(self) -> None:
        if self.chosen is not None and self.chosen.kind != HOLIDAY:
            self._drop(self.chosen)

    def _drop(self, entry: CalendarEntry) -> None:
        if entry.closure is not None:
            edit: SettingsEdit = partial(edits.drop_closure, old=entry.closure)
        elif entry.period is not None:
            edit = partial(edits.drop_ramadan, old=entry.period)
        else:
            edit = partial(edits.drop_working_day, day=entry.day)
        self._change(edit, _("{title} dihapus.").format(title=title_of(entry)))

    def _keep_open(self, entry: CalendarEntry) -> None:
        message = _("Kantor tetap buka pada {title}.").format(title=title_of(entry))
        self._change(partial(edits.add_working_day, day=entry.day), message)

    def _edit(self, entry: CalendarEntry) -> None:
        then = partial(self._on_changed, _("{title} diubah.").format(title=title_of(entry)))
        if entry.period is not None:
            ramadan_box(self.host, then, entry.period).open()
        else:
            closing_box(self.host, then, entry.closure).open()

    def _close_office(self) -> None:
        closing_box(self.host, partial(self._on_changed, _("Hari tutup dicatat.")), None).open()

    def _add_ramadan(self) -> None:
        ramadan_box(self.host, partial(self._on_changed, _("Jam Ramadan dicatat.")), None).open()

    def _add_working_day(self) -> None:
        if self._settings is not None:
            then = partial(self._on_changed, _("Hari kerja tambahan dicatat."))
            working_box(self.host, then, self._settings).open()

    def _change(self, edit: SettingsEdit, message: str) -> None:
        self.host.perform(partial(change, edit), partial(self._on_changed, message))

    def _on_changed(self, message: str, changed: SettingsChange) -> None:
        """Show `message` above the list, with an undo. Choose the new entry, and move the focus to the list.

        Where deadlines would move with the days, nothing is saved yet: ask the officer, then save.
        """
        if changed.moved_deadlines:
            edit = partial(edits.merge, seen=changed.before, wanted=changed.after)
            job = partial(change, edit, agreed=True)
            yes = _("Simpan"), lambda: self.host.perform(job, partial(self._on_changed, message))
            words = "\n".join(deadlines.describe_moved(changed.moved_deadlines))
            dialogs.ask(self.host.window, self.theme, _("Pindahkan juga tenggat?"), words, yes)
            return
        self._last_change = changed
        self.note.say(message, _("Urungkan"))
        today = self.host.now().date()
        before = calendar_entries(changed.before, today)
        new = [entry.id for entry in calendar_entries(changed.after, today) if entry not in before]
        self.list.choose(new[0] if new else self.list.selected)
        self.list.view.setFocus()

    def _undo(self) -> None:
        last, self._last_change = self._last_change, None
        self.note.hide()
        if last is not None:
            edit = partial(edits.merge, seen=last.after, wanted=last.before)
            self.host.perform(partial(change, edit, agreed=True), message=_("Perubahan diurungkan."))
