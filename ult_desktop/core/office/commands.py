"""What can be asked about the office itself: its settings, services and counters."""

from ult_desktop.core.command import Command
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import CounterTemplate, OfficeTemplate, ServiceTemplate


class ChangeSettings(Command[OfficeSettings], frozen=True, kw_only=True):
    """Other settings hold from now on: hours, closures, Ramadan, running text, rules.

    `seen` is the fingerprint of the settings that were looked at; "" does not ask. When somebody else changed
    them since, it is refused, so that nobody's change is lost.
    """

    settings: OfficeSettings
    seen: str = ""


class ChangeOffice(Command[OfficeTemplate], frozen=True, kw_only=True):
    """Settings, services and counters of a file hold from now on, all or none.

    A service is known by its prefix: one that is missing is retired. Counters stay. `seen` is the
    fingerprint of the office that was looked at, as in `ChangeSettings`.
    """

    settings: OfficeSettings
    services: tuple[ServiceTemplate, ...]
    counters: tuple[CounterTemplate, ...]
    seen: str = ""
