"""The deviations that the register would hold of a visit, found from its steps. Nothing is written here."""

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
# The act that still mends a lack, by the lack's cause or the event that its step waits for; "" is none.
_MENDED_BY: dict[str, str] = {
    NO_GUEST_BOOK: "guest",
    NO_CASE: "answer",
    NO_LETTER: "letter",
    procedure.StepEvent.IDENTITY_VERIFIED: "identity",
    procedure.StepEvent.SURVEY_OFFERED: "survey",
}
_TICKED = "tick"
_GONE_EARLY = (Ending.LEFT, Ending.REFUSED)


def facts_of_each(tx: Transaction, all_steps: Sequence[VisitSteps], now: int) -> list[VisitFacts]:
    if not all_steps:
        return []
    office_facts = _OfficeFacts(
        office.zone(tx), cache(partial(roles_on_duty, tx)), cache(partial(stand_ins_on, tx)), now
    )
    known = visits.belongings_of_each(tx, [steps.visit.id for steps in all_steps])
    return [office_facts.of(steps, belongings) for steps, belongings in zip(all_steps, known, strict=True)]


class _OfficeFacts(NamedTuple):
    """The facts of the office by which visits are judged. `now` is UTC ms.

    `on_duty` and `without` keep their answers, so that visits judged together ask the file once.
    """

    zone: ZoneInfo
    on_duty: Callable[[str, str], frozenset[Role]]
    without: Callable[[str], Mapping[Role, StandIn]]
    now: int

    def of(self, steps: VisitSteps, belongings: visits.Belongings) -> VisitFacts:
        visit = steps.visit
        left_unserved = (
            visit.ending == Ending.DAY_END
            and not belongings.has_case
            and belongings.number is not TicketState.DONE
        )
        last_day = office_day(visit.ended_at or self.now, self.zone)
        in_person = visit.channel is VisitChannel.FACE_TO_FACE
        return VisitFacts(
            at_kiosk=belongings.at_kiosk,
            has_guest=belongings.has_guest,
            has_case=belongings.has_case,
            has_letter=belongings.has_letter,
            zone=self.zone,
            was_served=visit.ending not in _GONE_EARLY and not left_unserved,
            within_one_day=visit.day == last_day,
            on_duty=self.on_duty(visit.day, last_day) if in_person else frozenset(),
            on_duty_by_step=self._on_duty_by_step(steps, last_day)
            if in_person and visit.day != last_day
            else {},
            without=self.without(visit.day),
        )

    def _on_duty_by_step(self, steps: VisitSteps, last_day: str) -> dict[int, frozenset[Role]]:
        """Return the roles on duty when each step of a visit of several days was in turn, by step."""
        found = dict[int, frozenset[Role]]()
        for step in steps.progress.steps:
            if step.began_at is not None:
                began = office_day(step.began_at, self.zone)
                ended = began if step.step in steps.progress.missed else last_day
                found[step.step] = self.on_duty(began, ended)
        return found


def new_deviations(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    """Yield what the register holds of a visit at `now` (UTC ms)."""
    if steps.on_paper is not None:
        yield from _deviations_of_paper(steps, steps.on_paper, facts, _time_deviation(steps, now))
        return
    yield from _late(steps, facts, now)
    if not steps.visit.is_open:
        yield from (*_missing(steps, facts, now), *_without_letter(steps, facts, now))


def lacks_at_end(
    tx: Transaction, ticket: Ticket, leaving: LeavingChecks, now: int, also: Sequence[Mark] = ()
) -> list[tuple[VisitSteps, deviations.NewDeviation]]:
    """Return the deviations that would be written if the service of this number's visitor ended now.

    If a case or another officer has the visit next, only what was passed over until now counts. `also` are
    the marks that the end itself would write.
    """
    visit = visits.of_ticket(tx, ticket.id)
    at_desk = () if visit is None else visits.open_matters_at_desk(tx, visit.id)
    return _lacks_if_ended(tx, at_desk, now, also, goes_on=bool(leaving.open_cases or leaving.awaited))


def late_of_officer(
    tx: Transaction, visit_id: int, officer_id: int | None, now: int
) -> list[tuple[VisitSteps, deviations.NewDeviation]]:
    """Return what an officer is late with in a visit that goes on, and the step in turn if it is late.

    A step in turn that several may still finish is late by whoever has it now.
    """
    all_steps = steps_of_each(tx, [visit_id], now)
    found = list[tuple[VisitSteps, deviations.NewDeviation]]()
    for steps, facts in zip(all_steps, facts_of_each(tx, all_steps, now), strict=True):
        late = [
            each
            for each in overrun_steps(steps, facts)
            if officer_id is not None and each.officer_id == officer_id
        ]
        in_turn = None if steps.next_step is None else steps.progress.of_step(steps.next_step.step)
        if in_turn is not None and in_turn.overdue and in_turn not in late:
            late.append(replace(in_turn, officer_id=in_turn.officer_id or officer_id))
        found += [(steps, new) for new in _deviations_of_steps(steps, facts, now, late)]
    return found


def lacks_of_call(
    tx: Transaction, visit_id: int, now: int
) -> list[tuple[VisitSteps, deviations.NewDeviation]]:
    """Return what would be written of a call if it ended now with the closing words."""
    closed = Mark(at=now, event=procedure.StepEvent.CALL_CLOSED)
    return _lacks_if_ended(tx, visits.find_each(tx, (visit_id,)), now, [closed])


def _lacks_if_ended(
    tx: Transaction, ended: Sequence[Visit], now: int, also: Sequence[Mark], *, goes_on: bool = False
) -> list[tuple[VisitSteps, deviations.NewDeviation]]:
    all_steps = steps_if_ended(tx, ended, now, also)
    found = list[tuple[VisitSteps, deviations.NewDeviation]]()
    for steps, facts in zip(all_steps, facts_of_each(tx, all_steps, now), strict=True):
        # An end that writes marks of its own says what the visitor got: no case is missing then.
        at_end = replace(facts, has_case=facts.has_case or bool(also))
        # Outputs of steps that are still to come are not missing yet if the visit goes on.
        if goes_on:
            at_end = replace(at_end, was_served=False)
        missing = (*_missing(steps, at_end, now), *_without_letter(steps, facts, now))
        found += [(steps, new) for new in (*_late(steps, facts, now), *missing)]
    return found


def with_lacks(tx: Transaction, ticket: Ticket, leaving: LeavingChecks, now: int) -> LeavingChecks:
    """Return `leaving` with the deviations that would be written if the service ended now.

    `lacks` are those of an end as things are; `lacks_if_given` those of an end with the outcome "service
    given", which a visit with a case cannot have.
    """
    mark = Mark(at=now, event=procedure.StepEvent.SERVICE_GIVEN, branch=CaseOutcome.AVAILABLE)
    given = [] if leaving.case else lacks_at_end(tx, ticket, leaving, now, [mark])
    lacks = lacks_at_end(tx, ticket, leaving, now)
    return replace(leaving, lacks=in_words(tx, lacks), lacks_if_given=in_words(tx, given))


def in_words(
    tx: Transaction, found: Sequence[tuple[VisitSteps, deviations.NewDeviation]]
) -> tuple[Lack, ...]:
    """Return the deviations `found` in words for the officer, each with the act that still mends it.

    There is one for each row that the register would have. Those that were explained before are left out.
    """
    steps_by_visit = {new.visit_id: steps for steps, new in found}
    rows = deviations.joined(tx, deviations.unsettled(tx, [new for _steps, new in found]))
    return tuple(_lack(steps_by_visit[new.visit_id], new) for new in rows)


def _lack(steps: VisitSteps, new: deviations.NewDeviation) -> Lack:
    completions = [step.completes for step in steps.procedure.steps if step.step in new.steps]
    events = [event for each in completions for event in (each.event, *each.needs)]
    acts = [_MENDED_BY.get(new.cause_key), *(_MENDED_BY.get(event) for event in events if event)]
    if steps.visit.channel is VisitChannel.PHONE and completions and completions[0].tick:
        acts.append(_TICKED)
    found = Lack(
        kind=new.kind,
        step=new.step,
        item=new.item,
        cause_key=new.cause_key,
        steps=new.steps,
        spent=new.spent,
        mended_by="" if new.kind is DeviationKind.TIME else next(filter(None, acts), ""),
    )
    return deviation_words.with_procedure_words(found, steps.procedure)


def _time_deviation(steps: VisitSteps, now: int) -> deviations.NewDeviation:
    return deviations.NewDeviation(
        kind=DeviationKind.TIME,
        day=steps.visit.day,
        made_at=now,
        procedure_id=steps.procedure.id,
        procedure_version=steps.procedure.version,
        visit_id=steps.visit.id,
    )


def _late(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    yield from _deviations_of_steps(steps, facts, now, overrun_steps(steps, facts))


def _deviations_of_steps(
    steps: VisitSteps, facts: VisitFacts, now: int, late: Iterable[progress.StepProgress]
) -> Iterator[deviations.NewDeviation]:
    for step in late:
        promise = steps.promise if step.past_promise else None
        yield replace(
            _time_deviation(steps, now),
            # Work that ends at midnight ends on the day before it.
            day=office_day((step.used_up_at or now + 1) - 1, facts.zone),
            step=step.step,
            steps=(step.step,),
            spent=step.past_promise or _spent(steps, step),
            officer_id=step.officer_id,
            for_officer_id=step.for_officer_id,
            cause=step.reason if step.state is progress.StepState.WAIVED else "",
            cause_key=PROMISE if promise else "",
            item=deviation_words.attempt_words(promise) if promise else "",
        )


def _spent(steps: VisitSteps, found: progress.StepProgress) -> WorkedTime | None:
    """Return the time of a late step; None where PPID had most of the days that its standard allows."""
    standard = next(step.time for step in steps.procedure.steps if step.step == found.step)
    if standard is not None and standard.minutes is None and found.spent.days < standard.longest_days:
        return None
    return found.spent


def _missing(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    for missing in missing_outputs(steps.procedure, steps.progress, facts):
        happened = _passed_at(steps, missing.steps[0]) or steps.visit.ended_at or now
        yield replace(
            _time_deviation(steps, now),
            kind=DeviationKind.OUTPUT,
            day=office_day(happened, facts.zone),
            step=missing.steps[0],
            cause_key=missing.cause,
            steps=missing.steps,
        )


def _without_letter(steps: VisitSteps, facts: VisitFacts, now: int) -> Iterator[deviations.NewDeviation]:
    for step in missing_letters(steps.procedure, steps.progress, facts):
        yield replace(
            _time_deviation(steps, now),
            kind=DeviationKind.EQUIPMENT,
            day=office_day(steps.progress.of_step(step.step).ended_at or now, facts.zone),
            step=step.step,
            steps=(step.step,),
            item=step.letter,
            cause_key=NO_LETTER,
        )


def _passed_at(steps: VisitSteps, number: int) -> int | None:
    """Return when a later step was done in the place of this one; None if the visit ended before that."""
    later = (
        (each for each in steps.progress.steps if each.step > number)
        if number in steps.progress.missed
        else ()
    )
    return min((each.ended_at for each in later if each.ended_at is not None), default=None)


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
    """Yield the steps that exceeded their standard.

    These are steps done or waived late, and steps undone while somebody waits or because the visitor went.
    """
    waited_for = steps.visit.is_open or not facts.was_served
    for step, found in zip(steps.procedure.steps, steps.progress.steps, strict=True):
        if not found.overdue or is_done_by_visitor_alone(steps.procedure, step):
            continue
        acted = found.ended_at is not None or step.step in steps.progress.missed
        undone = waited_for and step.completes.event not in _DECLINABLE
        if acted or (undone and (found.past_promise or not _is_reported_otherwise(steps, facts, step))):
            yield found


def _is_reported_otherwise(steps: VisitSteps, facts: VisitFacts, step: procedure.Step) -> bool:
    """Return whether an overdue step that nobody has marked is not to be written down as late.

    A missing output reports the step instead if nobody at the desk could do it, or if it was done but for its
    output. In an open visit that began today an officer may yet mark the step.
    """
    if step.time is None or step.time.minutes is None or is_behind_the_desk(step):
        return False
    nobody = facts.absent_for(step) in roles_at_the_desk(steps.procedure)
    return nobody or step.step in steps.progress.lacking or (steps.visit.is_open and facts.within_one_day)
