"""Cases (permohonan): opened, verified, answered, closed."""

from ult_desktop.core.case import (
    Case,
    CaseKind,
    CaseState,
    Outcome,
    SubReason,
    case_number,
    sub_reason_word,
)
from ult_desktop.core.case_asks import (
    CloseCase,
    GiveAnswer,
    OpenCase,
    RecordQuestion,
    SetOutcome,
)
from ult_desktop.core.case_steps import must_be_told, outcome_branch, unsettled_branch
from ult_desktop.core.case_words import EntryKind
from ult_desktop.core.free_text import seen
from ult_desktop.core.procedure import Procedure, StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.core.visit import Visit
from ult_desktop.core.working_time import WorkingCalendar
from ult_desktop.db import (
    appointments,
    case_lists,
    cases,
    escalations,
    marks,
    officers,
    ppid,
    procedures,
    services,
    visits,
)
from ult_desktop.db.delegations import on_behalf
from ult_desktop.db.officers import OfficerRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.endings import end_if_over
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.identity import require_letter
from ult_desktop.operations.marking import mark
from ult_desktop.operations.visits import the_visit

LONGEST_DAYS = 366  # working days of a due time that somebody types


def the_case(tx: Transaction, case_id: int) -> Case:
    """A case that is not closed. Raises UserError otherwise."""
    case = cases.find(tx, case_id)
    if case is None:
        raise nothing_changed(_("Permohonan itu tidak ada."))
    if case.closed_at is not None:
        raise nothing_changed(_("Permohonan {number} sudah ditutup.").format(number=case.number))
    return case


def the_officer(tx: Transaction, officer_id: int) -> OfficerRow:
    """An officer at work here. Raises UserError otherwise."""
    officer = officers.by_id(tx, officer_id)
    if officer is None or not officer.active:
        raise nothing_changed(_("Petugas itu tidak ada lagi."), _("Pilih petugas lain."))
    return officer


def procedure_of(tx: Transaction, visit: Visit) -> Procedure | None:
    """The procedure under which a visit runs."""
    if visit.procedure_id is None or visit.procedure_version is None:
        return None
    return procedures.load(tx, visit.procedure_id, visit.procedure_version)


def procedure_of_case(tx: Transaction, case: Case) -> Procedure | None:
    return procedure_of(tx, visits.get(tx, case.visit_id))


def written(text: str, missing: str) -> str:
    """`text` without the blanks around it. Raises UserError with `missing` when nothing is left."""
    text = seen(text).strip()
    if not text:
        raise nothing_changed(missing)
    return text


def note(  # noqa: PLR0913  (what a line says)
    tx: Transaction,
    moment: Moment,
    case_id: int,
    kind: str,
    text: str = "",
    *,
    document_id: int | None = None,
    owner_id: int | None = None,
) -> None:
    """A line on the case's timeline, by whoever acts now; a.n. `owner_id` when in his stead."""
    entry = cases.NewEntry(
        case_id=case_id,
        at=moment.at,
        kind=kind,
        officer_id=moment.by.officer_id,
        for_officer_id=on_behalf(tx, moment.by.officer_id, owner_id, moment.at),
        text=seen(text),
        document_id=document_id,
    )
    cases.add_entry(tx, entry)


def mark_case(tx: Transaction, moment: Moment, case: Case, event: StepEvent, branch: str = "") -> None:
    """`event` completes a step of the case's procedure; a.n. its owner when in his stead."""
    stead = on_behalf(tx, moment.by.officer_id, case.owner_id, moment.at)
    mark(tx, moment, case.visit_id, event, branch, stead)


def begin_case(  # noqa: PLR0913  (what a case begins with)
    tx: Transaction,
    moment: Moment,
    visit_id: int,
    detail: str,
    service_id: int | None = None,
    *,
    due_at: int | None = None,
    kind: CaseKind = CaseKind.REQUEST,
    complaint_class: str = "",
) -> int:
    """Write the case of a visit under the year's next number; returns its id.

    `due_at` UTC ms; None takes the service's working days, or the office's usual ones. Marks what begins a
    case in each POS: detail asked (Sumut 8), question told (Kaltara 4), request received (Kepri 1).
    """
    visit = the_visit(tx, visit_id)
    require_letter(tx, visit_id)
    known = cases.of_visit(tx, visit_id)
    if known is not None:
        raise nothing_changed(
            _("Kunjungan ini sudah punya permohonan {number}.").format(number=known.number),
            _("Buka permohonan itu, atau catat kunjungan lanjutan."),
        )
    year = int(moment.day[:4])
    serial = cases.last_serial(tx, year) + 1
    service = service_id or visit.service_id
    new = cases.NewCase(
        year=year,
        serial=serial,
        number=case_number(serial, year),
        visit_id=visit_id,
        service_id=service,
        opened_at=moment.at,
        owner_id=moment.by.officer_id,
        detail=written(detail, _("Isi permohonan belum ditulis.")),
        due_at=_usual_due(tx, moment, service) if due_at is None else due_at,
        kind=kind,
        complaint_class=complaint_class,
    )
    case_id = cases.insert(tx, new)
    note(tx, moment, case_id, EntryKind.OPENED, new.detail)
    for event in _begun_by(procedure_of(tx, visit)):
        mark(tx, moment, visit_id, event)
    return case_id


def _begun_by(procedure: Procedure | None) -> tuple[StepEvent, ...]:
    """A case opened is always marked; the others only where the POS asks for them."""
    asked = {step.completes.event for step in procedure.steps} if procedure else set()
    others = (StepEvent.QUESTION_RECORDED, StepEvent.REQUEST_RECEIVED)
    return (StepEvent.CASE_OPENED, *(event for event in others if event in asked))


def _usual_due(tx: Transaction, moment: Moment, service_id: int | None) -> int:
    service = None if service_id is None else services.find(tx, service_id)
    days = service.definition.days if service else None
    return due_in(moment, days or moment.office.settings.cases.days)


def due_in(moment: Moment, days: int) -> int:
    """The end of work on the `days`-th working day after today, UTC ms."""
    return WorkingCalendar(moment.office.settings).due_after_days(moment.at, days)


@performs(OpenCase, needs=Permission.WORK_CASES, answer=cases.get)
def open_case(ask: OpenCase, tx: Transaction, moment: Moment) -> Done:
    due_at = _complaint_due(tx, moment, ask) if ask.kind is CaseKind.COMPLAINT else None
    case_id = begin_case(
        tx,
        moment,
        ask.visit_id,
        ask.detail,
        ask.service_id,
        due_at=due_at,
        kind=ask.kind,
        complaint_class=ask.complaint_class,
    )
    return Done("case.opened", "case", case_id, {"visit": ask.visit_id, "kind": ask.kind})


def _complaint_due(tx: Transaction, moment: Moment, ask: OpenCase) -> int:
    found = case_lists.find_class(tx, ask.complaint_class)
    if found is None:
        raise nothing_changed(_("Jenis pengaduan belum dipilih."), _("Pilih jenis dari daftar kantor."))
    return due_in(moment, found.days)


@performs(RecordQuestion, needs=Permission.WORK_CASES, answer=cases.get)
def record_question(ask: RecordQuestion, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    question = written(ask.question, _("Pertanyaan belum ditulis."))
    note(tx, moment, case.id, EntryKind.QUESTION, question, owner_id=case.owner_id)
    mark_case(tx, moment, case, StepEvent.QUESTION_RECORDED)
    return Done("case.question", "case", case.id)


@performs(SetOutcome, needs=Permission.WORK_CASES, answer=cases.get)
def set_outcome(ask: SetOutcome, tx: Transaction, moment: Moment) -> Done:
    """The front desk only applies the office's list of excluded information, it does not decide on it."""
    case = the_case(tx, ask.case_id)
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    ground = _ground(tx, ask)
    if ask.outcome is Outcome.UNAVAILABLE and ask.sub_reason not in set(SubReason):
        raise nothing_changed(_("Sebutkan mengapa tidak tersedia."), _("Pilih salah satu alasan."))
    write_outcome(tx, moment, case, ask.outcome, ground=ground, sub_reason=ask.sub_reason)
    return Done("case.outcome", "case", case.id, {"outcome": ask.outcome})


def write_outcome(
    tx: Transaction, moment: Moment, case: Case, outcome: Outcome, *, ground: str = "", sub_reason: str = ""
) -> None:
    """Into the case, its timeline, and the step of its procedure that it completes."""
    reason = sub_reason if outcome is Outcome.UNAVAILABLE else ""
    cases.set_outcome(tx, case.id, outcome, ground, reason)
    why = sub_reason_word(SubReason(reason)) if reason else ground
    note(tx, moment, case.id, f"outcome_{outcome}", why, owner_id=case.owner_id)
    procedure = procedure_of_case(tx, case)
    branch = outcome_branch(procedure, outcome, reason)
    if branch is not None and not _led_on(tx, case, procedure):
        mark_case(tx, moment, case, StepEvent.OUTCOME_SET, branch)


def _led_on(tx: Transaction, case: Case, procedure: Procedure | None) -> bool:
    """The first outcome sent it to another desk: what is found now ends nothing that is still open."""
    if not escalations.was_escalated(tx, case.id):
        return False
    visit = visits.get(tx, case.visit_id)
    found = [each.branch for each in marks.of_visit(tx, visit) if each.event is StepEvent.OUTCOME_SET]
    return bool(found) and found[-1] != unsettled_branch(procedure)


def _ground(tx: Transaction, ask: SetOutcome) -> str:
    if ask.outcome is not Outcome.EXCLUDED:
        return ""
    found = case_lists.find_ground(tx, ask.ground)
    if found is None:
        raise nothing_changed(
            _("Informasi yang dikecualikan memerlukan dasar hukumnya."),
            _("Pilih dasar dari daftar informasi yang dikecualikan."),
        )
    return found.words


@performs(GiveAnswer, needs=Permission.WORK_CASES, answer=cases.get)
def give_answer(ask: GiveAnswer, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    make_ready(tx, moment, case, ask.answer, EntryKind.ANSWER)
    return Done("case.answer", "case", case.id)


def make_ready(tx: Transaction, moment: Moment, case: Case, answer: str, kind: EntryKind) -> None:
    """The answer stands in the case and waits to be told. Refused while another desk works on it."""
    text = written(answer, _("Jawaban belum ditulis."))
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    cases.set_answer(tx, case.id, text)
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    note(tx, moment, case.id, kind, text, owner_id=case.owner_id)
    mark_case(tx, moment, case, StepEvent.RESULT_READY)


@performs(CloseCase, needs=Permission.WORK_CASES, answer=cases.get)
def close_case(ask: CloseCase, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    if ask.withdrawn:
        written(ask.remark, _("Alasan penutupan belum ditulis."))
    _require_complete(tx, case, withdrawn=ask.withdrawn)
    cases.set_state(tx, case.id, CaseState.CLOSED, moment.at)
    note(tx, moment, case.id, EntryKind.CLOSED, ask.remark, owner_id=case.owner_id)
    if not ask.withdrawn:  # what was not completed completes no step
        mark_case(tx, moment, case, StepEvent.CASE_CLOSED)
    end_if_over(tx, moment, case.visit_id)
    return Done("case.closed", "case", case.id, {"withdrawn": ask.withdrawn})


def _require_complete(tx: Transaction, case: Case, *, withdrawn: bool) -> None:
    """Nothing of it is still under way, and what had to be told was told (nothing if withdrawn)."""
    information = ppid.of_case(tx, case.id)
    untold = case.state is not CaseState.DELIVERED and (
        case.state is CaseState.ANSWERED or must_be_told(procedure_of_case(tx, case))
    )
    lacking = {
        _("masih di unit lain"): case.state is CaseState.ESCALATED,
        _("belum ada hasilnya (tersedia, dikecualikan, atau tidak tersedia)"): not (
            case.outcome or withdrawn
        ),
        _("masih punya janji temu"): appointments.booked_of(tx, case.id) is not None,
        _("belum diputus PPID"): information is not None and information.decided_at is None,
        _("belum disampaikan jawabannya"): untold and not withdrawn,
    }
    why = next((words for words, true in lacking.items() if true), "")
    if why:
        raise nothing_changed(
            _("Permohonan {number} {why}.").format(number=case.number, why=why),
            _("Selesaikan itu dulu, lalu tutup."),
        )
