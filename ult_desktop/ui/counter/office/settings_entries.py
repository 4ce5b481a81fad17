"""What can be changed on the page Pengaturan, one entry for each thing."""

from dataclasses import dataclass
from datetime import date

from ult_desktop.core.office.edits import national_days
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Closure, RamadanPeriod

TEXT, UNIT, CLOSURE, EXTRA, RAMADAN, HOLIDAY = "text", "unit", "closure", "extra", "ramadan", "holiday"


@dataclass(frozen=True)
class SettingsEntry:
    """`day` is its first day, None for words. `past`: its last day is over."""

    kind: str
    day: date | None = None
    closure: Closure | None = None
    period: RamadanPeriod | None = None
    past: bool = False

    @property
    def id(self) -> str:
        return self.kind if self.day is None else f"{self.kind} {self.day.isoformat()}"


def settings_entries(settings: OfficeSettings, today: date) -> tuple[SettingsEntry, ...]:
    """The screens' words first, then the office's own days and the national holidays, by date."""
    days = [
        *(
            SettingsEntry(CLOSURE, each.date, closure=each, past=each.date < today)
            for each in settings.closures
        ),
        *(SettingsEntry(EXTRA, day, past=day < today) for day in settings.working_days),
        *(
            SettingsEntry(RAMADAN, each.first, period=each, past=each.last < today)
            for each in settings.ramadan
        ),
        *(SettingsEntry(HOLIDAY, each.date, closure=each) for each in national_days(settings, today)),
    ]
    return (SettingsEntry(TEXT), SettingsEntry(UNIT), *sorted(days, key=lambda entry: entry.day or today))
