"""The settings of an office, as one typed document in the office row."""

import datetime
from typing import Any

import msgspec

from ult_desktop.base.digests import sha256
from ult_desktop.core.office import retention_schedule, template as office_template

FINGERPRINT_LETTERS = 16  # hexadecimal digits: 64 bits, against changes and not against forgers


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an office but its services, counters and officers, which have rows of their own."""

    office: office_template.OfficeIdentity
    hours: office_template.Weekly
    calling: office_template.Calling = office_template.Calling()
    greeting: office_template.Greeting = office_template.Greeting()
    cases: office_template.CaseRules = office_template.CaseRules()
    care: office_template.CareRules = office_template.CareRules()
    survey: office_template.SurveyRules = office_template.SurveyRules()
    phone: office_template.PhoneWords = office_template.PhoneWords()
    privacy: office_template.PrivacyWords = office_template.PrivacyWords()
    retention: retention_schedule.Schedule = retention_schedule.Schedule()
    absences: tuple[office_template.AbsenceRule, ...] = ()
    pauses: tuple[office_template.PauseReason, ...] = office_template.USUAL_PAUSES
    categories: tuple[office_template.CategoryTemplate, ...] = ()
    closures: tuple[office_template.Closure, ...] = ()
    ramadan: tuple[office_template.RamadanPeriod, ...] = ()
    working_days: tuple[datetime.date, ...] = ()
    cuti_bersama_works: bool = False
    running_text: tuple[str, ...] = ()


def settings_of(template: office_template.OfficeTemplate) -> OfficeSettings:
    """Return the settings of an office's file."""
    return OfficeSettings(**_settings_fields(template))


def with_settings(
    template: office_template.OfficeTemplate, settings: OfficeSettings
) -> office_template.OfficeTemplate:
    """Return the office with other settings. Raises ValueError when its services contradict them."""
    return msgspec.structs.replace(template, **_settings_fields(settings))


def _settings_fields(document: OfficeSettings | office_template.OfficeTemplate) -> dict[str, Any]:
    """Return the fields that are in both documents, by name."""
    return {name: getattr(document, name) for name in OfficeSettings.__struct_fields__}


def fingerprint(document: OfficeSettings | office_template.OfficeTemplate) -> str:
    """Return a short digest, by which a later change of the document is noticed."""
    return sha256(msgspec.json.encode(document)).hex()[:FINGERPRINT_LETTERS]
