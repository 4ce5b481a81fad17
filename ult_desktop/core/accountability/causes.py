"""The causes of deviations: which outputs of a visit are missing, and what explains that."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.clock import BEHIND_THE_DESK, is_done_at_home
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, Step, StepEvent
from ult_desktop.core.procedures.progress import Progress, StepState

# The keys of causes, as the rows of deviations have them.
NO_GUEST_BOOK = "tanpa_buku_tamu"
NO_CASE = "tanpa_permohonan"
NO_LETTER = "tanpa_surat"
NOBODY = "tanpa:"  # followed by the role that nobody had: "tanpa:reception"
ON_PAPER = "di_kertas"  # typed in from paper, which shows only that the serving as a whole took too long
PROMISE = "janji_telepon"  # a call back came later than promised
# The events that only a visit with a case can have.
_EVENTS_OF_A_CASE = frozenset(
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
    """The rule for a day without a role: the role `passes_to` takes its steps over; None: they fall away."""

    passes_to: Role | None = None


class VisitFacts(Struct, frozen=True, kw_only=True):
    """The facts by which a visit's missing outputs are judged.

    `at_kiosk`: the visitor took the number themselves, and nobody welcomed them. `on_duty` are the roles that
    signed in on any day of the visit, empty where nobody's sign-in is known; `on_duty_by_step` those that
    signed in on the days on which a step was in turn, by its number, in a visit of several days. `without` is
    the office's rule for each role that it goes without on the day of the visit. `was_served`: the visitor
    reached a desk; visitors who did not, or who left, are owed no further step. `within_one_day`: the visit
    ended on the day on which it began. `zone` is the office's.
    """

    at_kiosk: bool = False
    has_guest: bool = True
    has_case: bool = True
    has_letter: bool = True
    was_served: bool = True
    within_one_day: bool = False
    on_duty: frozenset[Role] = frozenset()
    on_duty_by_step: Mapping[int, frozenset[Role]] = {}
    without: Mapping[Role, StandIn] = {}
    zone: ZoneInfo = ZoneInfo("UTC")

    def on_duty_for(self, step: Step) -> frozenset[Role]:
        """Return the roles on duty while the step was in turn (docs/domain.md, "What is a deviation")."""
        return self.on_duty_by_step.get(step.step, self.on_duty)

    def absent_for(self, step: Step) -> Role | None:
        """Return the role that carries the step out if nobody had such a role on its days, else None."""
        return absent_role(step, self.on_duty_for(step))


class MissingOutput(Struct, frozen=True, kw_only=True):
    """The numbers of the steps whose output is missing for one `cause`.

    `cause` "": nothing kept the officers from doing the steps, and nobody did or recorded them.
    """

    steps: tuple[int, ...]
    cause: str = ""


def missing_outputs(procedure: Procedure, progress: Progress, facts: VisitFacts) -> tuple[MissingOutput, ...]:
    """Return the missing outputs of a visit that has ended, in the order of their first steps."""
    by_cause: dict[str, list[int]] = {}
    for step in _owed_undone_steps(procedure, progress, facts):
        cause = _cause(procedure, step, facts)
        if cause is not None:
            by_cause.setdefault(cause, []).append(step.step)
    return tuple(MissingOutput(steps=tuple(steps), cause=cause) for cause, steps in by_cause.items())


def missing_letters(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    """Yield the steps that were done without the letter that they ask for.

    Steps that were not done are missing outputs instead. A visitor who left before being served was asked for
    a letter only if a later step was done.
    """
    done = {state.step for state in progress.steps if state.state in (StepState.IN_TIME, StepState.LATE)}
    for step in procedure.steps:
        was_asked = facts.was_served or step.step < max(done, default=0)
        if step.letter and step.step in done and was_asked and not facts.has_letter:
            yield step


def _owed_undone_steps(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    """Yield the steps that the visitor was owed and that were not begun."""
    for step in procedure.steps:
        is_owed = facts.was_served or step.step in progress.missed
        is_begun = progress.of_step(step.step).state is not StepState.NOT_BEGUN
        if is_owed and not is_begun and not is_done_at_home(procedure, step):
            yield step


def _cause(procedure: Procedure, step: Step, facts: VisitFacts) -> str | None:
    """Return the cause of a missing output, "" for none of those with a key; None where nothing was owed."""
    absent = facts.absent_for(step)
    rule = None if absent is None else facts.without.get(absent)
    # By the office's rule the step falls away, or the role that takes it over was absent too.
    if rule is not None and rule.passes_to not in facts.on_duty_for(step):
        return None
    if facts.at_kiosk and _is_before_the_call(procedure, step):
        return None if facts.has_guest else NO_GUEST_BOOK
    if absent is not None and rule is None:
        return f"{NOBODY}{absent}"
    needed = {step.completes.event, *step.completes.needs}
    if StepEvent.GUEST_BOOK_FILLED in needed and not facts.has_guest:
        return NO_GUEST_BOOK
    return NO_CASE if needed & _EVENTS_OF_A_CASE and not facts.has_case else ""


def absent_role(step: Step, on_duty: frozenset[Role]) -> Role | None:
    """Return the role that carries the step out if none of the step's roles is on duty, else None.

    None also where nobody's sign-in is known (`on_duty` is empty).
    """
    roles = [ROLE_OF_ACTOR[actor.id] for actor in step.actors if actor.id in ROLE_OF_ACTOR]
    nobody = bool(on_duty) and bool(roles) and on_duty.isdisjoint(roles)
    return roles[0] if nobody else None


def _is_before_the_call(procedure: Procedure, step: Step) -> bool:
    """Return whether the step comes before the call of the number.

    Security and reception carry such steps out. A visitor who signs the guest book at the kiosk has received
    themselves (docs/domain.md, A27).
    """
    calls = procedure.steps_for(StepEvent.TICKET_CALLED)
    return bool(calls) and procedure.steps.index(step) < procedure.steps.index(calls[0])


def roles_at_the_desk(procedure: Procedure) -> tuple[Role, ...]:
    """Return the roles that meet the visitor, in the order of the steps, each once."""
    first_roles = (ROLE_OF_ACTOR.get(step.actors[0].id) for step in procedure.steps)
    at_desk = (role for role in first_roles if role is not None and role not in BEHIND_THE_DESK)
    return tuple(dict.fromkeys(at_desk))


def steps_without(procedure: Procedure, role: Role) -> tuple[int, ...]:
    """Return the numbers of the steps that nobody else carries out when nobody has `role`."""
    all_others = frozenset(Role) - {role}
    return tuple(step.step for step in procedure.steps if absent_role(step, all_others) is role)
