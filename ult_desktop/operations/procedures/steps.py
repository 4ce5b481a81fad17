"""The commands about a step: tick it, waive it, free it of its time, stop its clock, note missing inputs."""

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.free_text import says_something
from ult_desktop.core.procedures import commands as procedure_commands, procedure, rounds
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import deviations
from ult_desktop.db.procedures import marks, pauses
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations import lookup
from ult_desktop.operations.access.delegated_roles import actor_roles_in_visit, represented_officer
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.procedures.step_marks import choose_matter_at_hand


def _require_step(
    tx: Transaction, context: Context, visit_id: int, number: int
) -> tuple[VisitSteps, procedure.Step]:
    """Return the steps of an open visit, and the one of that number. Raises UserError when there is none."""
    lookup.require_open_visit(tx, visit_id)
    steps = visit_steps(tx, visit_id, context.at)
    if steps is not None:
        for step in steps.procedure.steps:
            if step.step == number:
                return steps, step
    raise refuse(_("Langkah {step} tidak ada dalam prosedurnya.").format(step=number))


def _require_undone(steps: VisitSteps, number: int) -> None:
    if steps.progress.of_step(number).ended_at is not None:
        raise refuse(_("Langkah {step} sudah selesai.").format(step=number))


def _actor_ids(step: procedure.Step) -> list[str]:
    return [actor.id for actor in step.actors]


def _not_an_actor(steps: VisitSteps, step: procedure.Step) -> UserError:
    """Return the error that the officer is not among those who do the step."""
    names = ", ".join(steps.procedure.actor_name(actor_id) for actor_id in _actor_ids(step))
    return refuse(
        _("Langkah {step} dikerjakan oleh {names}.").format(step=step.step, names=names),
        _("Minta petugasnya, atau pimpinan mengalihkan tugas itu."),
    )


def _require_may_waive(
    tx: Transaction, context: Context, visit_id: int, steps: VisitSteps, step: procedure.Step
) -> None:
    if not procedure.may_waive(actor_roles_in_visit(tx, context, visit_id), _actor_ids(step)):
        raise _not_an_actor(steps, step)


def _require_may_pause(tx: Transaction, context: Context, visit_id: int) -> None:
    """Require an officer who has a part in the visit's procedure, or a role at the desk."""
    steps = visit_steps(tx, visit_id, context.at)
    actor_ids = [] if steps is None else [actor.id for actor in steps.procedure.actors]
    if not procedure.may_waive(actor_roles_in_visit(tx, context, visit_id), actor_ids):
        raise refuse(
            _("Waktu kunjungan ini dihentikan oleh petugas yang melayaninya."), _("Minta petugas di loket.")
        )


@handles(procedure_commands.TickStep, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step tick", "Tandai langkah NUMBER kunjungan VISIT selesai.")
def tick_step(command: procedure_commands.TickStep, tx: Transaction, context: Context) -> NewEvent:
    """Tick a step that is to be ticked. Other steps are completed by events, and are refused here."""
    steps, step = _require_step(tx, context, command.visit_id, command.step)
    if step.completes.tick is None:
        raise refuse(
            _("Langkah {step} selesai dengan sendirinya.").format(step=command.step),
            _("Kerjakan langkahnya di halamannya, atau lewati dengan alasan."),
        )
    _require_undone(steps, command.step)
    if command.branch and command.branch not in {branch.when for branch in step.branches}:
        raise refuse(_("Cabang “{branch}” tidak ada.").format(branch=command.branch))
    roles = actor_roles_in_visit(tx, context, command.visit_id)
    # Whoever has the visit's caller on the line does the telephone officer's steps.
    call = phone_calls.call_on_line(tx, context.by.officer_id or 0)
    if call is not None and call.visit_id == command.visit_id:
        roles |= {Role.PHONE}
    # The office's settings may say to which role the steps of an absent role pass.
    taken_over = {rule.role for rule in context.office.settings.absences if rule.passes_to in roles}
    if not procedure.may_tick(roles | taken_over, [*_actor_ids(step), step.completes.tick]):
        raise _not_an_actor(steps, step)
    pauses.end_manual(tx, command.visit_id, context.at)
    tick = rounds.Mark(
        at=context.at,
        kind=rounds.MarkKind.TICK,
        step=command.step,
        branch=command.branch,
        officer_id=context.by.officer_id,
        for_officer_id=represented_officer(tx, context, command.visit_id, [step.completes.tick]),
    )
    marks.add(tx, command.visit_id, tick, context.request)
    choose_matter_at_hand(tx, context, command.visit_id, worked_on=command.visit_id)
    return NewEvent("step.ticked", "visit", command.visit_id, {"step": command.step})


@handles(procedure_commands.WaiveStep, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step waive --reason", "Lewati langkah NUMBER kunjungan VISIT, dengan alasan.")
def waive_step(command: procedure_commands.WaiveStep, tx: Transaction, context: Context) -> NewEvent:
    """Waive a step. A waiver needs no visitor, so pauses and the matter at hand stay as they are."""
    steps, step = _require_step(tx, context, command.visit_id, command.step)
    _require_undone(steps, command.step)
    if not says_something(command.reason):
        raise refuse(
            _("Langkah dilewati hanya dengan alasan."), _("Tulis mengapa langkah ini tidak diperlukan.")
        )
    _require_may_waive(tx, context, command.visit_id, steps, step)
    waiver = rounds.Mark(
        at=context.at,
        kind=rounds.MarkKind.WAIVE,
        step=command.step,
        officer_id=context.by.officer_id,
        for_officer_id=represented_officer(tx, context, command.visit_id, _actor_ids(step)),
        reason=command.reason.strip(),
    )
    marks.add(tx, command.visit_id, waiver, context.request)
    return NewEvent("step.waived", "visit", command.visit_id, {"step": command.step})


@handles(procedure_commands.TakeTimeNeeded, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step as-needed --reason", "Langkah NUMBER kunjungan VISIT memakai waktu sesuai kebutuhan.")
def take_time_needed(
    command: procedure_commands.TakeTimeNeeded, tx: Transaction, context: Context
) -> NewEvent:
    """Free a step of its standard time. The step does not end, so pauses and matters stay as they are."""
    steps, step = _require_step(tx, context, command.visit_id, command.step)
    if not step.flexible:
        raise refuse(
            _("Waktu baku langkah {step} tidak fleksibel.").format(step=command.step),
            _("Bila terlambat, jelaskan di halaman Penyimpangan."),
        )
    _require_undone(steps, command.step)
    if not says_something(command.reason):
        raise refuse(
            _("Waktu sesuai kebutuhan hanya dengan alasan."), _("Tulis apa yang dibutuhkan pengunjung.")
        )
    _require_may_waive(tx, context, command.visit_id, steps, step)
    mark = rounds.Mark(
        at=context.at,
        kind=rounds.MarkKind.AS_NEEDED,
        step=command.step,
        officer_id=context.by.officer_id,
        for_officer_id=represented_officer(tx, context, command.visit_id, _actor_ids(step)),
        reason=command.reason.strip(),
    )
    marks.add(tx, command.visit_id, mark, context.request)
    return NewEvent("step.as_needed", "visit", command.visit_id, {"step": command.step})


@handles(procedure_commands.PauseClock, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step pause --reason --asked-by", "Jeda waktu kunjungan VISIT: pengunjung sedang pergi.")
def pause_clock(command: procedure_commands.PauseClock, tx: Transaction, context: Context) -> NewEvent:
    lookup.require_open_visit(tx, command.visit_id)
    kinds = {kind.reason.casefold(): kind for kind in context.office.settings.pauses}
    kind = require_found(
        kinds.get(command.reason.strip().casefold()),
        _("Waktu dihentikan hanya dengan alasan dari daftar kantor."),
        _("Yang ada: {names}.").format(names=", ".join(kind.reason for kind in kinds.values()) or "–"),
    )
    _require_may_pause(tx, context, command.visit_id)
    choose_matter_at_hand(tx, context, command.visit_id, worked_on=command.visit_id)
    if pauses.running(tx, command.visit_id, context.at) is not None:
        raise refuse(_("Waktu kunjungan itu sudah dihentikan."))
    pause = Pause(
        from_at=context.at,
        to_at=context.at + kind.minutes * MINUTE_MS,
        reason=kind.reason,
        officer_id=context.by.officer_id,
        asked_by=command.asked_by,
    )
    pauses.begin_by_hand(tx, command.visit_id, pause)
    return NewEvent("clock.paused", "visit", command.visit_id)


@handles(procedure_commands.ResumeClock, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step resume", "Lanjutkan waktu kunjungan VISIT.")
def resume_clock(command: procedure_commands.ResumeClock, tx: Transaction, context: Context) -> NewEvent:
    lookup.require_open_visit(tx, command.visit_id)
    if pauses.running(tx, command.visit_id, context.at) is None:
        raise refuse(_("Waktu kunjungan itu sedang berjalan."))
    pauses.end(tx, command.visit_id, context.at)
    choose_matter_at_hand(tx, context, command.visit_id, worked_on=command.visit_id)
    return NewEvent("clock.resumed", "visit", command.visit_id)


@handles(procedure_commands.RecordMissingInput, needs=Permission.TICK_STEPS, answer=visits.get)
@named("step missing", "Perlengkapan langkah NUMBER kunjungan VISIT yang tidak ada: ITEMS.")
def record_missing_input(
    command: procedure_commands.RecordMissingInput, tx: Transaction, context: Context
) -> NewEvent:
    steps, step = _require_step(tx, context, command.visit_id, command.step)
    unlisted = [item for item in command.items if item not in step.inputs]
    if unlisted:
        raise refuse(
            _("Bukan perlengkapan langkah {step}: {items}.").format(
                step=command.step, items=", ".join(unlisted)
            )
        )
    new = deviations.NewDeviation(
        kind=DeviationKind.EQUIPMENT,
        day=context.day,
        made_at=context.at,
        procedure_id=steps.procedure.id,
        procedure_version=steps.procedure.version,
        visit_id=command.visit_id,
        step=command.step,
        steps=(command.step,),
        item="; ".join(command.items),
        officer_id=context.by.officer_id,
    )
    if not deviations.add(tx, new):
        raise refuse(
            _("Kekurangan perlengkapan langkah {step} sudah tercatat.").format(step=command.step),
            _("Jelaskan di halaman Penyimpangan."),
        )
    return NewEvent("step.input_missing", "visit", command.visit_id, {"step": command.step})
