"""The visitor's identity, whom they come for, what they bring (POS Kaltara 2, Sumut tatap muka 7, DKI 5)."""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.free_text import normalise_line
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.visits import commands, identity as visit_identity
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents, identity, visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse
from ult_desktop.operations.procedures.step_marks import mark_event

_COMPLETE, _INCOMPLETE = "lengkap", "tidak_lengkap"  # branches of a step, as the procedures' files name them


@handles(commands.VerifyIdentity, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit identity", "Identitas tamu VISIT diperiksa.")
def verify_identity(command: commands.VerifyIdentity, tx: Transaction, context: Context) -> NewEvent:
    """Verify a visitor's identity. A document that does not match opens the step again."""
    visit = lookup.require_open_visit(tx, command.visit_id)
    identity.write_check(tx, command, context.at, context.by.officer_id)
    if command.matches:
        _mark_verified(tx, context, visit, for_other=command.for_other)
    else:
        mark_event(tx, context, visit.id, StepEvent.IDENTITY_DOUBTED)
    data = {"kind": command.kind, "matches": command.matches, "for_other": command.for_other}
    return NewEvent("visit.identity", "visit", visit.id, data)


def _mark_verified(tx: Transaction, context: Context, visit: Visit, *, for_other: bool) -> None:
    """Mark the identity as verified, on the branch for a visitor with or without a letter.

    If the procedure has no such branch, a visitor who comes for another without a letter gets no mark yet.
    """
    if not for_other:
        acting = visit_identity.ActingFor.SELF
    elif identity.representation_of(tx, visit.id) is not None:
        acting = visit_identity.ActingFor.WITH_LETTER
    else:
        acting = visit_identity.ActingFor.WITHOUT_LETTER
    is_done = acting is not visit_identity.ActingFor.WITHOUT_LETTER
    _mark_on_branch(tx, context, visit, StepEvent.IDENTITY_VERIFIED, acting, is_done=is_done)


def _mark_on_branch(
    tx: Transaction, context: Context, visit: Visit, event: StepEvent, branch: str, *, is_done: bool
) -> None:
    """Mark `event` on its branch. In a procedure without that branch, mark it only if the step is done."""
    procedure = procedures.of_visit(tx, visit)
    has_branch = procedure is not None and branch in procedure.branches_for(event)
    if has_branch or is_done:
        mark_event(tx, context, visit.id, event, branch if has_branch else "")


@handles(commands.ActForAnother, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit act-for", "Tamu VISIT datang mewakili PRINCIPAL dengan surat dari ISSUER.")
def act_for_another(command: commands.ActForAnother, tx: Transaction, context: Context) -> NewEvent:
    """Write for whom a visitor comes, and with which letter.

    The identity is marked as verified now if the visitor's card was checked before and fits.
    """
    visit = lookup.require_open_visit(tx, command.visit_id)
    cleaned = msgspec.structs.replace(
        command,
        principal=_require_filled(command.principal, _("Nama yang diwakili belum diisi.")),
        issuer=_require_filled(command.issuer, _("Pejabat atau pemberi surat belum diisi.")),
        number=normalise_line(command.number),
        relation=normalise_line(command.relation),
    )
    if command.kind is visit_identity.LetterKind.OFFICIAL:
        raise refuse(
            _("Untuk mewakili orang lain diperlukan surat kuasa atau surat tugas."),
            _("Pilih jenis suratnya."),
        )
    _require_number_or_scan(tx, cleaned.number, cleaned.document_id)
    identity.write_representation(tx, cleaned, context.at, context.by.officer_id)
    checks = identity.checks_of(tx, visit.id)
    # The letter may be shown after the card.
    if checks and checks[0].matches and checks[0].for_other:
        _mark_verified(tx, context, visit, for_other=True)
    return NewEvent(
        "visit.representation", "visit", visit.id, {"letter": command.kind, "stamped": command.stamped}
    )


def require_letter(tx: Transaction, visit_id: int) -> None:
    """Raise UserError if the visitor comes for another person without a letter (POS Sumut tatap muka 7)."""
    checks = identity.checks_of(tx, visit_id)
    if checks and checks[0].for_other and identity.representation_of(tx, visit_id) is None:
        raise refuse(
            _("Pengunjung datang atas nama orang lain dan suratnya belum ada."),
            _("Catat surat kuasa atau surat tugasnya dulu; tanpa itu layanan tidak dapat dilanjutkan."),
        )


@handles(commands.RecordLetter, needs=Permission.SIGN_GUEST_BOOK, answer=visits.get)
@named("visit letter", "Surat yang dibawa tamu VISIT.")
def record_letter(command: commands.RecordLetter, tx: Transaction, context: Context) -> NewEvent:
    visit = lookup.require_open_visit(tx, command.visit_id)
    cleaned = msgspec.structs.replace(
        command,
        number=normalise_line(command.number),
        issuer=normalise_line(command.issuer),
        subject=normalise_line(command.subject),
    )
    _require_number_or_scan(tx, cleaned.number, cleaned.document_id)
    identity.write_letter(tx, cleaned, context.at, context.by.officer_id)
    return NewEvent("visit.letter", "visit", visit.id, {"letter": command.kind})


def _require_number_or_scan(tx: Transaction, number: str, document_id: int | None) -> None:
    if not number and document_id is None:
        raise refuse(_("Nomor atau pindaian suratnya belum ada."), _("Isi salah satunya."))
    if document_id is not None and documents.find(tx, document_id) is None:
        raise refuse(_("Dokumen itu tidak ada."), _("Lampirkan berkasnya lagi."))


def _require_filled(text: str, refusal: str) -> str:
    """Return the text as one line. Raises UserError with the words `refusal` when it is empty."""
    if not normalise_line(text):
        raise refuse(refusal)
    return normalise_line(text)


@handles(commands.CheckRequirements, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
@named("visit requirements", "Persyaratan layanan tamu VISIT diperiksa; --missing untuk setiap yang kurang.")
def check_requirements(command: commands.CheckRequirements, tx: Transaction, context: Context) -> NewEvent:
    """Write which required papers the visitor lacks.

    If nothing is missing, the step is completed. Otherwise the visitor gets a list of what is missing, and
    the step waits.
    """
    visit = lookup.require_open_visit(tx, command.visit_id)
    missing = tuple(item for item in map(normalise_line, command.missing) if item)
    identity.write_requirements(tx, visit.id, missing, context.at, context.by.officer_id)
    branch = _INCOMPLETE if missing else _COMPLETE
    _mark_on_branch(tx, context, visit, StepEvent.REQUIREMENTS_CHECKED, branch, is_done=not missing)
    return NewEvent("visit.requirements", "visit", visit.id, {"missing": len(missing)})


@handles(commands.SignSpd, needs=Permission.RECEIVE_VISITORS, answer=identity.get_spd)
@named("visit spd", "SPD bernomor NUMBER atas nama TRAVELLER ditandatangani.")
def sign_spd(command: commands.SignSpd, tx: Transaction, context: Context) -> NewEvent:
    lookup.require_open_visit(tx, command.visit_id)
    cleaned = msgspec.structs.replace(
        command,
        number=_require_filled(command.number, _("Nomor SPD belum diisi.")),
        traveller=_require_filled(command.traveller, _("Nama pelaksana perjalanan dinas belum diisi.")),
        origin=normalise_line(command.origin),
    )
    spd_id = identity.write_spd(tx, cleaned, context.day, context.at, context.by.officer_id)
    return NewEvent("visit.spd", "visit", spd_id)
