"""Steps by hand: an officer's tick, a step waived, the clock stopped while the visitor is away."""

from ult_desktop.core.account import DeviationKind
from ult_desktop.core.account_asks import PauseClock, RecordMissingInput, ResumeClock, TickStep, WaiveStep
from ult_desktop.core.marks import Mark, MarkKind
from ult_desktop.core.procedure import Step
from ult_desktop.core.roles import Permission
from ult_desktop.core.step_actors import may_tick, may_waive
from ult_desktop.db import deviations, marks, pauses, visits
from ult_desktop.db.deviations import NewDeviation
from ult_desktop.db.steps import VisitSteps, visit_steps
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.finding import nothing_changed, the_visit
from ult_desktop.operations.standing import roles_in, stead


def _the_step(tx: Transaction, moment: Moment, visit_id: int, number: int) -> tuple[VisitSteps, Step]:
    """A step of an open visit. Raises UserError when there is none."""
    the_visit(tx, visit_id)
    seen = visit_steps(tx, visit_id, moment.at)
    steps = () if seen is None else seen.procedure.steps
    step = next((step for step in steps if step.step == number), None)
    if seen is None or step is None:
        raise nothing_changed(_("Langkah {step} tidak ada dalam prosedurnya.").format(step=number))
    return seen, step


def _require_undone(seen: VisitSteps, number: int) -> None:
    if seen.progress.of_step(number).ended_at is not None:
        raise nothing_changed(_("Langkah {step} sudah selesai.").format(step=number))


def _actors(step: Step) -> list[str]:
    return [actor.id for actor in step.actors]


def _require(may: bool, seen: VisitSteps, step: Step) -> None:
    if not may:
        names = ", ".join(seen.procedure.actor_name(actor) for actor in _actors(step))
        raise nothing_changed(
            _("Langkah {step} dikerjakan oleh {names}.").format(step=step.step, names=names),
            _("Minta petugasnya, atau pimpinan mengalihkan tugas itu."),
        )


def _require_pausing(tx: Transaction, moment: Moment, visit_id: int) -> None:
    """Whoever has a part in the visit's procedure, and the desk."""
    seen = visit_steps(tx, visit_id, moment.at)
    actors = [] if seen is None else [actor.id for actor in seen.procedure.actors]
    if not may_waive(roles_in(tx, moment, visit_id), actors):
        raise nothing_changed(
            _("Waktu kunjungan ini dihentikan oleh petugas yang melayaninya."), _("Minta petugas di loket.")
        )


@performs(TickStep, needs=Permission.TICK_STEPS, answer=visits.get)
def tick_step(ask: TickStep, tx: Transaction, moment: Moment) -> Done:
    """Only a step that waits for a tick: what the program sees happen ticks itself off."""
    seen, step = _the_step(tx, moment, ask.visit_id, ask.step)
    if step.completes.tick is None:
        raise nothing_changed(
            _("Langkah {step} selesai dengan sendirinya.").format(step=ask.step),
            _("Kerjakan langkahnya di halamannya, atau kecualikan dengan alasan."),
        )
    _require_undone(seen, ask.step)
    if ask.branch and ask.branch not in {branch.when for branch in step.branches}:
        raise nothing_changed(_("Cabang “{branch}” tidak ada.").format(branch=ask.branch))
    _require(may_tick(roles_in(tx, moment, ask.visit_id), [*_actors(step), step.completes.tick]), seen, step)
    pauses.end_forgotten(tx, ask.visit_id, moment.at)
    tick = Mark(
        at=moment.at,
        kind=MarkKind.TICK,
        step=ask.step,
        branch=ask.branch,
        officer_id=moment.by.officer_id,
        for_officer_id=stead(tx, moment, ask.visit_id, [step.completes.tick]),
    )
    marks.add(tx, ask.visit_id, tick, moment.request)
    return Done("step.ticked", "visit", ask.visit_id, {"step": ask.step})


@performs(WaiveStep, needs=Permission.TICK_STEPS, answer=visits.get)
def waive_step(ask: WaiveStep, tx: Transaction, moment: Moment) -> Done:
    seen, step = _the_step(tx, moment, ask.visit_id, ask.step)
    _require_undone(seen, ask.step)
    if not ask.reason.strip():
        raise nothing_changed(
            _("Langkah dikecualikan hanya dengan alasan."), _("Tulis mengapa langkah ini tidak diperlukan.")
        )
    _require(may_waive(roles_in(tx, moment, ask.visit_id), _actors(step)), seen, step)
    waiver = Mark(
        at=moment.at,
        kind=MarkKind.WAIVE,
        step=ask.step,
        officer_id=moment.by.officer_id,
        for_officer_id=stead(tx, moment, ask.visit_id, _actors(step)),
        reason=ask.reason.strip(),
    )
    marks.add(tx, ask.visit_id, waiver, moment.request)
    return Done("step.waived", "visit", ask.visit_id, {"step": ask.step})


@performs(PauseClock, needs=Permission.TICK_STEPS, answer=visits.get)
def pause_clock(ask: PauseClock, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    if not ask.reason.strip():
        raise nothing_changed(
            _("Waktu dihentikan hanya dengan alasan."), _("Tulis mengapa, misalnya mengambil dokumen.")
        )
    if pauses.running(tx, ask.visit_id) is not None:
        raise nothing_changed(_("Waktu kunjungan itu sudah dihentikan."))
    _require_pausing(tx, moment, ask.visit_id)
    pauses.begin_by_hand(tx, ask.visit_id, moment.at, ask.reason.strip(), moment.by.officer_id)
    return Done("clock.paused", "visit", ask.visit_id)


@performs(ResumeClock, needs=Permission.TICK_STEPS, answer=visits.get)
def resume_clock(ask: ResumeClock, tx: Transaction, moment: Moment) -> Done:
    the_visit(tx, ask.visit_id)
    if pauses.running(tx, ask.visit_id) is None:
        raise nothing_changed(_("Waktu kunjungan itu sedang berjalan."))
    pauses.end(tx, ask.visit_id, moment.at)
    return Done("clock.resumed", "visit", ask.visit_id)


@performs(RecordMissingInput, needs=Permission.TICK_STEPS, answer=visits.get)
def record_missing_input(ask: RecordMissingInput, tx: Transaction, moment: Moment) -> Done:
    seen, step = _the_step(tx, moment, ask.visit_id, ask.step)
    strange = [item for item in ask.items if item not in step.inputs]
    if strange:
        raise nothing_changed(
            _("Bukan perlengkapan langkah {step}: {items}.").format(step=ask.step, items=", ".join(strange))
        )
    new = NewDeviation(
        kind=DeviationKind.EQUIPMENT,
        day=moment.day,
        at=moment.at,
        procedure_id=seen.procedure.id,
        procedure_version=seen.procedure.version,
        visit_id=ask.visit_id,
        step=ask.step,
        item="; ".join(ask.items),
        officer_id=moment.by.officer_id,
    )
    if not deviations.add(tx, new):
        raise nothing_changed(
            _("Kekurangan perlengkapan langkah {step} sudah tercatat.").format(step=ask.step),
            _("Jelaskan di halaman Penyimpangan."),
        )
    return Done("step.input_missing", "visit", ask.visit_id, {"step": ask.step})
