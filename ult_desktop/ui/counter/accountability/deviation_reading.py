"""What the page Penyimpangan reads, on the worker thread."""

from dataclasses import dataclass
from datetime import date, timedelta

from ult_desktop.core.accountability.deviations import Deviation, EquipmentCheck
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.accountability import deviations, equipment_check
from ult_desktop.db.procedures import procedures
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.accountability.equipment_check import needed
from ult_desktop.operations.office.office import Office

_SHOWN_DAYS = 31
MAX_COLLECTED = 20


@dataclass(frozen=True)
class DeviationBoard:
    """Deviations, newest first; who can answer for them; open visits with one that nobody wrote down."""

    found: tuple[Deviation, ...]
    officers: tuple[OfficerRow, ...]
    late: tuple[int, ...]


@dataclass(frozen=True)
class Equipment:
    """What is to be checked each day for a procedure; `check` is today's latest."""

    procedure_id: str
    title: str
    items: tuple[str, ...]
    check: EquipmentCheck | None

    @property
    def broken(self) -> tuple[str, ...]:
        """What today's check found broken."""
        return () if self.check is None else tuple(i.item for i in self.check.items if not i.works)


def read_board(today: date, office: Office) -> DeviationBoard:
    """What is not accounted for, of whatever day, and everything of the last month."""
    first = (today - timedelta(days=_SHOWN_DAYS)).isoformat()
    waiting = office.read(deviations.waiting)
    recent = office.read(lambda tx: deviations.between(tx, first, today.isoformat()))
    found = {each.id: each for each in (*waiting, *recent)}
    newest = sorted(found.values(), key=lambda each: (each.made_at, each.id), reverse=True)
    return DeviationBoard(
        tuple(newest),
        office.read(officers.all_active),
        office.read(lambda tx: visits_with_new_deviations(tx, office.clock()))[:MAX_COLLECTED],
    )


def read_equipment(today: date, office: Office) -> tuple[Equipment, ...]:
    """Of every procedure in force that lists any."""
    checks = {
        each.procedure_id: each
        for each in office.read(lambda tx: equipment_check.of_day(tx, today.isoformat()))
    }
    in_force = office.read(procedures.load_in_force)
    return tuple(
        Equipment(each.id, each.title, needed(each), checks.get(each.id)) for each in in_force if needed(each)
    )


def count_unexplained(office: Office) -> int:
    return office.read(deviations.count_open)
