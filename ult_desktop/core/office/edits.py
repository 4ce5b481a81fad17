"""Changes of an office's settings: its closures and periods, the merge of two people's edits, and hints.

A hint names what is allowed in an office's file, but is probably a mistake.
"""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.base import UserError, _, formats, paths
from ult_desktop.core.office import settings as office_settings, template, working_time
from ult_desktop.core.office.differences import IDENTITIES, Change, on_one_line, rows_by_identity

Document = TypeVar("Document", bound=Struct)
LONGEST_CLOSURE = 60  # days that can be closed at once
AHEAD_DAYS = 400  # days ahead whose national holidays are shown


def close_days(
    settings: office_settings.OfficeSettings, first: date, last: date, reason: str
) -> office_settings.OfficeSettings:
    """Close the office from `first` to `last`; of several days, only those with office hours become closures.

    Raises UserError when none of them has office hours.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    closed = {day for day in days if len(days) == 1 or is_open_on(settings, day)}
    if not closed:
        raise _refusal(_("Kantor memang tidak buka pada hari-hari itu."))
    others = [closure for closure in settings.closures if closure.date not in closed]
    return _with_closures(settings, [*others, *(template.Closure(day, reason) for day in closed)])


def change_closure(
    settings: office_settings.OfficeSettings, old: template.Closure, new: template.Closure
) -> office_settings.OfficeSettings:
    """Replace the closure `old` by `new`. Raises UserError when `old` is not there any more."""
    if old not in settings.closures:
        raise changed_by_others_error()
    others = [closure for closure in settings.closures if closure.date not in (old.date, new.date)]
    return _with_closures(settings, [*others, new])


def drop_closure(
    settings: office_settings.OfficeSettings, old: template.Closure
) -> office_settings.OfficeSettings:
    return replace(settings, closures=tuple(closure for closure in settings.closures if closure != old))


def add_working_day(settings: office_settings.OfficeSettings, day: date) -> office_settings.OfficeSettings:
    """Add an extra working day: a holiday of the calendar on which this office works."""
    return replace(settings, working_days=tuple(sorted({*settings.working_days, day})))


def drop_working_day(settings: office_settings.OfficeSettings, day: date) -> office_settings.OfficeSettings:
    return replace(settings, working_days=tuple(other for other in settings.working_days if other != day))


def set_ramadan(
    settings: office_settings.OfficeSettings, old: template.RamadanPeriod | None, new: template.RamadanPeriod
) -> office_settings.OfficeSettings:
    """Replace the Ramadan period `old` by `new`, or add `new` if `old` is None.

    Raises UserError when it overlaps with another one.
    """
    if old is not None and old not in settings.ramadan:
        raise changed_by_others_error()
    others = [period for period in settings.ramadan if period != old]
    if any(new.first <= other.last and other.first <= new.last for other in others):
        raise _refusal(_("Masa Ramadan itu bertumpuk dengan yang sudah ada."))
    return replace(settings, ramadan=tuple(sorted([*others, new], key=lambda period: period.first)))


def drop_ramadan(
    settings: office_settings.OfficeSettings, old: template.RamadanPeriod
) -> office_settings.OfficeSettings:
    return replace(settings, ramadan=tuple(period for period in settings.ramadan if period != old))


class Clash(UserError):
    """The refusal of an edit, because somebody else has meanwhile given the same values another content.

    Each of `changes` has their value as `before` and the refused one as `after`.
    """

    def __init__(self, changes: tuple[Change, ...]) -> None:
        refusal = changed_by_others_error()
        super().__init__(refusal.what, refusal.safe, refusal.todo)
        self.changes = changes


Choice = Mapping[str, bool]
"""By the path of a value that two people changed, whether the wanted one is taken."""
_NO_CHOICE: Choice = MappingProxyType({})


class _Versions(NamedTuple):
    """The versions of one value; None where a list has no such row.

    `now` is the present one, `seen` what the editor read, `wanted` what they want.
    """

    now: Any
    seen: Any
    wanted: Any


def merge(now: Document, seen: Document, wanted: Document, choice: Choice = _NO_CHOICE) -> Document:
    """Return the present document `now` with the change from `seen` to `wanted` (a three-way merge).

    What others changed in other keys and rows stays. Where they changed the same key otherwise, `choice` says
    by its path (as `Change.where`) whether the wanted value is taken. With `seen` and `wanted` exchanged the
    change is taken back.

    Raises:
        Clash: both changed a value whose path is not in `choice`.
    """
    clashes: list[Change] = []
    merged: Document = _merge_value("", _Versions(now, seen, wanted), choice, clashes)
    if clashes:
        raise Clash(tuple(clashes))
    return merged


def _merge_value(where: str, versions: _Versions, choice: Choice, clashes: list[Change]) -> Any:  # noqa: ANN401
    """Return the merged value at the path `where`; one that both changed is added to `clashes`."""
    now, seen, wanted = versions
    if wanted in (seen, now):
        return now
    if now == seen:
        return wanted
    if where in IDENTITIES:
        return _merge_rows(where, versions, choice, clashes)
    if isinstance(now, Struct) and type(now) is type(seen) is type(wanted):
        merged = {}
        for name in now.__struct_fields__:
            path = f"{where}.{name}" if where else name
            field_versions = _Versions(getattr(now, name), getattr(seen, name), getattr(wanted, name))
            merged[name] = _merge_value(path, field_versions, choice, clashes)
        return replace(now, **merged)
    if where not in choice:
        clashes.append(Change(where, on_one_line(now), on_one_line(wanted)))
    return wanted if choice.get(where) else now


def _merge_rows(where: str, versions: _Versions, choice: Choice, clashes: list[Change]) -> tuple[Any, ...]:
    """Return the rows of a list, each merged by itself, in the wanted order if the change moved rows."""
    now, seen, wanted = (rows_by_identity(where, rows) for rows in versions)
    order_before = [key for key in seen if key in wanted]
    is_moved = order_before != [key for key in wanted if key in seen]
    order = wanted if is_moved else now
    merged = []
    for key in dict.fromkeys((*order, *now, *wanted)):
        row_versions = _Versions(now.get(key), seen.get(key), wanted.get(key))
        merged.append(_merge_value(f"{where}[{key}]", row_versions, choice, clashes))
    return tuple(row for row in merged if row is not None)


def is_open_on(settings: office_settings.OfficeSettings, day: date) -> bool:
    """Return whether the office is open on `day`, its own closures aside."""
    return _has_hours(settings, day) and not working_time.holiday_on(replace(settings, closures=()), day)


def _has_hours(settings: office_settings.OfficeSettings, day: date) -> bool:
    return bool(working_time.hours_on(settings, day).spans(day.weekday()))


def national_days_ahead(
    settings: office_settings.OfficeSettings, first: date
) -> tuple[template.Closure, ...]:
    """Return the holidays ahead on which this office is closed and would otherwise be open."""
    without_closures = replace(settings, closures=())
    national_days = []
    for n in range(AHEAD_DAYS):
        day = first + timedelta(days=n)
        holiday = working_time.holiday_on(without_closures, day)
        if holiday and _has_hours(settings, day):
            national_days.append(template.Closure(day, holiday))
    return tuple(national_days)


def changed_by_others_error() -> UserError:
    """Return the error for an edit of something that somebody else has changed since the editor read it."""
    return _refusal(
        _("Bagian itu sementara ini diubah orang lain."), _("Lihat isinya yang baru, lalu ulangi.")
    )


def _with_closures(
    settings: office_settings.OfficeSettings, closures: list[template.Closure]
) -> office_settings.OfficeSettings:
    return replace(settings, closures=tuple(sorted(closures, key=lambda closure: closure.date)))


def _refusal(what: str, todo: str = "") -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), todo or _("Pilih tanggal lain."))


def office_hints(office: template.OfficeTemplate) -> tuple[str, ...]:
    """Return in words what is probably a mistake in an office's file, although it is allowed."""
    settings = office_settings.settings_of(office)
    return (
        *_unserved_services(office),
        *_unknown_icons(office),
        *filter(None, (why_no_extra_day(settings, day) for day in office.working_days)),
        *_overlapping_ramadan(office),
    )


def why_no_extra_day(settings: office_settings.OfficeSettings, day: date) -> str:
    """Return why making `day` an extra working day would change nothing; "" when it would open the office."""
    date_words = formats.format_date(day, "full")
    if not _has_hours(settings, day):
        return _("{day} tidak punya jam layanan.").format(day=date_words)
    by_calendar = replace(settings, working_days=(), closures=())
    if not working_time.holiday_on(by_calendar, day):
        return _("{day} bukan hari libur, jadi sudah hari kerja.").format(day=date_words)
    return ""


def _unserved_services(office: template.OfficeTemplate) -> Iterator[str]:
    prefixes = {service.prefix for service in office.services}
    served = {prefix for counter in office.counters for prefix in counter.serves or prefixes}
    for service in office.services:
        if service.prefix not in served:
            yield _("Tidak ada loket yang melayani {name}.").format(name=service.name.indonesian)


def _unknown_icons(office: template.OfficeTemplate) -> Iterator[str]:
    """Yield hints about icons that are not shipped; a kiosk draws a plain one instead."""
    known = {drawing.stem for drawing in paths.resource("icons").glob("*.svg")}
    used = (row.icon for rows in (office.services, office.categories) for row in rows)
    for icon in sorted(set(used) - known):
        alike = difflib.get_close_matches(icon, known, 1)
        suggestion = _(" (maksudnya “{name}”?)").format(name=alike[0]) if alike else ""
        yield _("Gambar “{icon}” tidak ada").format(icon=icon) + suggestion + "."


def _overlapping_ramadan(office: template.OfficeTemplate) -> Iterator[str]:
    periods = sorted(office.ramadan, key=lambda period: period.first)
    for early, late in pairwise(periods):
        if late.first <= early.last:
            yield _("Dua masa Ramadan bertumpuk sejak {day}.").format(
                day=formats.format_date(late.first, "long")
            )
