"""What is allowed in an office's file and yet looks like a slip."""

import difflib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.base.paths import resource
from ult_desktop.core.office import settings as office_settings, template as office_template, working_time


def office_hints(template: office_template.OfficeTemplate) -> tuple[str, ...]:
    return (*_services(template), *_icons(template), *_working_days(template), *_ramadan(template))


def why_no_extra_day(settings: office_settings.OfficeSettings, day: date) -> str:
    """Why naming `day` an extra working day would change nothing; "" when it opens the office."""
    told = formats.format_date(day, "full")
    if not working_time.hours_on(settings, day).spans(day.weekday()):
        return _("{day} tidak punya jam layanan.").format(day=told)
    usual = msgspec.structs.replace(settings, working_days=(), closures=())
    if not working_time.holiday_on(usual, day):
        return _("{day} bukan hari libur, jadi sudah hari kerja.").format(day=told)
    return ""


def _services(template: office_template.OfficeTemplate) -> Iterator[str]:
    prefixes = {service.prefix for service in template.services}
    served = {p for counter in template.counters for p in counter.serves or prefixes}
    for service in template.services:
        if service.prefix not in served:
            yield _("Tidak ada loket yang melayani {name}.").format(name=service.name.id)


def _icons(template: office_template.OfficeTemplate) -> Iterator[str]:
    """A kiosk draws a plain one in the place of what is not shipped."""
    known = {drawing.stem for drawing in resource("icons").glob("*.svg")}
    used = (row.icon for rows in (template.services, template.categories) for row in rows)
    for icon in sorted(set(used) - known):
        near = difflib.get_close_matches(icon, known, 1)
        more = _(" (maksudnya “{name}”?)").format(name=near[0]) if near else ""
        yield _("Gambar “{icon}” tidak ada").format(icon=icon) + more + "."


def _working_days(template: office_template.OfficeTemplate) -> Iterator[str]:
    settings = office_settings.settings_of(template)
    for day in template.working_days:
        if why := why_no_extra_day(settings, day):
            yield why


def _ramadan(template: office_template.OfficeTemplate) -> Iterator[str]:
    periods = sorted(template.ramadan, key=lambda period: period.first)
    for early, late in pairwise(periods):
        if late.first <= early.last:
            yield _("Dua masa Ramadan bertumpuk sejak {day}.").format(
                day=formats.format_date(late.first, "long")
            )
