"""The intake of an officer for a visitor: a request, or a complaint, which may be about an officer."""

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.cases import case, commands, timeline_words
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.core.office.working_time import DueDay
from ult_desktop.db.access import officers
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.office import services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import case_files, case_opening, escalations
from ult_desktop.operations.operation import Context, NewEvent, handles, known, named, refuse


@handles(commands.OpenCase, needs=Permission.WORK_CASES, answer=cases.get)
@named("case open", "Catat permohonan DETAIL untuk VISIT (id kunjungan atau nomor antrean).")
def open_case(command: commands.OpenCase, tx: Transaction, context: Context) -> NewEvent:
    kind = command.kind or _usual_kind(tx, command)
    if command.about_id is not None:
        _require_complaint(tx, context, kind, command.about_id)
    original = None if command.original_id is None else _closed_case(tx, command.original_id)
    opening = case_opening.CaseOpening(
        detail=command.detail,
        service_id=command.service_id,
        due=_complaint_due(tx, context, command) if kind is case.CaseKind.COMPLAINT else None,
        kind=kind,
        complaint_class=command.complaint_class,
        about_id=command.about_id,
        original_id=command.original_id,
        another=command.another,
    )
    case_id = case_opening.begin_case(tx, context, command.visit_id, opening)
    if original is not None:
        new, kind_of = cases.get(tx, case_id), timeline_words.EntryKind
        case_files.note_on_timeline(tx, context, case_id, kind_of.CAME_BACK, original.number)
        case_files.note_on_timeline(tx, context, original.id, kind_of.CONTINUED, new.number)
    if command.about_id is not None:
        _send_to_head(tx, context, case_id, command)
    return NewEvent("case.opened", "case", case_id, {"visit": command.visit_id, "kind": kind})


def _closed_case(tx: Transaction, case_id: int) -> case.Case:
    """Return the closed case that comes back; an open one is gone on with instead."""
    found = known(cases.find(tx, case_id), _("Permohonan itu tidak ada."))
    if found.is_open:
        raise refuse(
            _("Permohonan {number} masih terbuka.").format(number=found.number),
            _("Catat kunjungan ini sebagai lanjutannya."),
        )
    return found


def _require_complaint(tx: Transaction, context: Context, kind: case.CaseKind, about_id: int) -> None:
    """Require that what names an officer is a complaint, written down by somebody else."""
    if kind is not case.CaseKind.COMPLAINT:
        raise refuse(_("Yang menyebut petugas adalah pengaduan."), _("Pilih jenis Pengaduan."))
    if case_files.require_officer(tx, about_id).id == context.by.officer_id:
        raise refuse(
            _("Pengaduan tentang Anda dicatat oleh petugas lain."), _("Minta rekan menerima pengunjung ini.")
        )


def _send_to_head(tx: Transaction, context: Context, case_id: int, command: commands.OpenCase) -> None:
    """Send a complaint about an officer to the head. If it is about the only head it stays here."""
    heads = (each for each in officers.all_active(tx) if Role.HEAD in each.roles)
    if any(each.id != command.about_id and each.password_hash for each in heads):
        hop = commands.Escalate(case_id=case_id, instruction=command.detail, to=CaseDesk.HEAD)
        escalations.escalate(hop, tx, context)


def _usual_kind(tx: Transaction, command: commands.OpenCase) -> case.CaseKind:
    if command.about_id is not None:
        return case.CaseKind.COMPLAINT
    service_id = command.service_id or lookup.require_open_visit(tx, command.visit_id).service_id
    service = None if service_id is None else services.find(tx, service_id)
    return case.usual_kind(service.definition.name.id if service else "")


def _complaint_due(tx: Transaction, context: Context, command: commands.OpenCase) -> DueDay:
    found = known(
        answer_bank.find_class(tx, command.complaint_class),
        _("Jenis pengaduan belum dipilih."),
        _("Pilih jenis dari daftar kantor."),
    )
    return case_opening.due_in(context, found.days)
