"""What an office decides for itself, as one typed document in the office row."""

import datetime
import hashlib
from typing import Any

import msgspec

from ult_desktop.core.office.retention_schedule import Schedule
from ult_desktop.core.office.template import (
    Calling,
    CareRules,
    CaseRules,
    CategoryTemplate,
    Closure,
    Greeting,
    OfficeIdentity,
    OfficeTemplate,
    RamadanPeriod,
    SurveyRules,
    Weekly,
)

FINGERPRINT = 16  # letters


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an office but its services, counters and officers, which have rows of their own."""

    office: OfficeIdentity
    hours: Weekly
    calling: Calling = Calling()
    greeting: Greeting = Greeting()
    cases: CaseRules = CaseRules()
    care: CareRules = CareRules()
    survey: SurveyRules = SurveyRules()
    retention: Schedule = Schedule()
    categories: tuple[CategoryTemplate, ...] = ()
    closures: tuple[Closure, ...] = ()
    ramadan: tuple[RamadanPeriod, ...] = ()
    working_days: tuple[datetime.date, ...] = ()
    cuti_bersama_works: bool = False
    running_text: tuple[str, ...] = ()


def settings_of(template: OfficeTemplate) -> OfficeSettings:
    return OfficeSettings(**{name: getattr(template, name) for name in OfficeSettings.__struct_fields__})


def with_settings(template: OfficeTemplate, settings: OfficeSettings) -> OfficeTemplate:
    """The office with other settings. Raises ValueError when its services contradict them."""
    return msgspec.structs.replace(template, **_parts(settings))


def _parts(settings: OfficeSettings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in OfficeSettings.__struct_fields__}


def fingerprint(document: OfficeSettings | OfficeTemplate) -> str:
    """Tells whether a document is still the one that somebody looked at."""
    return hashlib.sha256(msgspec.json.encode(document)).hexdigest()[:FINGERPRINT]
