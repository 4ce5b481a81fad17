"""The judging of visits: which deviations a visit has by its steps. Nothing is written here.

A *lack* is a deviation that a service would have if it ended now, and that an act may still mend: an unsigned
guest book, for example.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability import deviation_words
from ult_desktop.core.accountability.causes import (
    NO_CASE,
    NO_GUEST_BOOK,
    NO_LETTER,
    ON_PAPER,
    PROMISE,
    StandIn,
    VisitFacts,
    missing_letters,
    missing_outputs,
    roles_at_the_desk,
)
from ult_desktop.core.accountability.deviations import DeviationKind, Lack
from ult_desktop.core.cases.case import CaseOutcome
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures import procedure, progress
from ult_desktop.core.procedures.clock import is_behind_the_desk, is_done_by_visitor_alone
from ult_desktop.core.procedures.on_paper import PaperRun
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.queue.boards import LeavingChecks
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.visit import Ending, Visit, VisitChannel
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, steps_if_ended, steps_of_each
from ult_desktop.operations.accountability.duty import roles_on_duty, stand_ins_on

_DECLINABLE = (procedure.StepEvent.SURVEY_FILLED, procedure.StepEvent.ESCORT_DONE)
# The act that still mends a lack, by the lack's cause or by the event that its step waits for.
_MENDED_BY: dict[str, str] = {
    NO_GUEST_BOOK: "guest",
    NO_CASE: "answer",
    NO_LETTER: "letter",
    procedure.StepEvent.IDENTITY_VERIFIED: "identity",
    procedure.StepEvent.SURVEY_OFFERED: "survey",
}
_GONE_EARLY = (Ending.LEFT, Ending.REFUSED)


class LackOfVisit(NamedTuple):
    """A deviation that a visit would have, and the visit's steps."""

    steps: VisitSteps
    deviation: deviations.NewDeviation


def facts_of_each(tx: Transaction, all_steps: Sequence[VisitSteps], now: int) -> list[VisitFacts]:
    """Return the facts by which each of the visits is judged at `now` (UTC ms), in order."""
    if not all_steps:
        return []
    office_facts = _OfficeFacts(
        office.zone(tx), cache(partial(roles_on_duty, tx)), cache(partial(stand_ins_on, tx)), now
    )
    all_belongings = visits.belongings_of_each(tx, [steps.visit.id for steps in all_steps])
    return [*map(office_facts.of_visit, all_steps, all_belongings)]


class _OfficeFacts(NamedTuple):
    """The facts of the office by which visits are judged. `now` is UTC ms.

    `on_duty` returns the roles on duty between two days, `without` the rules for the roles that the office
    goes without on a day. Both are cached, so that visits judged together read the file once.
    """

    zone: ZoneInfo
    on_duty: Callable[[str, str], frozenset[Role]]
    without: Callable[[str], Mapping[Role, StandIn]]
    now: int

    def of_visit(self, steps: VisitSteps, belongings: visits.Belongings) -> VisitFacts:
        visit = steps.visit
        was_left_unserved = (
            visit.ending == Ending.DAY_END
            and not belongings.has_case
            and belongings.number is not TicketState.DONE
        )
        last_day = office_day(visit.ended_at or self.now, self.zone)
        is_in_person = visit.channel is VisitChannel.FACE_TO_FACE
        return VisitFacts(
            at_kiosk=belongings.at_kiosk,
            has_guest=belongings.has_guest,
            has_case=belongings.has_case,
            has_letter=belongings.has_letter,
            zone=self.zone,
            was_served=visit.ending not in _GONE_EARLY and not was_left_unserved,
            within_one_day=visit.day == last_day,
            on_duty=self.on_duty(visit.day, last_day) if is_in_person else frozenset(),
            on_duty_by_step=self._on_duty_by_step(steps, last_day)
            if is_in_person and visit.day != last_day
            else {},
            without=self.without(visit.day),
        )

    def _on_duty_by_step(self, steps: VisitSteps, last_day: str) -> dict[int, frozenset[Role]]:
        """Return the roles on duty when each step of a visit of several days was in turn, by step."""
        roles_by_step = dict[int, frozenset[Role]]()
        for step in steps.progress.steps:
            if step.began_at is not None:
                began = office_day(step.began_at, self.zone)
                ended = began if step.step in steps.progress.missed else last_day
                roles_by_step[step.step] = self.on_duty(began, ended)
        return roles_by_step


def new_deviations(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    """Yield the deviations that a visit has at `now` (UTC ms)."""
    if steps.on_paper is not None:
        yield from _deviations_of_paper(steps, steps.on_paper, facts, _base_deviation(steps, now))
        return
    yield from _late_steps(steps, facts, now)
    if not steps.visit.is_open:
        yield from _missing_outputs(steps, facts, now)
        yield from _missing_letters(steps, facts, now)


def lacks_at_end(
    tx: Transaction, ticket: Ticket, leaving: LeavingChecks, now: int, end_marks: Sequence[Mark] = ()
) -> list[LackOfVisit]:
    """Return the lacks of this ticket's visitor: the deviations if their service ended now.

    If a case or another officer has the visit next, only the steps passed over until now count. `end_marks`
    are the marks that the end itself would write.
    """
    visit = visits.of_ticket(tx, ticket.id)
    at_desk = () if visit is None else visits.open_matters_at_desk(tx, visit.id)
    return _lacks_if_ended(
        tx, at_desk, now, end_marks, goes_on=bool(leaving.open_cases or leaving.awaited_step)
    )


def late_of_officer(tx: Transaction, visit_id: int, officer_id: int | None, now: int) -> list[LackOfVisit]:
    """Return the officer's late steps in a visit that goes on, and the next step if it is late.

    A next step that several officers may do counts as late by this officer.
    """
    all_steps = steps_of_each(tx, [visit_id], now)
    lacks = list[LackOfVisit]()
    for steps, facts in zip(all_steps, facts_of_each(tx, all_steps, now), strict=True):
        late = [
            step
            for step in overrun_steps(steps, facts)
            if officer_id is not None and step.officer_id == officer_id
        ]
        next_step = None if steps.next_step is None else steps.progress.of_step(steps.next_step.step)
        if next_step is not None and next_step.overdue and next_step not in late:
            late.append(replace(next_step, officer_id=next_step.officer_id or officer_id))
        lacks += [LackOfVisit(steps, new) for new in _deviations_of_steps(steps, facts, now, late)]
    return lacks


def lacks_of_call(tx: Transaction, visit_id: int, now: int) -> list[LackOfVisit]:
    """Return the lacks of a telephone call: the deviations if it ended now with the closing words."""
    closed = Mark(at=now, event=procedure.StepEvent.CALL_CLOSED)
    return _lacks_if_ended(tx, visits.find_each(tx, (visit_id,)), now, [closed])


def _lacks_if_ended(
    tx: Transaction,
    judged_visits: Sequence[Visit],
    now: int,
    end_marks: Sequence[Mark],
    *,
    goes_on: bool = False,
) -> list[LackOfVisit]:
    all_steps = steps_if_ended(tx, judged_visits, now, end_marks)
    lacks = list[LackOfVisit]()
    for steps, facts in zip(all_steps, facts_of_each(tx, all_steps, now), strict=True):
        # An end that writes marks of its own says what the visitor got: no case is missing then.
        facts_at_end = replace(facts, has_case=facts.has_case or bool(end_marks))
        # Outputs of steps that are still to come are not missing yet if the visit goes on.
        if goes_on:
            facts_at_end = replace(facts_at_end, was_served=False)
        new_ones = (
            *_late_steps(steps, facts, now),
            *_missing_outputs(steps, facts_at_end, now),
            *_missing_letters(steps, facts, now),
        )
        lacks += [LackOfVisit(steps, new) for new in new_ones]
    return lacks


def with_lacks(tx: Transaction, ticket: Ticket, leaving: LeavingChecks, now: int) -> LeavingChecks:
    """Return `leaving` with the deviations that would be written if the service ended now.

    `lacks` are those of an end as things are; `lacks_if_service_given` those of an end with the outcome
    "service given", which a visit with a case cannot have.
    """
    mark = Mark(at=now, event=procedure.StepEvent.SERVICE_GIVEN, branch=CaseOutcome.AVAILABLE)
    lacks_if_service_given = [] if leaving.case_number else lacks_at_end(tx, ticket, leaving, now, [mark])
    lacks_now = lacks_at_end(tx, ticket, leaving, now)
    return replace(
        leaving,
        lacks=describe_lacks(tx, lacks_now),
        lacks_if_service_given=describe_lacks(tx, lacks_if_service_given),
    )


def describe_lacks(tx: Transaction, lacks: Sequence[LackOfVisit]) -> tuple[Lack, ...]:
    """Return the lacks in words for the officer, each with the act that still mends it.

    There is one for each row that the register would have. Those that were explained before are left out.
    """
    steps_by_visit = {new.visit_id: steps for steps, new in lacks}
    rows = deviations.join_alike(tx, deviations.without_settled(tx, [lack.deviation for lack in lacks]))
    return tuple(_describe_lack(steps_by_visit[new.visit_id], new) for new in rows)


def _describe_lack(steps: VisitSteps, new: deviations.NewDeviation) -> Lack:
    completions = [step.completes for step in steps.procedure.steps if step.step in new.steps]
    events = [event for completion in completions for event in (completion.event, *completion.needs)]
    acts = [_MENDED_BY.get(new.cause_key), *(_MENDED_BY.get(event) for event in events if event)]
    if steps.visit.channel is VisitChannel.PHONE and completions and completions[0].tick:
        acts.append("tick")
    lack = Lack(
        kind=new.kind,
        step=new.step,
        item=new.item,
        cause_key=new.cause_key,
        steps=new.steps,
        spent=new.spent,
        mended_by="" if new.kind is DeviationKind.TIME else next(filter(None, acts), ""),
    )
    return deviation_words.with_procedure_words(lack, steps.procedure)


def _base_deviation(steps: VisitSteps, now: int) -> deviations.NewDeviation:
    """Return the fields that all deviations of a visit share. The kind is TIME until it is replaced."""
    return deviations.NewDeviation(
        kind=DeviationKind.TIME,
        day=steps.visit.day,
        made_at=now,
        procedure_id=steps.procedure.id,
        procedure_version=steps.procedure.version,
        visit_id=steps.visit.id,
    )


def _late_steps(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    yield from _deviations_of_steps(steps, facts, now, overrun_steps(steps, facts))


def _deviations_of_steps(
    steps: VisitSteps, facts: VisitFacts, now: int, late: Iterable[progress.StepProgress]
) -> Iterator[deviations.NewDeviation]:
    for step in late:
        promise = steps.promise if step.past_promise else None
        # A standard that is used up at midnight was used up on the day before it.
        used_up_at = now if step.used_up_at is None else step.used_up_at - 1
        yield replace(
            _base_deviation(steps, now),
            day=office_day(used_up_at, facts.zone),
            step=step.step,
            steps=(step.step,),
            spent=step.past_promise or _spent(steps, step),
            officer_id=step.officer_id,
            for_officer_id=step.for_officer_id,
            cause=step.reason if step.state is progress.StepState.WAIVED else "",
            cause_key=PROMISE if promise else "",
            item=deviation_words.attempt_words(promise) if promise else "",
        )


def _spent(steps: VisitSteps, late: progress.StepProgress) -> WorkedTime | None:
    """Return the time that a late step took; None if it is below the standard, as PPID had the matter too."""
    standard = next(step.time for step in steps.procedure.steps if step.step == late.step)
    if standard is not None and standard.minutes is None and late.spent.days < standard.longest_days:
        return None
    return late.spent


def _missing_outputs(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    for missing in missing_outputs(steps.procedure, steps.progress, facts):
        missed_at = _passed_over_at(steps, missing.steps[0]) or steps.visit.ended_at or now
        yield replace(
            _base_deviation(steps, now),
            kind=DeviationKind.OUTPUT,
            day=office_day(missed_at, facts.zone),
            step=missing.steps[0],
            cause_key=missing.cause,
            steps=missing.steps,
        )


def _missing_letters(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    for step in missing_letters(steps.procedure, steps.progress, facts):
        yield replace(
            _base_deviation(steps, now),
            kind=DeviationKind.EQUIPMENT,
            day=office_day(steps.progress.of_step(step.step).ended_at or now, facts.zone),
            step=step.step,
            steps=(step.step,),
            item=step.letter,
            cause_key=NO_LETTER,
        )


def _passed_over_at(steps: VisitSteps, number: int) -> int | None:
    """Return when the first later step was done instead of step `number` (UTC ms); None if none was."""
    if number not in steps.progress.missed:
        return None
    later_ends = [step.ended_at for step in steps.progress.steps if step.step > number]
    return min((ended_at for ended_at in later_ends if ended_at is not None), default=None)


def _deviations_of_paper(
    steps: VisitSteps, run: PaperRun, facts: VisitFacts, base: deviations.NewDeviation
) -> Iterator[deviations.NewDeviation]:
    """Yield the deviations of a visit typed in from paper.

    A paper shows only whether the serving as a whole took too long, and whether there was a case.
    """
    if run.overdue:
        yield replace(base, step=run.steps[0], spent=run.spent, cause_key=ON_PAPER, steps=run.steps)
    if not (steps.visit.is_open or facts.has_case):
        for missing in missing_outputs(steps.procedure, steps.progress, facts):
            if missing.cause == NO_CASE:
                yield replace(
                    base,
                    kind=DeviationKind.OUTPUT,
                    step=missing.steps[0],
                    cause_key=missing.cause,
                    steps=missing.steps,
                )


def overrun_steps(steps: VisitSteps, facts: VisitFacts) -> Iterator[progress.StepProgress]:
    """Yield the steps that exceeded their standard time.

    These are steps done or waived late, and steps undone while somebody waits or because the visitor went.
    """
    is_somebody_waiting = steps.visit.is_open or not facts.was_served
    for step, step_progress in zip(steps.procedure.steps, steps.progress.steps, strict=True):
        if not step_progress.overdue or is_done_by_visitor_alone(steps.procedure, step):
            continue
        if step_progress.ended_at is not None or step.step in steps.progress.missed:
            yield step_progress
            continue
        if not is_somebody_waiting or step.completes.event in _DECLINABLE:
            continue
        # A promise that was broken counts as lateness in any case.
        if step_progress.past_promise or not _is_reported_otherwise(steps, facts, step):
            yield step_progress


def _is_reported_otherwise(steps: VisitSteps, facts: VisitFacts, step: procedure.Step) -> bool:
    """Return whether an overdue step that nobody has marked does not count as late.

    A missing output reports the step instead if nobody at the desk could do it, or if it was done but for its
    output. In an open visit that began today an officer may yet mark the step.
    """
    if step.time is None or step.time.minutes is None or is_behind_the_desk(step):
        return False
    is_nobodys = facts.absent_for(step) in roles_at_the_desk(steps.procedure)
    may_yet_be_marked = steps.visit.is_open and facts.within_one_day
    return is_nobodys or step.step in steps.progress.lacking or may_yet_be_marked
