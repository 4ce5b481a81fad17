"""The causes of deviations: which outputs of a visit are missing, and what explains that."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.clock import BEHIND_THE_DESK, is_done_afar
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, Step, StepEvent
from ult_desktop.core.procedures.progress import Progress, StepState

# The keys of causes, as rows have them. `NOBODY` is followed by the name of a role.
NO_GUEST_BOOK, NO_CASE, NO_LETTER, NOBODY = "tanpa_buku_tamu", "tanpa_permohonan", "tanpa_surat", "tanpa:"
ON_PAPER, PROMISE = "di_kertas", "janji_telepon"
# The events that only a visit with a case can have.
_OF_A_CASE = frozenset(
    {
        StepEvent.CASE_OPENED,
        StepEvent.QUESTION_RECORDED,
        StepEvent.OUTCOME_SET,
        StepEvent.ESCALATED,
        StepEvent.ESCALATION_RECEIVED,
        StepEvent.ASSESSED,
        StepEvent.REFERRED,
        StepEvent.DISPOSED,
        StepEvent.ANSWER_RECEIVED,
        StepEvent.RESULT_READY,
        StepEvent.ANSWERED,
        StepEvent.RESULT_HANDED_OVER,
        StepEvent.CASE_CLOSED,
        StepEvent.SURVEY_FILLED,
    }
)


class StandIn(Struct, frozen=True, kw_only=True):
    """The rule for a day without a role: another role takes its steps over, or they fall away."""

    passes_to: Role | None = None


class VisitFacts(Struct, frozen=True, kw_only=True):
    """The facts by which a visit's missing outputs are judged.

    `at_kiosk`: the visitor took the number themselves, and nobody welcomed them. `on_duty` are the roles that
    signed in, empty where nobody's sign-in is known. `on_duty_for` are the roles, by the number of a step,
    where the step's turn was on other days with other roles. `without` is the office's rule for each role
    that nobody has today. `was_served`: the visitor reached a desk; whoever did not, or left, is owed no
    further step. `within_one_day`: the visit ended on the day on which it began. `zone` is the office's.
    """

    at_kiosk: bool = False
    has_guest: bool = True
    has_case: bool = True
    has_letter: bool = True
    was_served: bool = True
    within_one_day: bool = False
    on_duty: frozenset[Role] = frozenset()
    on_duty_for: Mapping[int, frozenset[Role]] = {}
    without: Mapping[Role, StandIn] = {}
    zone: ZoneInfo = ZoneInfo("UTC")

    def absent(self, step: Step) -> Role | None:
        """Return the role that carries the step out if nobody with such a role was on duty, else None."""
        return absent_role(step, self.on_duty_for.get(step.step, self.on_duty))


class MissingOutput(Struct, frozen=True, kw_only=True):
    """The numbers of the steps whose output is missing for one `cause`.

    The cause is one of the keys above, or "": nobody did the steps, or nobody recorded them.
    """

    steps: tuple[int, ...]
    cause: str = ""


def missing_outputs(procedure: Procedure, progress: Progress, facts: VisitFacts) -> tuple[MissingOutput, ...]:
    """Return the missing outputs of a visit that has ended, in the order of their first steps."""
    by_cause: dict[str, list[int]] = {}
    for step in _undone(procedure, progress, facts):
        cause = _cause(procedure, step, facts)
        if cause is not None:
            by_cause.setdefault(cause, []).append(step.step)
    return tuple(MissingOutput(steps=tuple(steps), cause=cause) for cause, steps in by_cause.items())


def missing_letters(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    """Yield the steps that were done without the letter that they ask for.

    Steps that were not done are missing outputs instead. A visitor who left before being served was asked for
    a letter only if a later step was done.
    """
    done = {each.step for each in progress.steps if each.state in (StepState.IN_TIME, StepState.LATE)}
    for step in procedure.steps:
        was_asked = facts.was_served or step.step < max(done, default=0)
        if step.letter and step.step in done and was_asked and not facts.has_letter:
            yield step


def _undone(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    """Yield the steps that the visitor was owed and that were not begun."""
    for step in procedure.steps:
        not_begun = progress.of_step(step.step).state is StepState.NOT_BEGUN
        owed = not_begun and not is_done_afar(procedure, step)
        if owed and (facts.was_served or step.step in progress.missed):
            yield step


def _cause(procedure: Procedure, step: Step, facts: VisitFacts) -> str | None:
    """Return the cause of a missing output, "" for none of those with a key; None where nothing was owed."""
    absent = facts.absent(step)
    # By the office's rule the step falls away, or the role that takes it over is absent too.
    rule = None if absent is None else facts.without.get(absent)
    if rule is not None and rule.passes_to not in facts.on_duty:
        return None
    if facts.at_kiosk and _is_before_the_call(procedure, step):
        return None if facts.has_guest else NO_GUEST_BOOK
    if absent is not None and rule is None:
        return f"{NOBODY}{absent}"
    needed = {step.completes.event, *step.completes.needs}
    if StepEvent.GUEST_BOOK_FILLED in needed and not facts.has_guest:
        return NO_GUEST_BOOK
    return NO_CASE if needed & _OF_A_CASE and not facts.has_case else ""


def absent_role(step: Step, on_duty: frozenset[Role]) -> Role | None:
    """Return the role that carries the step out if none of the step's roles is on duty, else None.

    None also where nobody's sign-in is known (`on_duty` is empty).
    """
    roles = [ROLE_OF_ACTOR[actor.id] for actor in step.actors if actor.id in ROLE_OF_ACTOR]
    nobody = bool(on_duty) and bool(roles) and on_duty.isdisjoint(roles)
    return roles[0] if nobody else None


def _is_before_the_call(procedure: Procedure, step: Step) -> bool:
    """Return whether the step comes before the call of the number.

    Security and reception carry such steps out, or the kiosk where the guest book is signed there
    (docs/domain.md, A27).
    """
    calls = procedure.steps_for(StepEvent.TICKET_CALLED)
    return bool(calls) and procedure.steps.index(step) < procedure.steps.index(calls[0])


def roles_at_the_desk(procedure: Procedure) -> tuple[Role, ...]:
    """Return the roles that meet the visitor, in the order of the steps, each once."""
    first = (ROLE_OF_ACTOR.get(step.actors[0].id) for step in procedure.steps)
    return tuple(dict.fromkeys(role for role in first if role is not None and role not in BEHIND_THE_DESK))


def steps_of(procedure: Procedure, role: Role) -> tuple[int, ...]:
    """Return the steps that fall away, or that another role takes over, when nobody has that role."""
    return tuple(s.step for s in procedure.steps if absent_role(s, frozenset(Role) - {role}) is role)
