"""Assistive devices: inventory, lending, return (POS DKI 2 and 10)."""

from ult_desktop.core.care import Condition, Device, Loan, condition_word
from ult_desktop.core.care_asks import AddDevice, LendDevice, ReturnDevice, SetDeviceCondition
from ult_desktop.core.roles import Permission
from ult_desktop.db import devices
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed, the_visit


@performs(AddDevice, needs=Permission.ASSIST_VULNERABLE, answer=devices.get)
def add_device(ask: AddDevice, tx: Transaction, _moment: Moment) -> Done:
    kind, label = ask.kind.strip(), ask.label.strip()
    if not kind or not label:
        raise nothing_changed(_("Jenis dan nama alat bantu harus diisi."))
    if devices.has_label(tx, label):
        raise nothing_changed(_("{label} sudah ada.").format(label=label), _("Pilih nama lain."))
    return Done("device.added", "device", devices.insert(tx, kind, label))


@performs(SetDeviceCondition, needs=Permission.ASSIST_VULNERABLE, answer=devices.get)
def set_device_condition(ask: SetDeviceCondition, tx: Transaction, moment: Moment) -> Done:
    device = _the_device(tx, ask.device_id, moment)
    if device.loan_id is not None and ask.condition is Condition.RETIRED:
        raise nothing_changed(_("{label} masih dipinjam.").format(label=device.label))
    devices.set_condition(tx, device.id, ask.condition)
    return Done("device.condition", "device", device.id, {"condition": ask.condition})


@performs(LendDevice, needs=Permission.ASSIST_VULNERABLE, answer=devices.get)
def lend_device(ask: LendDevice, tx: Transaction, moment: Moment) -> Done:
    device = _the_device(tx, ask.device_id, moment)
    the_visit(tx, ask.visit_id)
    if device.loan_id is not None:
        raise nothing_changed(
            _("{label} sedang dipakai pengunjung lain.").format(label=device.label), _("Pilih alat lain.")
        )
    if device.condition is not Condition.GOOD:
        raise nothing_changed(
            _("{label} tidak dapat dipinjamkan: {condition}.").format(
                label=device.label, condition=condition_word(device.condition)
            ),
            _("Pilih alat lain."),
        )
    devices.lend(tx, device.id, ask.visit_id, moment.day, moment.at, moment.by.officer_id)
    return Done("device.lent", "device", device.id, {"visit": ask.visit_id})


@performs(ReturnDevice, needs=Permission.ASSIST_VULNERABLE, answer=devices.get)
def return_device(ask: ReturnDevice, tx: Transaction, moment: Moment) -> Done:
    loan = _open_loan(tx, ask.loan_id)
    devices.give_back(tx, loan.id, moment.at, moment.by.officer_id, ask.remark)
    devices.set_condition(tx, loan.device_id, ask.condition)
    data = {"visit": loan.visit_id, "condition": ask.condition}
    return Done("device.returned", "device", loan.device_id, data)


def _the_device(tx: Transaction, device_id: int, moment: Moment) -> Device:
    device = devices.find(tx, device_id, moment.day)
    if device is None:
        raise nothing_changed(_("Alat bantu itu tidak ada."))
    return device


def _open_loan(tx: Transaction, loan_id: int) -> Loan:
    loan = devices.find_loan(tx, loan_id)
    if loan is None:
        raise nothing_changed(_("Peminjaman itu tidak ada."))
    if loan.returned_at is not None:
        raise nothing_changed(_("Alat itu sudah dikembalikan."))
    return loan
