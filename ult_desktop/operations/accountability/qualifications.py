"""The qualifications of officers (Kualifikasi Pelaksana), which the head confirms.

A qualification that is not confirmed blocks nothing.
"""

from collections.abc import Iterator

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Officer, Permission, Role, roles_from
from ult_desktop.core.accountability.commands import ConfirmQualification, WithdrawQualification
from ult_desktop.core.accountability.qualifications import Qualification, asks_qualification_of
from ult_desktop.core.free_text import says_something
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import duty, qualifications
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.access.delegated_roles import effective_roles
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse


class RequiredQualification(msgspec.Struct, frozen=True, kw_only=True):
    """A qualification that a procedure in force requires of an officer with a part in it.

    `last` is its latest confirmation or withdrawal, None before the first.
    """

    officer: Officer
    procedure: Procedure
    last: Qualification | None

    @property
    def id(self) -> str:
        return f"{self.officer.login} {self.procedure.id}"

    @property
    def is_met(self) -> bool:
        return self.last is not None and self.last.holds


def required_of_everybody(tx: Transaction, _now: int) -> tuple[RequiredQualification, ...]:
    """Return the qualifications that are required of the officers, by name."""
    return tuple(
        required for officer in officers.all_active(tx) for required in required_of_officer(tx, officer)
    )


def required_of_officer(tx: Transaction, officer: Officer) -> tuple[RequiredQualification, ...]:
    """Return the qualifications required of an officer by their own roles, in the procedures' order."""
    return tuple(_required_by_roles(tx, officer, roles_from(officer.roles)))


def unmet_today(tx: Transaction, now: int) -> tuple[RequiredQualification, ...]:
    """Return the unconfirmed qualifications of officers who signed in today (`now` UTC ms).

    Those that a lent role requires count too.
    """
    day = lookup.today(tx, now)
    unmet = list[RequiredQualification]()
    for row in sorted(duty.officers_of(tx, day, day), key=lambda row: row.at):
        roles = effective_roles(tx, row.officer_id, row.roles, now)
        for required in _required_by_roles(tx, officers.get(tx, row.officer_id), roles):
            if not required.is_met:
                unmet.append(required)
    return tuple(unmet)


def _required_by_roles(
    tx: Transaction, officer: Officer, roles: frozenset[Role]
) -> Iterator[RequiredQualification]:
    for procedure in procedures.load_in_force(tx):
        if asks_qualification_of(procedure, roles):
            last = qualifications.last_of(tx, officer.id, procedure.id)
            yield RequiredQualification(officer=officer, procedure=procedure, last=last)


@handles(ConfirmQualification, needs=Permission.CONFIRM_QUALIFICATIONS, answer=qualifications.get)
@named(
    "officer qualify --since --evidence",
    "Kepala mengonfirmasi: petugas LOGIN memenuhi kualifikasi PROCEDURE.",
)
def confirm_qualification(command: ConfirmQualification, tx: Transaction, context: Context) -> NewEvent:
    officer = lookup.require_login(tx, command.login)
    if not procedures.latest_version(tx, command.procedure_id):
        raise refuse(
            _("Prosedur {id} tidak dijalankan kantor ini.").format(id=command.procedure_id),
            _("Lihat daftarnya: procedure adopted."),
        )
    evidence, since = command.evidence.strip(), command.since.isoformat()
    if not evidence:
        raise refuse(_("Bukti kualifikasi belum ditulis."), _("Sebut ijazah, pelatihan, atau pengalamannya."))
    if since > context.day:
        raise refuse(_("Tanggal mulai kualifikasi belum tiba."), _("Perbaiki tanggalnya."))
    last = qualifications.last_of(tx, officer.id, command.procedure_id)
    if last is not None and last.holds:
        raise refuse(
            _("Kualifikasi {name} untuk prosedur itu sudah dikonfirmasi.").format(name=officer.name),
            _("Tarik dulu bila buktinya lain."),
        )
    by = context.by.officer_id
    confirmation_id = qualifications.confirm(
        tx, officer.id, command.procedure_id, since, evidence, context.at, by
    )
    data = {"officer": officer.id, "procedure": command.procedure_id, "since": since}
    return NewEvent("qualification.confirmed", "officer", confirmation_id, data)


@handles(WithdrawQualification, needs=Permission.CONFIRM_QUALIFICATIONS, answer=qualifications.get)
@named("officer disqualify --reason", "Kepala menarik konfirmasi kualifikasi LOGIN untuk PROCEDURE.")
def withdraw_qualification(command: WithdrawQualification, tx: Transaction, context: Context) -> NewEvent:
    officer = lookup.require_login(tx, command.login)
    last = qualifications.last_of(tx, officer.id, command.procedure_id)
    if last is None or not last.holds:
        raise refuse(
            _("Kualifikasi {name} untuk prosedur itu tidak sedang dikonfirmasi.").format(name=officer.name)
        )
    if not says_something(command.reason):
        raise refuse(_("Kualifikasi ditarik hanya dengan alasan."), _("Tulis alasannya."))
    qualifications.withdraw(tx, last.id, command.reason.strip(), context.at, context.by.officer_id)
    return NewEvent("qualification.withdrawn", "officer", last.id, {"procedure": command.procedure_id})
