"""Deviations (penyimpangan): made by the program, explained by who answers for them, reviewed by the head."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Officer, Permission
from ult_desktop.core.accountability.commands import CollectDeviations, ExplainDeviation, ReviewDeviation
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.procedures import procedure, progress
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, known, refuse, the_subject

MAX_JUDGED = 300
MAX_COLLECTED = 20
_SHOWN_DAYS = 31
_DECLINABLE = (procedure.StepEvent.SURVEY_FILLED, procedure.StepEvent.ESCORT_DONE)
_GONE_EARLY = (Ending.LEFT, Ending.REFUSED)
_VERDICTS = (DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP)
_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


def record_deviations(tx: Transaction, context: Context, visit_id: int) -> int:
    """Write the visit's deviations down, each once; returns how many were new.

    Called when a visit closes, and for open ones by CollectDeviations. Warning 2 of every POS.
    """
    seen = visit_steps(tx, visit_id, context.at)
    if seen is None or seen.visit.ending == Ending.MERGED:
        return 0
    return sum(deviations.add(tx, new) for new in _new_deviations(seen, context))


def record_open_deviations(tx: Transaction, context: Context) -> int:
    """The day's end: what visits that stay open have run past; returns how many deviations were new."""
    return sum(
        record_deviations(tx, context, visit_id) for visit_id in visits_with_new_deviations(tx, context.at)
    )


def visits_with_new_deviations(tx: Transaction, now: int) -> tuple[int, ...]:
    """Open visits with a deviation that nobody wrote down yet, oldest first.

    However many requests were imported, so few are looked at that the transaction stays short
    (docs/store.md, rule 5); the others' turn comes with the next look.
    """
    return tuple(visit for visit in deviations.open_visits(tx, MAX_JUDGED) if _unwritten(tx, visit, now))


class DeviationBoard(msgspec.Struct, frozen=True):
    """Deviations, newest first; who can answer for them; open visits with one that nobody wrote down."""

    found: tuple[Deviation, ...]
    officers: tuple[Officer, ...]
    late: tuple[int, ...]


def deviation_board(tx: Transaction, now: int) -> DeviationBoard:
    """What is not accounted for, of whatever day, and everything of the last month; `now` UTC ms."""
    day = date.fromisoformat(lookup.today(tx, now))
    recent = deviations.between(tx, (day - timedelta(days=_SHOWN_DAYS)).isoformat(), day.isoformat())
    found = {each.id: each for each in (*deviations.waiting(tx), *recent)}
    newest = sorted(found.values(), key=lambda each: (each.made_at, each.id), reverse=True)
    late = visits_with_new_deviations(tx, now)[:MAX_COLLECTED]
    return DeviationBoard(tuple(newest), officers.all_active(tx), late)


def _unwritten(tx: Transaction, visit_id: int, now: int) -> bool:
    seen = visit_steps(tx, visit_id, now)
    written = {(found.step, found.kind) for found in deviations.of_visit(tx, visit_id)}
    missed = () if seen is None else _missed_standards(seen)
    return any((step.step, kind) not in written for step, kind in missed)


def _new_deviations(seen: VisitSteps, context: Context) -> Iterator[deviations.NewDeviation]:
    for step, kind in _missed_standards(seen):
        yield deviations.NewDeviation(
            kind=kind,
            day=context.day,
            made_at=context.at,
            procedure_id=seen.procedure.id,
            procedure_version=seen.procedure.version,
            visit_id=seen.visit.id,
            step=step.step,
            spent_ms=step.spent_ms if kind is DeviationKind.TIME else None,
            officer_id=step.officer_id,
            for_officer_id=step.for_officer_id,
            cause=step.reason if kind is DeviationKind.TIME else "",
        )


def _missed_standards(seen: VisitSteps) -> Iterator[tuple[progress.StepProgress, DeviationKind]]:
    """What ran past its standard, done or not; at the visit's end also what is missing."""
    for step in seen.progress.steps:
        if _ran_over(seen, step):
            yield step, DeviationKind.TIME
        if not seen.visit.is_open and _missing(seen, step):
            yield step, DeviationKind.OUTPUT


def _ran_over(seen: VisitSteps, step: progress.StepProgress) -> bool:
    """A waiver gives back no time that is used up, but what the visitor has not done is nobody's delay."""
    if step.state is progress.StepState.LATE:
        return True
    completes = next(each.completes for each in seen.procedure.steps if each.step == step.step)
    return step.overdue and completes.event not in _DECLINABLE


def _missing(seen: VisitSteps, step: progress.StepProgress) -> bool:
    """Who goes before the end is owed no further step; what was passed over is still missing."""
    if seen.visit.ending in _GONE_EARLY:
        return step.step in seen.progress.missed
    return step.state is progress.StepState.NOT_BEGUN


@handles(CollectDeviations, needs=Permission.BE_STATION, answer=the_subject)
def collect_deviations(command: CollectDeviations, tx: Transaction, context: Context) -> NewEvent:
    """Answers how many were new; asked again, it writes none twice."""
    made = sum(record_deviations(tx, context, visit_id) for visit_id in command.visits)
    return NewEvent("deviation.collected", "deviation", made, {"visits": command.visits})


@handles(ExplainDeviation, needs=Permission.EXPLAIN_DEVIATIONS, answer=deviations.get)
def explain_deviation(command: ExplainDeviation, tx: Transaction, context: Context) -> NewEvent:
    """Cause, correction and who answers for it; it can be bettered until the head has reviewed it."""
    deviation = _require_deviation(tx, command.deviation_id)
    if deviation.reviewed_at is not None:
        raise refuse(_("Penyimpangan itu sudah ditinjau."), _("Bicarakan dengan peninjaunya."))
    if not command.cause.strip() or not command.correction.strip():
        raise refuse(_("Penyebab dan perbaikan perlu diisi."), _("Tulis keduanya."))
    responsible = known(
        officers.find(tx, command.responsible),
        _("Petugas {login} tidak ada.").format(login=command.responsible),
    )
    deviations.explain(
        tx,
        deviation.id,
        cause=command.cause.strip(),
        correction=command.correction.strip(),
        responsible_id=responsible.id,
        at=context.at,
        by=context.by.officer_id,
    )
    return NewEvent("deviation.explained", "deviation", deviation.id, {"responsible": responsible.id})


@handles(ReviewDeviation, needs=Permission.REVIEW_DEVIATIONS, answer=deviations.get)
def review_deviation(command: ReviewDeviation, tx: Transaction, context: Context) -> NewEvent:
    """What is being followed up may be accepted later; an accepted one is closed."""
    deviation = _require_deviation(tx, command.deviation_id)
    if command.verdict not in _VERDICTS:
        raise refuse(_("Pilih diterima atau ditindaklanjuti."))
    if deviation.state is DeviationState.OPEN:
        raise refuse(
            _("Penyimpangan itu belum dijelaskan."), _("Minta penanggung jawab menjelaskannya dulu.")
        )
    if deviation.state not in _REVIEWABLE:
        raise refuse(_("Penyimpangan itu sudah diterima."))
    if command.verdict is DeviationState.FOLLOWED_UP and not command.remark.strip():
        raise refuse(_("Sebutkan tindak lanjutnya."), _("Tulis catatan untuk pelaksana."))
    by = context.by.officer_id
    deviations.review(tx, deviation.id, command.verdict, command.remark.strip(), context.at, by)
    return NewEvent("deviation.reviewed", "deviation", deviation.id, {"verdict": command.verdict})


def _require_deviation(tx: Transaction, deviation_id: int) -> Deviation:
    return known(deviations.find(tx, deviation_id), _("Penyimpangan itu tidak ada."))
