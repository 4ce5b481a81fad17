"""What the page Penugasan reads, on the worker thread."""

from dataclasses import dataclass

from ult_desktop.core.accountability.deviations import Delegation
from ult_desktop.db.access import officers
from ult_desktop.db.access.officers import OfficerRow
from ult_desktop.db.accountability import delegations
from ult_desktop.db.procedures import procedures
from ult_desktop.operations.office.office import Office


@dataclass(frozen=True)
class DelegationBoard:
    """Delegations, newest first; the officers; the procedures (id, title) that allow word of mouth."""

    found: tuple[Delegation, ...]
    officers: tuple[OfficerRow, ...]
    oral: tuple[tuple[str, str], ...]


def read_board(office: Office) -> DelegationBoard:
    in_force = office.read(procedures.load_in_force)
    return DelegationBoard(
        office.read(delegations.recent),
        office.read(officers.all_active),
        tuple((each.id, each.title) for each in in_force if "lisan" in each.delegation),
    )
