"""The daily check of the equipment that a procedure needs."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.commands import CheckEquipment
from ult_desktop.core.accountability.deviations import DeviationKind, EquipmentCheck
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.visit import ProcedureInForce
from ult_desktop.db.accountability import deviations, equipment_check
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


def needed_equipment(procedure: Procedure) -> tuple[str, ...]:
    """Return the equipment that the procedure lists, each once."""
    return tuple(dict.fromkeys((*procedure.equipment, *procedure.equipment_in_steps)))


class Equipment(msgspec.Struct, frozen=True):
    """The equipment to be checked each day for a procedure; `check` is today's latest, None before one."""

    procedure_id: str
    title: str
    items: tuple[str, ...]
    check: EquipmentCheck | None

    @property
    def broken(self) -> tuple[str, ...]:
        """The items that today's check found broken."""
        items = () if self.check is None else self.check.items
        return tuple(checked.item for checked in items if not checked.works)


def equipment_today(tx: Transaction, now: int) -> tuple[Equipment, ...]:
    """Return the equipment of every procedure in force that lists any. `now` is UTC ms."""
    checks = {check.procedure_id: check for check in equipment_check.of_day(tx, lookup.today(tx, now))}
    return tuple(
        Equipment(procedure.id, procedure.title, items, checks.get(procedure.id))
        for procedure in procedures.load_in_force(tx)
        if (items := needed_equipment(procedure))
    )


def equipment_of(tx: Transaction, procedure_id: str) -> tuple[str, ...]:
    """Return the equipment that the office checks each day for the procedure.

    Raises UserError when the office does not run that procedure.
    """
    procedure = _require_in_force(tx, procedure_id)
    return needed_equipment(procedures.load(tx, procedure.id, procedure.version))


def _require_in_force(tx: Transaction, procedure_id: str) -> ProcedureInForce:
    by_id = {procedure.id: procedure for procedure in procedures.in_force(tx)}
    return require_found(
        by_id.get(procedure_id), _("Prosedur {id} tidak sedang berlaku.").format(id=procedure_id)
    )


@handles(CheckEquipment, needs=Permission.TICK_STEPS, answer=equipment_check.get)
@named(
    "deviation equipment", "Pemeriksaan perlengkapan harian PROCEDURE; yang rusak disebut dengan --broken."
)
def check_equipment(command: CheckEquipment, tx: Transaction, context: Context) -> NewEvent:
    """Write an equipment check. A broken item becomes a deviation of the day, once.

    Of a day's checks the latest counts, but a deviation that an earlier one wrote stays.
    """
    procedure = _require_in_force(tx, command.procedure_id)
    equipment = equipment_of(tx, procedure.id)
    unlisted = [checked.item for checked in command.items if checked.item not in equipment]
    if unlisted:
        raise refuse(
            _("Tidak ada dalam daftar perlengkapan: {items}.").format(items=", ".join(unlisted)),
            _("Ubah daftarnya di berkas prosedur."),
        )
    by = context.by.officer_id
    check_id = equipment_check.insert(tx, context.day, context.at, procedure, by, command.items)
    broken = [checked.item for checked in command.items if not checked.works]
    new_deviations = [
        deviations.NewDeviation(
            kind=DeviationKind.EQUIPMENT,
            day=context.day,
            made_at=context.at,
            procedure_id=procedure.id,
            procedure_version=procedure.version,
            item=item,
            officer_id=by,
        )
        for item in broken
    ]
    deviations.add(tx, *new_deviations)
    return NewEvent("equipment.checked", "equipment", check_id, {"broken": len(broken)})
