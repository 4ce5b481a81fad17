"""What an office decides for itself, as one typed document in the office row."""

import datetime

import msgspec

from ult_desktop.core.office_template import (
    Calling,
    Care,
    CaseRules,
    CategoryTemplate,
    Closure,
    Greeting,
    Office,
    OfficeTemplate,
    RamadanPeriod,
    SurveyRules,
    Weekly,
)


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an office but its services, counters and officers, which have rows of their own."""

    office: Office
    hours: Weekly
    calling: Calling = Calling()
    greeting: Greeting = Greeting()
    cases: CaseRules = CaseRules()
    care: Care = Care()
    survey: SurveyRules = SurveyRules()
    categories: tuple[CategoryTemplate, ...] = ()
    closures: tuple[Closure, ...] = ()
    ramadan: tuple[RamadanPeriod, ...] = ()
    working_days: tuple[datetime.date, ...] = ()
    cuti_bersama_works: bool = False
    running_text: tuple[str, ...] = ()


def settings_of(template: OfficeTemplate) -> OfficeSettings:
    return OfficeSettings(
        office=template.office,
        hours=template.hours,
        calling=template.calling,
        greeting=template.greeting,
        cases=template.cases,
        care=template.care,
        survey=template.survey,
        categories=template.categories,
        closures=template.closures,
        ramadan=template.ramadan,
        working_days=template.working_days,
        cuti_bersama_works=template.cuti_bersama_works,
        running_text=template.running_text,
    )
