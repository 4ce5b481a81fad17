"""The assistive devices: inventory, lending, return (POS DKI 2 and 10)."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.care import commands, declarations
from ult_desktop.core.free_text import normalise_line
from ult_desktop.db.care import assistive_devices
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


@handles(commands.AddDevice, needs=Permission.ASSIST_VULNERABLE, answer=assistive_devices.get)
@named("care add-device", "Tambah alat bantu KIND bernama LABEL.")
def add_device(command: commands.AddDevice, tx: Transaction, _context: Context) -> NewEvent:
    label = normalise_line(command.label)
    if not label:
        raise refuse(_("Nama alat bantu harus diisi."))
    if assistive_devices.has_label(tx, label):
        raise refuse(_("{label} sudah ada.").format(label=label), _("Pilih nama lain."))
    return NewEvent("device.added", "device", assistive_devices.insert(tx, command.kind, label))


@handles(commands.SetDeviceCondition, needs=Permission.ASSIST_VULNERABLE, answer=assistive_devices.get)
@named("care device-condition", "Catat keadaan alat DEVICE.")
def set_device_condition(command: commands.SetDeviceCondition, tx: Transaction, context: Context) -> NewEvent:
    device = _require_device(tx, command.device_id, context)
    if device.loan_id is not None and command.condition is declarations.Condition.RETIRED:
        raise refuse(_("{label} masih dipinjam.").format(label=device.label))
    assistive_devices.set_condition(tx, device.id, command.condition)
    return NewEvent("device.condition", "device", device.id, {"condition": command.condition})


@handles(commands.LendDevice, needs=Permission.ASSIST_VULNERABLE, answer=assistive_devices.get)
@named("care lend", "Pinjamkan alat DEVICE untuk kunjungan VISIT.")
def lend_device(command: commands.LendDevice, tx: Transaction, context: Context) -> NewEvent:
    device = _require_device(tx, command.device_id, context)
    lookup.require_open_visit(tx, command.visit_id)
    if device.loan_id is not None:
        raise refuse(
            _("{label} sedang dipakai pengunjung lain.").format(label=device.label), _("Pilih alat lain.")
        )
    if device.condition is not declarations.Condition.GOOD:
        raise refuse(
            _("{label} tidak dapat dipinjamkan: {condition}.").format(
                label=device.label, condition=device.condition.word
            ),
            _("Pilih alat lain."),
        )
    assistive_devices.lend(tx, device.id, command.visit_id, context.day, context.at, context.by.officer_id)
    return NewEvent("device.lent", "device", device.id, {"visit": command.visit_id})


@handles(commands.ReturnDevice, needs=Permission.ASSIST_VULNERABLE, answer=assistive_devices.get)
@named("care return", "Alat dari peminjaman LOAN kembali.")
def return_device(command: commands.ReturnDevice, tx: Transaction, context: Context) -> NewEvent:
    loan = require_found(assistive_devices.find_loan(tx, command.loan_id), _("Peminjaman itu tidak ada."))
    if loan.returned_at is not None:
        raise refuse(_("Alat itu sudah dikembalikan."))
    assistive_devices.give_back(tx, loan.id, context.at, context.by.officer_id, command.remark)
    assistive_devices.set_condition(tx, loan.device_id, command.condition)
    data = {"visit": loan.visit_id, "condition": command.condition}
    return NewEvent("device.returned", "device", loan.device_id, data)


def _require_device(tx: Transaction, device_id: int, context: Context) -> declarations.Device:
    return require_found(assistive_devices.find(tx, device_id, context.day), _("Alat bantu itu tidak ada."))
