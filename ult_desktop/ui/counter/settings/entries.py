"""What can be changed on the page Pengaturan, one entry for each thing."""

from dataclasses import dataclass
from datetime import date

from ult_desktop.core.office_edits import national_days
from ult_desktop.core.office_template import Closure, RamadanPeriod
from ult_desktop.core.settings import OfficeSettings

TEXT, UNIT, CLOSURE, EXTRA, RAMADAN, HOLIDAY = "text", "unit", "closure", "extra", "ramadan", "holiday"


@dataclass(frozen=True)
class Entry:
    """`day` is its first day, None for words. `past`: its last day is over."""

    kind: str
    day: date | None = None
    closure: Closure | None = None
    period: RamadanPeriod | None = None
    past: bool = False

    @property
    def id(self) -> str:
        return self.kind if self.day is None else f"{self.kind} {self.day.isoformat()}"


def entries_of(settings: OfficeSettings, today: date) -> tuple[Entry, ...]:
    """The screens' words first, then the office's own days and the national holidays, by date."""
    days = [
        *(Entry(CLOSURE, each.date, closure=each, past=each.date < today) for each in settings.closures),
        *(Entry(EXTRA, day, past=day < today) for day in settings.working_days),
        *(Entry(RAMADAN, each.first, period=each, past=each.last < today) for each in settings.ramadan),
        *(Entry(HOLIDAY, each.date, closure=each) for each in national_days(settings, today)),
    ]
    return (Entry(TEXT), Entry(UNIT), *sorted(days, key=lambda entry: entry.day or today))
