"""The look of a step: colour, icon and words, computed from its state and its time."""

from datetime import tzinfo

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures import procedure, progress as procedure_progress
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.stamps import MINUTE_MS, to_datetime
from ult_desktop.db.visits.visit_steps import VisitSteps

_DONE_ICONS = {
    procedure_progress.StepState.IN_TIME: "check",
    procedure_progress.StepState.LATE: "clock-alert",
    procedure_progress.StepState.WAIVED: "minus",
}


class StepLook(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the rail.

    `title` is the whole activity, `short` the words for one line.
    `share` fills the ring (0 to 1); `open` offers the officer's acts; `may_tick` and `may_waive` those
    among them that are theirs; `inputs` are what may be missing.
    """

    step: int
    title: str
    short: str
    meta: str
    branches: tuple[str, ...]
    time: str
    tone: str
    icon: str
    share: float
    running: bool
    open: bool
    may_tick: bool
    may_waive: bool
    inputs: tuple[str, ...]


def step_looks(
    seen: VisitSteps, now: int, zone: tzinfo, roles: frozenset[Role] | None = None
) -> tuple[StepLook, ...]:
    """Return the rows at `now` (UTC ms), some time after the snapshot was read.

    With `roles` only the acts of who has one of them are offered (core/procedures/procedure.py).
    """
    pairs = zip(seen.procedure.steps, seen.progress.steps, strict=True)
    front = next(iter(seen.progress.running), None)
    shown = (
        (_moved_on(progress, seen.at, now) if step.step == front else progress, step)
        for step, progress in pairs
    )
    return tuple(_offered(_look(seen, step, progress, now, zone), step, roles) for progress, step in shown)


def next_words(seen: VisitSteps) -> str:
    """Return what follows the step in turn, each way in a few words; "" when no step is in turn."""
    steps = {step.step: step for step in seen.procedure.steps}
    front = next(iter(seen.progress.running), None)
    if front is None:
        return ""
    ways = [
        _("selesai") if way is None else f"{way}. {short_words(steps[way].activity)}"
        for way in steps[front].targets
    ]
    return _("Berikutnya: {ways}").format(ways=" / ".join(ways))


def _offered(look: StepLook, step: procedure.Step, roles: frozenset[Role] | None) -> StepLook:
    if roles is None:
        return look
    actors = [actor.id for actor in step.actors]
    return msgspec.structs.replace(
        look,
        may_tick=look.may_tick and procedure.may_tick(roles, [*actors, step.completes.tick or ""]),
        may_waive=look.may_waive and procedure.may_waive(roles, actors),
    )


def _moved_on(
    progress: procedure_progress.StepProgress, read_at: int, now: int
) -> procedure_progress.StepProgress:
    """Return the step with its clock moved on since the reading, unless the clock is stopped at a break."""
    if progress.standard_ms is None or progress.due_at is None:
        return progress
    left = progress.standard_ms - progress.spent_ms
    runs = progress.due_at - read_at == left or progress.overdue
    if not runs or now <= read_at:
        return progress
    spent = progress.spent_ms + now - read_at
    return msgspec.structs.replace(progress, spent_ms=spent, overdue=spent > progress.standard_ms)


def _look(
    seen: VisitSteps, step: procedure.Step, progress: procedure_progress.StepProgress, now: int, zone: tzinfo
) -> StepLook:
    running = progress.state is procedure_progress.StepState.RUNNING and step.step == seen.progress.running[0]
    unfinished = progress.ended_at is None and seen.visit.is_open
    is_open = unfinished and (
        progress.state is procedure_progress.StepState.RUNNING or step.step in seen.progress.missed
    )
    share = procedure_progress.share_of_standard(progress, now) if running else 0.0
    return StepLook(
        step=step.step,
        title=step.activity,
        short=short_words(step.activity),
        meta=_meta(seen, step, progress, zone),
        branches=_branches(step, progress, running=running),
        time=_time(step, progress, zone, running=running),
        tone=_tone(progress, share),
        icon=_DONE_ICONS.get(progress.state, ""),
        share=1.0 if progress.overdue else min(1.0, share),
        running=running,
        open=is_open,
        may_tick=is_open and step.completes.tick is not None,
        may_waive=is_open,
        inputs=step.inputs if running else (),
    )


def _tone(progress: procedure_progress.StepProgress, share: float) -> str:
    if progress.state in (
        procedure_progress.StepState.NOT_BEGUN,
        procedure_progress.StepState.SKIPPED,
        procedure_progress.StepState.WAIVED,
    ):
        return "soft"
    if progress.overdue:
        return "danger"
    if progress.state is procedure_progress.StepState.RUNNING:
        return "warn" if share >= procedure_progress.AMBER else "primary"
    return "ok"


def _meta(
    seen: VisitSteps, step: procedure.Step, progress: procedure_progress.StepProgress, zone: tzinfo
) -> str:
    """Return who does the step, or who did it, when, and on behalf of which absent officer."""
    if progress.ended_at is None:
        actors = ", ".join(seen.procedure.actor_name(actor.id) for actor in step.actors)
        skipped = progress.state is procedure_progress.StepState.SKIPPED
        return procedure_progress.state_word(progress) if skipped else actors
    parts = [
        formats.format_time(to_datetime(progress.ended_at, zone)),
        seen.people.get(progress.officer_id or 0, ""),
    ]
    if progress.for_officer_id is not None:
        parts.append(_("atas nama {name}").format(name=seen.people.get(progress.for_officer_id, "")))
    if progress.state is not procedure_progress.StepState.IN_TIME:
        parts.append(procedure_progress.state_word(progress))
    return " · ".join(part for part in (*parts, progress.reason) if part)


def _branches(
    step: procedure.Step, progress: procedure_progress.StepProgress, *, running: bool
) -> tuple[str, ...]:
    """Return the way taken; while the step runs, every way that may be taken."""
    if progress.ended_at is not None:
        return tuple(_way(branch) for branch in step.branches if branch.when == progress.branch)
    return tuple(_way(branch) for branch in step.branches) if running else ()


def _way(branch: procedure.Branch) -> str:
    if branch.goto is None:
        return _("{outcome} → berakhir").format(outcome=branch.label)
    return _("{outcome} → langkah {n}").format(outcome=branch.label, n=branch.goto)


def _time(
    step: procedure.Step, progress: procedure_progress.StepProgress, zone: tzinfo, *, running: bool
) -> str:
    if not running or progress.due_at is None:
        return procedure_progress.spent_words(progress, step.time)
    if progress.standard_ms is None:
        due = to_datetime(progress.due_at, zone)
        return _("sampai {day} {time}").format(
            day=formats.format_date(due.date(), "short"), time=formats.format_time(due)
        )
    spent = formats.format_stopwatch(progress.spent_ms / 1000)
    return _("{spent} dari {n} menit").format(spent=spent, n=progress.standard_ms // MINUTE_MS)
