"""The delegation (pengalihan tugas, warning 1 of every POS): an absent officer's task goes to another."""

from datetime import datetime, time, timedelta

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import PERMISSIONS, Officer, Permission, roles_from
from ult_desktop.core.accountability import commands, deviations
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import delegations
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters, servings
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.access import readers
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found


class DelegationBoard(msgspec.Struct, frozen=True):
    """The board of delegations, newest first, with what a new one can name.

    `officers` are those at work here. `oral_procedures` (id, title) are those that allow an oral delegation.
    """

    delegations: tuple[deviations.Delegation, ...]
    officers: tuple[Officer, ...]
    oral_procedures: tuple[tuple[str, str], ...]


def delegation_board(tx: Transaction, _now: int) -> DelegationBoard:
    oral = tuple((procedure.id, procedure.title) for procedure in _oral_procedures(tx))
    return DelegationBoard(delegations.recent(tx), officers.all_active(tx), oral)


def _oral_procedures(tx: Transaction) -> list[Procedure]:
    """Return the procedures in force that allow an oral delegation."""
    return [procedure for procedure in procedures.load_in_force(tx) if "lisan" in procedure.delegation]


@handles(commands.Delegate, needs=Permission.DELEGATE, answer=delegations.get)
@named("delegate give", "Alihkan tugas ABSENT kepada TO (nama masuk), dengan surat penugasan atau lisan.")
def delegate(command: commands.Delegate, tx: Transaction, context: Context) -> NewEvent:
    """Delegate an absent officer's task. The delegation begins and ends by itself with its days.

    If it begins at once, the delegate gets the absent officer's counters (`_move_counters`).
    """
    absent = lookup.require_login(tx, command.absent)
    stand_in = lookup.require_login(tx, command.delegate)
    # A mistyped year must not lend a task for good.
    if command.last_day.year > int(context.day[:4]) + 1:
        raise refuse(
            _("Penugasan paling lama sampai akhir tahun depan."), _("Perbaiki tanggal hari terakhirnya.")
        )
    new = _new_delegation(command, absent, stand_in, context)
    _require_period(new, context)
    _require_form(tx, command)
    _require_no_overlap(tx, new)
    delegation_id = delegations.insert(tx, new)
    if new.begins_at <= context.at:
        _move_counters(tx, absent, stand_in)
    people = {"absent": absent.id, "delegate": stand_in.id, "form": command.form}
    return NewEvent("delegation.given", "delegation", delegation_id, people)


@handles(commands.EndDelegation, needs=Permission.DELEGATE, answer=delegations.get)
@named("delegate end", "Akhiri penugasan NUMBER sebelum hari terakhirnya.")
def end_delegation(command: commands.EndDelegation, tx: Transaction, context: Context) -> NewEvent:
    delegation = require_found(delegations.find(tx, command.delegation_id), _("Penugasan itu tidak ada."))
    if delegation.ended_at is not None or delegation.ends_at <= context.at:
        raise refuse(_("Penugasan itu sudah berakhir."))
    delegations.end(tx, delegation.id, context.at, context.by.officer_id)
    readers.withdraw_excess_grants(tx, context.at)
    return NewEvent("delegation.ended", "delegation", delegation.id)


def _new_delegation(
    command: commands.Delegate, absent: Officer, stand_in: Officer, context: Context
) -> delegations.NewDelegation:
    zone = context.office.settings.office.zone
    day_after = command.last_day + timedelta(days=1)
    return delegations.NewDelegation(
        absent_id=absent.id,
        delegate_id=stand_in.id,
        form=command.form,
        letter_number=command.letter_number.strip(),
        letter_date="" if command.letter_date is None else command.letter_date.isoformat(),
        first_day=command.first_day.isoformat(),
        last_day=command.last_day.isoformat(),
        begins_at=to_stamp(datetime.combine(command.first_day, time(), tzinfo=zone)),
        ends_at=to_stamp(datetime.combine(day_after, time(), tzinfo=zone)),
        ordered_by=command.ordered_by.strip(),
        notes=command.notes.strip(),
        procedure_id=command.procedure_id,
        document_id=command.document_id,
        given_at=context.at,
        given_by=context.by.officer_id,
    )


def _require_period(new: delegations.NewDelegation, context: Context) -> None:
    if new.absent_id == new.delegate_id:
        raise refuse(_("Tugas dialihkan kepada petugas lain."), _("Pilih petugas pengganti."))
    if new.last_day < new.first_day:
        raise refuse(_("Hari terakhir mendahului hari pertama."), _("Perbaiki tanggalnya."))
    if new.ends_at <= context.at:
        raise refuse(_("Masa penugasan itu sudah lewat."), _("Perbaiki tanggalnya."))


def _require_form(tx: Transaction, command: commands.Delegate) -> None:
    """Require the form that the procedure allows, with what belongs to it.

    Four of the five POS demand a letter. Kaltara's alone allows an oral delegation too.
    """
    if command.form == "surat_penugasan":
        if not command.letter_number.strip() or command.letter_date is None:
            raise refuse(_("Surat penugasan perlu nomor dan tanggal."), _("Salin keduanya dari suratnya."))
        return
    allowed = [procedure.id for procedure in _oral_procedures(tx)]
    if not allowed:
        raise refuse(
            _("Tidak ada prosedur kantor ini yang membolehkan pengalihan lisan."), _("Pakai surat penugasan.")
        )
    if command.procedure_id not in allowed:
        raise refuse(
            _("Pengalihan lisan hanya untuk prosedur yang membolehkannya: {ids}.").format(
                ids=", ".join(allowed)
            ),
            _("Pilih prosedurnya, atau pakai surat penugasan."),
        )
    if not command.ordered_by.strip():
        raise refuse(_("Sebutkan siapa yang memerintahkannya."))


def _require_no_overlap(tx: Transaction, new: delegations.NewDelegation) -> None:
    """Refuse a delegation if either officer is absent in its time, or the absent one stands in for others."""
    people = (new.absent_id, new.delegate_id)
    for other in delegations.overlapping(tx, people, new.begins_at, new.ends_at):
        raise refuse(
            _("Tugas {absent} pada hari itu sudah dialihkan kepada {delegate}.").format(
                absent=other.absent, delegate=other.delegate
            ),
            _("Akhiri penugasan itu dulu, atau pilih hari atau petugas lain."),
        )
    for other in delegations.lent_to(tx, new.absent_id, new.begins_at, new.ends_at):
        raise refuse(
            _("{delegate} pada hari itu menggantikan {absent}.").format(
                delegate=other.delegate, absent=other.absent
            ),
            _("Akhiri penugasan itu dulu, lalu alihkan tugas {absent} langsung kepada penggantinya.").format(
                absent=other.absent
            ),
        )


def _move_counters(tx: Transaction, absent: Officer, stand_in: Officer) -> None:
    """Give the absent officer's counters to the delegate, if one of the two may serve.

    A counter with a visitor keeps its officer.
    """
    roles = roles_from((*stand_in.roles, *absent.roles))
    if not any(Permission.SERVE in PERMISSIONS[role] for role in roles):
        return
    for counter in counters.staffed_by(tx, absent.id):
        if servings.open_at_counter(tx, counter.number) is None:
            counters.seat_officer(tx, counter.number, stand_in.id)
