"""Who a visitor is, for whom he comes, what he brought (POS Kaltara 2, Sumut tatap muka 7, DKI 5)."""

import msgspec

from ult_desktop.core.free_text import tidy
from ult_desktop.core.identity import Acting, LetterKind
from ult_desktop.core.identity_asks import (
    ActForAnother,
    CheckRequirements,
    RecordLetter,
    SignSpd,
    VerifyIdentity,
)
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.core.visit import Visit
from ult_desktop.db import documents, identity, visits
from ult_desktop.db.guests import procedure_of
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed, the_visit
from ult_desktop.operations.marking import mark

_COMPLETE, _INCOMPLETE = "lengkap", "tidak_lengkap"


@performs(VerifyIdentity, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def verify_identity(ask: VerifyIdentity, tx: Transaction, moment: Moment) -> Done:
    """A card that does not match is noted and completes nothing."""
    visit = the_visit(tx, ask.visit_id)
    identity.write_check(tx, ask, moment.at, moment.by.officer_id)
    if ask.matches:
        _mark_verified(tx, moment, visit, for_other=ask.for_other)
    data = {"kind": ask.kind, "matches": ask.matches, "for_other": ask.for_other}
    return Done("visit.identity", "visit", visit.id, data)


def _mark_verified(tx: Transaction, moment: Moment, visit: Visit, *, for_other: bool) -> None:
    """The way that the outcome takes. A procedure without ways waits with its step for the letter."""
    acting = Acting.SELF
    if for_other:
        shown = identity.representation_of(tx, visit.id) is not None
        acting = Acting.WITH_LETTER if shown else Acting.WITHOUT_LETTER
    branch = _branch(tx, visit, StepEvent.IDENTITY_VERIFIED, acting)
    if branch or acting is not Acting.WITHOUT_LETTER:
        mark(tx, moment, visit.id, StepEvent.IDENTITY_VERIFIED, branch)


def _branch(tx: Transaction, visit: Visit, event: StepEvent, wanted: str) -> str:
    """`wanted` if the procedure knows that way behind the step of `event`, else empty."""
    procedure = procedure_of(tx, visit.procedure_id, visit.procedure_version)
    steps = procedure.steps if procedure else ()
    ways = {way.when for step in steps if step.completes.event is event for way in step.branches}
    return wanted if wanted in ways else ""


@performs(ActForAnother, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def act_for_another(ask: ActForAnother, tx: Transaction, moment: Moment) -> Done:
    """With the letter what had stopped for want of it goes on."""
    visit = the_visit(tx, ask.visit_id)
    said = msgspec.structs.replace(
        ask,
        principal=_filled(ask.principal, _("Nama yang diwakili belum diisi.")),
        issuer=_filled(ask.issuer, _("Pejabat atau pemberi surat belum diisi.")),
        number=tidy(ask.number),
        relation=tidy(ask.relation),
    )
    if ask.kind is LetterKind.OFFICIAL:
        raise nothing_changed(
            _("Untuk mewakili orang lain diperlukan surat kuasa atau surat tugas."),
            _("Pilih jenis suratnya."),
        )
    _require_seen(tx, said.number, said.document_id)
    identity.write_representation(tx, said, moment.at, moment.by.officer_id)
    checks = identity.checks_of(tx, visit.id)
    if checks and checks[0].matches and checks[0].for_other:
        _mark_verified(tx, moment, visit, for_other=True)
    return Done("visit.representation", "visit", visit.id, {"letter": ask.kind, "stamped": ask.stamped})


def require_letter(tx: Transaction, visit_id: int) -> None:
    """Raises UserError when the visitor comes for another and no letter allows it (Sumut tatap muka 7)."""
    checks = identity.checks_of(tx, visit_id)
    if checks and checks[0].for_other and identity.representation_of(tx, visit_id) is None:
        raise nothing_changed(
            _("Pengunjung datang atas nama orang lain dan suratnya belum ada."),
            _("Catat surat kuasa atau surat tugasnya dulu; tanpa itu layanan tidak dapat dilanjutkan."),
        )


@performs(RecordLetter, needs=Permission.SIGN_GUEST_BOOK, answer=visits.get)
def record_letter(ask: RecordLetter, tx: Transaction, moment: Moment) -> Done:
    visit = the_visit(tx, ask.visit_id)
    said = msgspec.structs.replace(
        ask, number=tidy(ask.number), issuer=tidy(ask.issuer), subject=tidy(ask.subject)
    )
    _require_seen(tx, said.number, said.document_id)
    identity.write_letter(tx, said, moment.at, moment.by.officer_id)
    return Done("visit.letter", "visit", visit.id, {"letter": ask.kind})


def _require_seen(tx: Transaction, number: str, document_id: int | None) -> None:
    if not number and document_id is None:
        raise nothing_changed(_("Nomor atau pindaian suratnya belum ada."), _("Isi salah satunya."))
    if document_id is not None and documents.find(tx, document_id) is None:
        raise nothing_changed(_("Dokumen itu tidak ada."), _("Lampirkan berkasnya lagi."))


def _filled(text: str, missing: str) -> str:
    if not tidy(text):
        raise nothing_changed(missing)
    return tidy(text)


@performs(CheckRequirements, needs=Permission.RECEIVE_VISITORS, answer=visits.get)
def check_requirements(ask: CheckRequirements, tx: Transaction, moment: Moment) -> Done:
    """Complete completes the step; what is missing is handed back as a list, and the step waits."""
    visit = the_visit(tx, ask.visit_id)
    missing = tuple(item for item in map(tidy, ask.missing) if item)
    identity.write_requirements(tx, visit.id, missing, moment.at, moment.by.officer_id)
    event = StepEvent.REQUIREMENTS_CHECKED
    branch = _branch(tx, visit, event, _INCOMPLETE if missing else _COMPLETE)
    if branch or not missing:
        mark(tx, moment, visit.id, event, branch)
    return Done("visit.requirements", "visit", visit.id, {"missing": len(missing)})


@performs(SignSpd, needs=Permission.RECEIVE_VISITORS, answer=identity.get_spd)
def sign_spd(ask: SignSpd, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    said = msgspec.structs.replace(
        ask,
        number=_filled(ask.number, _("Nomor SPD belum diisi.")),
        traveller=_filled(ask.traveller, _("Nama pelaksana perjalanan dinas belum diisi.")),
        origin=tidy(ask.origin),
    )
    spd_id = identity.write_spd(tx, said, moment.day, moment.at, moment.by.officer_id)
    return Done("visit.spd", "visit", spd_id)
