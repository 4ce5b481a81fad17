"""Cases (permohonan): opened, verified, answered, closed."""

from ult_desktop.core.case import Case, CaseState, Outcome, SubReason, case_number
from ult_desktop.core.case_asks import CloseCase, GiveAnswer, OpenCase, SetOutcome
from ult_desktop.core.procedure import StepEvent
from ult_desktop.core.roles import Permission
from ult_desktop.db import cases
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed
from ult_desktop.operations.marking import mark
from ult_desktop.operations.visits import the_visit


def the_case(tx: Transaction, case_id: int) -> Case:
    """A case that is not closed. Raises UserError otherwise."""
    case = cases.find(tx, case_id)
    if case is None:
        raise nothing_changed(_("Permohonan itu tidak ada."))
    if case.closed_at is not None:
        raise nothing_changed(_("Permohonan {number} sudah ditutup.").format(number=case.number))
    return case


def note(tx: Transaction, moment: Moment, case_id: int, kind: str, text: str = "") -> None:
    """A line on the case's timeline, by whoever acts now."""
    entry = cases.NewEntry(
        case_id=case_id, at=moment.at, kind=kind, officer_id=moment.by.officer_id, text=text
    )
    cases.add_entry(tx, entry)


def begin_case(
    tx: Transaction, moment: Moment, visit_id: int, detail: str, service_id: int | None = None
) -> int:
    """Write the case of a visit under the year's next number; returns its id."""
    visit = the_visit(tx, visit_id)
    known = cases.of_visit(tx, visit_id)
    if known is not None:
        raise nothing_changed(
            _("Kunjungan ini sudah punya permohonan {number}.").format(number=known.number),
            _("Buka permohonan itu, atau catat kunjungan lanjutan."),
        )
    if not detail.strip():
        raise nothing_changed(_("Isi permohonan belum ditulis."))
    year = int(moment.day[:4])
    serial = cases.last_serial(tx, year) + 1
    new = cases.NewCase(
        year=year,
        serial=serial,
        number=case_number(serial, year),
        visit_id=visit_id,
        service_id=service_id or visit.service_id,
        opened_at=moment.at,
        owner_id=moment.by.officer_id,
        detail=detail.strip(),
    )
    case_id = cases.insert(tx, new)
    note(tx, moment, case_id, "opened", new.detail)
    mark(tx, moment, visit_id, StepEvent.CASE_OPENED)
    return case_id


@performs(OpenCase, needs=Permission.WORK_CASES, answer=cases.get)
def open_case(ask: OpenCase, tx: Transaction, moment: Moment) -> Done:
    case_id = begin_case(tx, moment, ask.visit_id, ask.detail, ask.service_id)
    return Done("case.opened", "case", case_id, {"visit": ask.visit_id})


@performs(SetOutcome, needs=Permission.WORK_CASES, answer=cases.get)
def set_outcome(ask: SetOutcome, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    _require_reason(ask)
    cases.set_outcome(tx, case.id, ask.outcome, ask.ground, ask.sub_reason)
    note(tx, moment, case.id, f"outcome_{ask.outcome}", ask.ground or ask.sub_reason)
    mark(tx, moment, case.visit_id, StepEvent.OUTCOME_SET, ask.outcome)
    return Done("case.outcome", "case", case.id, {"outcome": ask.outcome})


def _require_reason(ask: SetOutcome) -> None:
    if ask.outcome is Outcome.EXCLUDED and not ask.ground.strip():
        raise nothing_changed(
            _("Informasi yang dikecualikan memerlukan dasar hukumnya."),
            _("Pilih dasar dari daftar informasi yang dikecualikan."),
        )
    if ask.outcome is Outcome.UNAVAILABLE and ask.sub_reason not in set(SubReason):
        raise nothing_changed(_("Sebutkan mengapa tidak tersedia."), _("Pilih salah satu alasan."))


@performs(GiveAnswer, needs=Permission.WORK_CASES, answer=cases.get)
def give_answer(ask: GiveAnswer, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    if not ask.answer.strip():
        raise nothing_changed(_("Jawaban belum ditulis."))
    cases.set_answer(tx, case.id, ask.answer.strip())
    cases.set_state(tx, case.id, CaseState.ANSWERED)
    note(tx, moment, case.id, "answer", ask.answer.strip())
    return Done("case.answer", "case", case.id)


@performs(CloseCase, needs=Permission.WORK_CASES, answer=cases.get)
def close_case(ask: CloseCase, tx: Transaction, moment: Moment) -> Done:
    case = the_case(tx, ask.case_id)
    if case.state is CaseState.ESCALATED:
        raise nothing_changed(
            _("Permohonan {number} masih di unit lain.").format(number=case.number),
            _("Tunggu jawabannya, atau tarik kembali dulu."),
        )
    cases.set_state(tx, case.id, CaseState.CLOSED, moment.at)
    note(tx, moment, case.id, "closed", ask.remark)
    mark(tx, moment, case.visit_id, StepEvent.CASE_CLOSED)
    return Done("case.closed", "case", case.id)
