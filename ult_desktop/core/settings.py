"""What an office decides for itself, as one typed document in the office row."""

import msgspec

from ult_desktop.core.office_template import (
    Calling,
    CategoryTemplate,
    Closure,
    Greeting,
    Office,
    OfficeTemplate,
    Weekly,
)


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an office but its services, counters and officers, which have rows of their own."""

    office: Office
    hours: Weekly
    calling: Calling = Calling()
    greeting: Greeting = Greeting()
    categories: tuple[CategoryTemplate, ...] = ()
    closures: tuple[Closure, ...] = ()
    running_text: tuple[str, ...] = ()


def settings_of(template: OfficeTemplate) -> OfficeSettings:
    return OfficeSettings(
        office=template.office,
        hours=template.hours,
        calling=template.calling,
        greeting=template.greeting,
        categories=template.categories,
        closures=template.closures,
        running_text=template.running_text,
    )
