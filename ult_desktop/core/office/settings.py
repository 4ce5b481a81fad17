"""What an office decides for itself, as one typed document in the office row."""

import datetime
import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.base.late import late
from ult_desktop.base.paths import resource
from ult_desktop.core.office import retention_schedule, template as office_template

if TYPE_CHECKING:
    import difflib

    from ult_desktop.core.office import working_time
else:
    difflib = late("difflib")
    # the calendar needs the settings itself
    working_time = late("ult_desktop.core.office.working_time")

FINGERPRINT = 16  # letters


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an office but its services, counters and officers, which have rows of their own."""

    office: office_template.OfficeIdentity
    hours: office_template.Weekly
    calling: office_template.Calling = office_template.Calling()
    greeting: office_template.Greeting = office_template.Greeting()
    cases: office_template.CaseRules = office_template.CaseRules()
    care: office_template.CareRules = office_template.CareRules()
    survey: office_template.SurveyRules = office_template.SurveyRules()
    retention: retention_schedule.Schedule = retention_schedule.Schedule()
    categories: tuple[office_template.CategoryTemplate, ...] = ()
    closures: tuple[office_template.Closure, ...] = ()
    ramadan: tuple[office_template.RamadanPeriod, ...] = ()
    working_days: tuple[datetime.date, ...] = ()
    cuti_bersama_works: bool = False
    running_text: tuple[str, ...] = ()


def settings_of(template: office_template.OfficeTemplate) -> OfficeSettings:
    return OfficeSettings(**{name: getattr(template, name) for name in OfficeSettings.__struct_fields__})


def with_settings(
    template: office_template.OfficeTemplate, settings: OfficeSettings
) -> office_template.OfficeTemplate:
    """The office with other settings. Raises ValueError when its services contradict them."""
    return msgspec.structs.replace(template, **_parts(settings))


def _parts(settings: OfficeSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in OfficeSettings.__struct_fields__}


def fingerprint(document: OfficeSettings | office_template.OfficeTemplate) -> str:
    """Tells whether a document is still the one that somebody looked at."""
    return hashlib.sha256(msgspec.json.encode(document)).hexdigest()[:FINGERPRINT]


def office_hints(template: office_template.OfficeTemplate) -> tuple[str, ...]:
    return (*_services(template), *_icons(template), *_working_days(template), *_ramadan(template))


def why_no_extra_day(settings: OfficeSettings, day: date) -> str:
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
    settings = settings_of(template)
    for day in template.working_days:
        if why := why_no_extra_day(settings, day):
            yield why


def _ramadan(template: office_template.OfficeTemplate) -> Iterator[str]:
    periods = sorted(template.ramadan, key=lambda period: period.first)
    for before, after in pairwise(periods):
        if after.first <= before.last:
            yield _("Dua masa Ramadan bertumpuk sejak {day}.").format(
                day=formats.format_date(after.first, "long")
            )
