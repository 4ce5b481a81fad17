"""The deviations (penyimpangan).

The program writes them, the officer who answers for them explains, the head reviews.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from ult_desktop.base import _
from ult_desktop.core.access.roles import Officer, Permission, Role
from ult_desktop.core.accountability import causes
from ult_desktop.core.accountability.causes import (
    NO_CASE,
    ON_PAPER,
    PROMISE,
    StandIn,
    VisitFacts,
    missing_outputs,
    roles_at_the_desk,
)
from ult_desktop.core.accountability.commands import (
    CollectDeviations,
    ExplainDeviation,
    MarkFalse,
    ReviewDeviation,
)
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState, alike
from ult_desktop.core.free_text import says_something
from ult_desktop.core.procedures import procedure, progress
from ult_desktop.core.procedures.clock import is_behind_the_desk, is_the_visitors_alone
from ult_desktop.core.procedures.on_paper import PaperRun
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.visit import Ending, VisitChannel
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, steps_of_each
from ult_desktop.operations import lookup
from ult_desktop.operations.accountability.duty import declare_absences, roles_on_duty, without
from ult_desktop.operations.operation import Context, NewEvent, handles, known, named, refuse, the_subject

MAX_JUDGED, JUDGED_AT_ONCE, JUDGING_S = 300, 20, 0.5
MAX_COLLECTED = 20
_SHOWN_DAYS = 31
_DECLINABLE = (procedure.StepEvent.SURVEY_FILLED, procedure.StepEvent.ESCORT_DONE)
_DONE = TicketState.DONE
_GONE_EARLY = (Ending.LEFT, Ending.REFUSED)
_VERDICTS = (DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP)
_Judged = tuple[VisitSteps, VisitFacts]
_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


def record_deviations(tx: Transaction, context: Context, *visit_ids: int) -> int:
    """Write the visits' deviations down, each once; returns how many were new.

    Called when visits close, and for open ones by CollectDeviations. Warning 2 of every POS.
    """
    looked_at = steps_of_each(tx, visit_ids, context.at)
    found = [seen for seen in looked_at if seen.visit.ending != Ending.MERGED]
    return _write_down(tx, context, list(zip(found, _facts_of_each(tx, found, context.at), strict=True)))


def _write_down(tx: Transaction, context: Context, judged: Sequence[_Judged]) -> int:
    lacking = (each for seen, facts in judged for each in _lacking_roles(seen, facts))
    for day, role in dict.fromkeys(lacking):
        declare_absences(tx, context, day, [role])
    news = (new for seen, facts in judged for new in _new_deviations(seen, facts, context))
    return deviations.add(tx, *news)


def _lacking_roles(seen: VisitSteps, facts: VisitFacts) -> Iterator[tuple[str, Role]]:
    """Yield the day of a visit that is over, with each role of its steps that the office had nobody for."""
    absent = {facts.absent(step) for step in seen.procedure.steps}
    if not seen.visit.is_open:
        yield from ((seen.visit.day, role) for role in facts.without if role in absent)


def record_open_deviations(tx: Transaction, context: Context) -> int:
    """Write down, at the day's end, which standards the open visits have exceeded.

    Returns how many deviations were new.
    """
    late, made = _unaccounted(tx, context.at), 0
    while some := tuple(islice(late, JUDGED_AT_ONCE)):
        made += _write_down(tx, context, some)
    return made


def visits_with_new_deviations(tx: Transaction, now: int) -> tuple[int, ...]:
    """Return the open visits with an unwritten deviation that are found in `JUDGING_S` seconds.

    Visits with the fewest deviations are looked at first, and of these the oldest.
    """
    return tuple(seen.visit.id for seen, _facts in _unaccounted(tx, now))


def _unaccounted(tx: Transaction, now: int) -> Iterator[_Judged]:
    """Yield open visits with deviations that are not written down, a few at a time, for a limited time.

    The limits on their number and on the time keep the transaction short (docs/store.md, rule 5), also with
    many imported requests or a slow server. The next look finds the others.
    """
    end, in_hand = time.monotonic() + JUDGING_S, deviations.open_visits(tx, MAX_JUDGED)
    for first in range(0, len(in_hand), JUDGED_AT_ONCE):
        if time.monotonic() >= end:
            return
        looked_at = steps_of_each(tx, in_hand[first : first + JUDGED_AT_ONCE], now)
        written = deviations.steps_out_of_time(tx, [seen.visit.id for seen in looked_at])
        for seen, facts, steps in zip(looked_at, _facts_of_each(tx, looked_at, now), written, strict=True):
            if _is_unwritten(seen, facts, steps):
                yield seen, facts


class DeviationBoard(msgspec.Struct, frozen=True):
    """The board of deviations, newest first; who can answer for them; open visits with an unwritten one."""

    found: tuple[Deviation, ...]
    officers: tuple[Officer, ...]
    late: tuple[int, ...]


def deviation_board(tx: Transaction, now: int) -> DeviationBoard:
    """Return the board: all open deviations of any day, and everything of the last month. `now` is UTC ms."""
    day = date.fromisoformat(lookup.today(tx, now))
    recent = deviations.between(tx, (day - timedelta(days=_SHOWN_DAYS)).isoformat(), day.isoformat())
    found = {each.id: each for each in (*deviations.waiting(tx), *recent)}
    newest = sorted(found.values(), key=lambda each: (each.made_at, each.id), reverse=True)
    late = tuple(seen.visit.id for seen, _facts in islice(_unaccounted(tx, now), MAX_COLLECTED))
    return DeviationBoard(tuple(newest), officers.all_active(tx), late)


def alike_ids(tx: Transaction, deviation_id: int) -> tuple[int, ...]:
    """Return the ids of other deviations that the same explanation or review may serve.

    Empty for an unknown id.
    """
    found = deviations.find(tx, deviation_id)
    return () if found is None else tuple(each.id for each in alike(found, deviations.waiting(tx)))


def _is_unwritten(seen: VisitSteps, facts: VisitFacts, written: frozenset[int]) -> bool:
    """Return whether the visit exceeded a standard of a step that is not among `written`."""
    if seen.on_paper is not None:
        return seen.on_paper.overdue and not written
    return any(step.step not in written for step in _run_over(seen, facts))


def _facts_of_each(tx: Transaction, looked_at: Sequence[VisitSteps], now: int) -> list[VisitFacts]:
    if not looked_at:
        return []
    office_facts = _OfficeFacts(
        office.zone(tx), cache(partial(roles_on_duty, tx)), cache(partial(without, tx)), now
    )
    known = visits.belongings_of_each(tx, [seen.visit.id for seen in looked_at])
    return [office_facts.of(seen, has) for seen, has in zip(looked_at, known, strict=True)]


class _OfficeFacts(NamedTuple):
    """The facts of the office by which visits are judged. `now` is UTC ms.

    `on_duty` and `without` keep their answers, so that visits judged together ask the file once.
    """

    zone: ZoneInfo
    on_duty: Callable[[str, str], frozenset[Role]]
    without: Callable[[str], Mapping[Role, StandIn]]
    now: int

    def of(self, seen: VisitSteps, has: visits.Belongings) -> VisitFacts:
        visit = seen.visit
        gone = visit.ending == Ending.DAY_END and not has.has_case and has.number is not _DONE
        last_day = office_day(visit.ended_at or self.now, self.zone)
        in_person = visit.channel is VisitChannel.FACE_TO_FACE
        return VisitFacts(
            at_kiosk=has.at_kiosk,
            has_guest=has.has_guest,
            has_case=has.has_case,
            was_served=visit.ending not in _GONE_EARLY and not gone,
            within_one_day=visit.day == last_day,
            on_duty=self.on_duty(visit.day, last_day) if in_person else frozenset(),
            on_duty_for=self._on_duty_for(seen, last_day) if in_person and visit.day != last_day else {},
            without=self.without(visit.day),
        )

    def _on_duty_for(self, seen: VisitSteps, last_day: str) -> dict[int, frozenset[Role]]:
        """Return the roles on duty when each step of a visit of several days was in turn, by step."""
        found = dict[int, frozenset[Role]]()
        for step in seen.progress.steps:
            if step.began_at is not None:
                began = office_day(step.began_at, self.zone)
                ended = began if step.step in seen.progress.missed else last_day
                found[step.step] = self.on_duty(began, ended)
        return found


def _new_deviations(
    seen: VisitSteps, facts: VisitFacts, context: Context
) -> Iterator[deviations.NewDeviation]:
    zone = context.office.settings.office.zone
    base = deviations.NewDeviation(
        kind=DeviationKind.TIME,
        day=seen.visit.day,
        made_at=context.at,
        procedure_id=seen.procedure.id,
        procedure_version=seen.procedure.version,
        visit_id=seen.visit.id,
    )
    if seen.on_paper is not None:
        yield from _of_paper(seen, seen.on_paper, facts, base)
        return
    for step in _run_over(seen, facts):
        promise = seen.promise if step.past_promise_ms else None
        yield replace(
            base,
            # Work that ends at midnight ends on the day before it.
            day=office_day((step.used_up_at or context.at + 1) - 1, zone),
            step=step.step,
            spent_ms=step.past_promise_ms or step.spent_ms,
            officer_id=step.officer_id,
            for_officer_id=step.for_officer_id,
            cause=step.reason,
            cause_key=PROMISE if promise else "",
            item=causes.attempt_words(promise) if promise else "",
        )
    if seen.visit.is_open:
        return
    for missing in missing_outputs(seen.procedure, seen.progress, facts):
        yield replace(
            base,
            kind=DeviationKind.OUTPUT,
            day=office_day(_passed_at(seen, missing.steps[0]) or seen.visit.ended_at or context.at, zone),
            step=missing.steps[0],
            cause_key=missing.cause,
            steps=missing.steps if missing.cause else (),
        )


def _passed_at(seen: VisitSteps, number: int) -> int | None:
    """Return when a later step was done in the place of this one; None if the visit ended before that."""
    steps = seen.progress.steps if number in seen.progress.missed else ()
    return min((s.ended_at for s in steps if s.step > number and s.ended_at is not None), default=None)


def _of_paper(
    seen: VisitSteps, run: PaperRun, facts: VisitFacts, base: deviations.NewDeviation
) -> Iterator[deviations.NewDeviation]:
    """Yield the deviations of a visit typed in from paper.

    A paper shows only whether the serving as a whole took too long, and whether there was a case.
    """
    if run.overdue:
        yield replace(base, step=run.steps[0], spent_ms=run.spent_ms, cause_key=ON_PAPER, steps=run.steps)
    if not (seen.visit.is_open or facts.has_case):
        for missing in missing_outputs(seen.procedure, seen.progress, facts):
            if missing.cause == NO_CASE:
                yield replace(
                    base,
                    kind=DeviationKind.OUTPUT,
                    step=missing.steps[0],
                    cause_key=missing.cause,
                    steps=missing.steps,
                )


def _run_over(seen: VisitSteps, facts: VisitFacts) -> Iterator[progress.StepProgress]:
    """Yield the steps that exceeded their standard.

    These are steps done or waived late, and steps undone while somebody waits or because the visitor went.
    """
    waited_for = seen.visit.is_open or not facts.was_served
    for step, found in zip(seen.procedure.steps, seen.progress.steps, strict=True):
        if not found.overdue or is_the_visitors_alone(seen.procedure, step):
            continue
        acted = found.ended_at is not None or step.step in seen.progress.missed
        undone = waited_for and step.completes.event not in _DECLINABLE
        if acted or (undone and (found.past_promise_ms or not _told_otherwise(seen, facts, step))):
            yield found


def _told_otherwise(seen: VisitSteps, facts: VisitFacts, step: procedure.Step) -> bool:
    """Return whether an overdue step that nobody has marked is not to be written down as late.

    A missing output reports the step instead if nobody at the desk could do it, or if it was done but for its
    output. In an open visit that began today an officer may yet mark the step.
    """
    if step.time is None or step.time.minutes is None or is_behind_the_desk(step):
        return False
    nobody = facts.absent(step) in roles_at_the_desk(seen.procedure)
    return nobody or step.step in seen.progress.lacking or (seen.visit.is_open and facts.within_one_day)


@handles(CollectDeviations, needs=Permission.BE_STATION, answer=the_subject)
def collect_deviations(command: CollectDeviations, tx: Transaction, context: Context) -> NewEvent:
    """Write open visits' deviations down.

    The answer is how many were new; asked again, none is written twice.
    """
    made = record_deviations(tx, context, *command.visits)
    return NewEvent("deviation.collected", "deviation", made, {"visits": command.visits})


@handles(ExplainDeviation, needs=Permission.EXPLAIN_DEVIATIONS, answer=deviations.get)
@named("deviation explain", "Jelaskan penyimpangan NUMBER: penyebab, perbaikan, penanggung jawab.")
def explain_deviation(command: ExplainDeviation, tx: Transaction, context: Context) -> NewEvent:
    """Explain deviations: the cause, the correction and who answers for it.

    The explanation can be improved until the head has reviewed it.
    """
    found = _require_deviations(tx, command.deviation_id, command.also)
    if found[0].reviewed_at is not None:
        raise refuse(_("Penyimpangan itu sudah ditinjau."), _("Bicarakan dengan peninjaunya."))
    if not (says_something(command.cause) and says_something(command.correction)):
        raise refuse(_("Penyebab dan perbaikan perlu diisi dengan kata-kata."), _("Tulis keduanya."))
    responsible = known(
        officers.find(tx, command.responsible),
        _("Petugas {login} tidak ada.").format(login=command.responsible),
    )
    deviations.explain(
        tx,
        [deviation.id for deviation in found],
        cause=command.cause.strip(),
        correction=command.correction.strip(),
        responsible_id=responsible.id,
        at=context.at,
        by=context.by.officer_id,
    )
    data = {"responsible": responsible.id, "also": command.also}
    return NewEvent("deviation.explained", "deviation", command.deviation_id, data)


@handles(ReviewDeviation, needs=Permission.REVIEW_DEVIATIONS, answer=deviations.get)
@named("deviation review", "Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.")
def review_deviation(command: ReviewDeviation, tx: Transaction, context: Context) -> NewEvent:
    """Review deviations. One that is being followed up may be accepted later; an accepted one is closed."""
    found = _require_deviations(tx, command.deviation_id, command.also)
    if command.verdict not in _VERDICTS:
        raise refuse(_("Pilih diterima atau ditindaklanjuti."))
    if found[0].state is DeviationState.OPEN:
        raise refuse(
            _("Penyimpangan itu belum dijelaskan."), _("Minta penanggung jawab menjelaskannya dulu.")
        )
    if found[0].state not in _REVIEWABLE:
        raise refuse(_("Penyimpangan itu sudah diterima."))
    if command.verdict is DeviationState.FOLLOWED_UP and not says_something(command.remark):
        raise refuse(_("Sebutkan tindak lanjutnya."), _("Tulis catatan untuk pelaksana."))
    by, remark = context.by.officer_id, command.remark.strip()
    for deviation in found:
        deviations.review(tx, deviation.id, command.verdict, remark, context.at, by)
    data = {"verdict": command.verdict, "also": command.also}
    return NewEvent("deviation.reviewed", "deviation", command.deviation_id, data)


@handles(MarkFalse, needs=Permission.REVIEW_DEVIATIONS, answer=deviations.get)
@named(
    "deviation false",
    "Tandai penyimpangan NUMBER keliru, dengan alasan; tetap tersimpan dan dihitung terpisah.",
)
def mark_false(command: MarkFalse, tx: Transaction, context: Context) -> NewEvent:
    """Mark deviations as false. Nobody has to account for them any more; accepted ones stay accepted."""
    found = _require_deviations(tx, command.deviation_id, command.also)
    if found[0].state is DeviationState.ACCEPTED:
        raise refuse(_("Penyimpangan itu sudah diterima."))
    if not says_something(command.reason):
        raise refuse(_("Sebutkan mengapa penyimpangan itu keliru."), _("Tulis alasannya."))
    for deviation in found:
        deviations.mark_false(tx, deviation.id, command.reason.strip(), context.at, context.by.officer_id)
    return NewEvent("deviation.false", "deviation", command.deviation_id, {"also": command.also})


def _require_deviations(tx: Transaction, deviation_id: int, also: tuple[int, ...]) -> tuple[Deviation, ...]:
    """Return the deviation of `deviation_id`, then those of `also`.

    Raises UserError if there is no such deviation, it is false, or the others are not alike.
    """
    deviation = known(deviations.find(tx, deviation_id), _("Penyimpangan itu tidak ada."))
    if deviation.is_false:
        raise refuse(_("Penyimpangan itu sudah ditandai keliru."), _("Tidak ada yang perlu dijelaskan."))
    others = {each.id: each for each in alike(deviation, deviations.waiting(tx))} if also else {}
    if not others.keys() >= set(also):
        raise refuse(
            _("Tidak semuanya punya sebab yang sama dan menunggu hal yang sama."), _("Muat ulang daftarnya.")
        )
    return (deviation, *(others[each] for each in dict.fromkeys(also)))
