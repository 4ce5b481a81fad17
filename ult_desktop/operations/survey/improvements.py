"""The plans to improve low elements of the survey, and their progress for the next report."""

from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.survey.commands import PlanImprovement, TellImprovement
from ult_desktop.core.survey.index import SURVEY_SPANS
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.survey.answer_lists import questionnaire


@handles(PlanImprovement, needs=Permission.PLAN_IMPROVEMENTS, answer=improvements.get)
@named(
    "survey plan --programme --due --responsible",
    "Rencanakan tindak lanjut hasil PERIOD untuk unsur ELEMENT; laporan berikutnya menyebut keadaannya.",
)
def plan_improvement(command: PlanImprovement, tx: Transaction, context: Context) -> NewEvent:
    period = parse_period(command.period, SURVEY_SPANS)
    elements = [element.key for element in questionnaire().elements]
    if command.element not in elements:
        raise refuse(
            _("Unsur “{key}” tidak ada dalam kuesioner.").format(key=command.element),
            _("Yang ada: {names}.").format(names=", ".join(elements)),
        )
    programme, responsible = command.programme.strip(), command.responsible.strip()
    if not programme or not responsible:
        raise refuse(
            _("Rencana belum lengkap."), _("Tulis programnya, dan siapa yang bertanggung jawab atasnya.")
        )
    if command.due < period.first:
        raise refuse(
            _("Rencana itu selesai sebelum {period}.").format(period=period.words),
            _("Perbaiki waktunya, atau pilih periode yang lebih awal."),
        )
    new = improvements.NewImprovement(
        element=command.element,
        programme=programme,
        due=command.due.isoformat(),
        responsible=responsible,
        first_day=period.first.isoformat(),
        last_day=period.last.isoformat(),
    )
    plan_id = improvements.plan(tx, new, context.at, context.by.officer_id)
    return NewEvent("improvement.planned", "survey", plan_id, {"element": command.element})


def _current_progress(tx: Transaction, command: TellImprovement) -> dict[str, Any] | None:
    plan = improvements.find(tx, command.improvement_id)
    return None if plan is None else {"progress": plan.state, "result": plan.result}


@handles(
    TellImprovement, needs=Permission.PLAN_IMPROVEMENTS, answer=improvements.get, record=_current_progress
)
@named("survey plan-state", "Sebut keadaan rencana IMPROVEMENT (lihat: plans) dan hasilnya.")
def tell_improvement(command: TellImprovement, tx: Transaction, context: Context) -> NewEvent:
    plan = require_found(improvements.find(tx, command.improvement_id), _("Rencana itu tidak ada."))
    result = command.result.strip()
    if command.progress.is_over and not result:
        raise refuse(
            _("Hasil tindak lanjut belum ditulis."), _("Tulis hasilnya, atau mengapa tidak dilaksanakan.")
        )
    improvements.note_progress(tx, plan.id, command.progress, result, context.at, context.by.officer_id)
    return NewEvent("improvement.told", "survey", plan.id, {"state": command.progress})
