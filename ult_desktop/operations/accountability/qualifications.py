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


class AskedQualification(msgspec.Struct, frozen=True, kw_only=True):
    """A qualification that a procedure in force asks of an officer with a part in it.

    `last` is its last answer.
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


def asked_qualifications(tx: Transaction, _now: int) -> tuple[AskedQualification, ...]:
    """Return the qualifications asked of every officer, by name."""
    return tuple(each for officer in officers.all_active(tx) for each in qualifications_asked_of(tx, officer))


def qualifications_asked_of(tx: Transaction, officer: Officer) -> tuple[AskedQualification, ...]:
    """Return the qualifications asked of an officer by their own roles, in the procedures' order."""
    return tuple(_qualifications_asked(tx, officer, roles_from(officer.roles)))


def lacking_today(tx: Transaction, now: int) -> tuple[AskedQualification, ...]:
    """Return the unconfirmed qualifications of officers who signed in today (`now` UTC ms).

    Lent roles count too.
    """
    day = lookup.today(tx, now)
    found = list[AskedQualification]()
    for row in sorted(duty.officers_of(tx, day, day), key=lambda row: row.at):
        roles = effective_roles(tx, row.officer_id, row.roles, now)
        asked = _qualifications_asked(tx, officers.get(tx, row.officer_id), roles)
        found += [each for each in asked if not each.is_met]
    return tuple(found)


def _qualifications_asked(
    tx: Transaction, officer: Officer, roles: frozenset[Role]
) -> Iterator[AskedQualification]:
    for procedure in procedures.load_in_force(tx):
        if asks_qualification_of(procedure, roles):
            last = qualifications.last_of(tx, officer.id, procedure.id)
            yield AskedQualification(officer=officer, procedure=procedure, last=last)


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
    confirmed = qualifications.confirm(tx, officer.id, command.procedure_id, since, evidence, context.at, by)
    data = {"officer": officer.id, "procedure": command.procedure_id, "since": since}
    return NewEvent("qualification.confirmed", "officer", confirmed, data)


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
