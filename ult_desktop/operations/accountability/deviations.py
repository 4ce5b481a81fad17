"""The register of deviations (penyimpangan) from the standards of the procedures.

The program writes a deviation, the officer who answers for it explains it, the head reviews it. `judging`
finds the deviations of a visit.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Officer, Permission, Role
from ult_desktop.core.accountability.causes import VisitFacts
from ult_desktop.core.accountability.commands import (
    CollectDeviations,
    ExplainDeviation,
    MarkFalse,
    ReviewDeviation,
)
from ult_desktop.core.accountability.deviations import Deviation, DeviationState, similar_deviations
from ult_desktop.core.free_text import says_something
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.access import officers
from ult_desktop.db.accountability import deviations
from ult_desktop.db.accountability.deviations import NewDeviation
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.db.visits.visit_steps import VisitSteps, steps_of_each
from ult_desktop.operations import lookup
from ult_desktop.operations.accountability.duty import declare_absences
from ult_desktop.operations.accountability.judging import (
    facts_of_each,
    late_of_officer,
    new_deviations,
    overrun_steps,
)
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    answer_subject,
    handles,
    named,
    refuse,
    require_found,
)

# Visits, visits and seconds: `_unaccounted_visits` says why they are bounded.
MAX_JUDGED, JUDGED_AT_ONCE, JUDGING_S = 300, 20, 0.5
MAX_COLLECTED = 20  # visits whose deviations a window writes at once, in one transaction
_SHOWN_DAYS = 31
_VERDICTS = (DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP)
_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


class _JudgedVisit(NamedTuple):
    """A visit's steps, and the facts by which they are judged."""

    steps: VisitSteps
    facts: VisitFacts


class _Findings(NamedTuple):
    """A visit's steps, and the deviations that were found in it."""

    steps: VisitSteps
    deviations: tuple[NewDeviation, ...]


def record_deviations(tx: Transaction, context: Context, *visit_ids: int) -> int:
    """Write the visits' deviations into the register, each once (warning 2 of every POS).

    Returns how many were new. Operations call this when a visit ends, `CollectDeviations` for open visits.
    """
    judged = _judge(tx, visit_ids, context.at)
    return _write_down(tx, context, [visit for visit in judged if visit.steps.visit.ending != Ending.MERGED])


def _judge(tx: Transaction, visit_ids: Sequence[int], now: int) -> list[_JudgedVisit]:
    all_steps = steps_of_each(tx, visit_ids, now)
    return [*map(_JudgedVisit, all_steps, facts_of_each(tx, all_steps, now))]


def _find_deviations(judged: Sequence[_JudgedVisit], now: int) -> list[_Findings]:
    return [_Findings(steps, tuple(new_deviations(steps, facts, now))) for steps, facts in judged]


def _write_down(tx: Transaction, context: Context, judged: Sequence[_JudgedVisit]) -> int:
    """Write the visits' deviations into the register, and take out what is no deviation any more.

    Returns how many were new.
    """
    ended = [visit for visit in judged if not visit.steps.visit.is_open]
    absences = dict.fromkeys(
        (steps.visit.day, role) for steps, facts in ended for role in _lacking_roles(steps, facts)
    )
    for day, role in absences:
        declare_absences(tx, context, day, [role])
    visits.note_steps(tx, [(steps.visit.id, steps.done) for steps, _facts in ended])
    findings = _find_deviations(judged, context.at)
    _drop_refuted(tx, context, findings, _("Dilengkapi sebelum kunjungan berakhir"))
    return deviations.add(tx, *(new for visit in findings for new in visit.deviations))


def _drop_refuted(tx: Transaction, context: Context, findings: Sequence[_Findings], reason: str) -> None:
    """Mark as false the deviations in the register of these visits that are not among their `findings`."""
    found_in_open = dict[int, set[deviations.FoundStep]]()
    found_in_ended = dict[int, set[deviations.FoundStep]]()
    for steps, new_ones in findings:
        found_by_visit = found_in_open if steps.visit.is_open else found_in_ended
        found_by_visit[steps.visit.id] = {
            deviations.FoundStep(new.kind, new.cause_key, step) for new in new_ones for step in new.steps
        }
    # Of ended visits explained rows may be refuted, too.
    deviations.drop_refuted(tx, found_in_ended, reason, context.at, ended=True)
    deviations.drop_refuted(tx, found_in_open, reason, context.at, ended=False)


def take_back(
    tx: Transaction, context: Context, visit_ids: Sequence[int], reason: str, written_at: int | None = None
) -> None:
    """Take back the deviations that an undone act wrote for these visits at `written_at` (UTC ms).

    Open deviations that are not found any more, now that the act is undone, are taken back too. Those that
    somebody has explained or reviewed since stay. None is deleted: it is marked as false.
    """
    if written_at is not None:
        deviations.take_back(tx, visit_ids, written_at, reason, context.at)
    judged = _judge(tx, visit_ids, context.at)
    _drop_refuted(tx, context, _find_deviations(judged, context.at), reason)


def require_reason(reason: str) -> str:
    """Return the reason without its outer spaces. Raises UserError for one that says nothing; "" is none."""
    if reason and not says_something(reason):
        raise refuse(_("Alasan perlu diisi dengan kata-kata."), _("Tulis alasannya, atau kosongkan."))
    return reason.strip()


def explain_at_end(tx: Transaction, context: Context, new_ones: Sequence[NewDeviation], reason: str) -> None:
    """Write the deviations of a service that ends (`new_ones`), with the reason that its officer gives.

    Another officer's deviations are not written here: that officer is to explain them.
    """
    officer_id = context.by.officer_id
    own_deviations = [new for new in new_ones if new.officer_id in (None, officer_id)]
    deviations.add(tx, *own_deviations)
    if officer_id is not None:
        unexplained = deviations.open_ids(tx, own_deviations)
        deviations.explain_further(tx, unexplained, cause=reason, responsible_id=officer_id, at=context.at)


def explain_own_lateness(tx: Transaction, context: Context, visit_id: int, reason: str) -> None:
    """Write the actor's late steps in a visit that they hand on, with their `reason`, if they give one."""
    if require_reason(reason):
        officer_id = context.by.officer_id
        late = late_of_officer(tx, visit_id, officer_id, context.at)
        own_deviations = [lack.deviation for lack in late if lack.deviation.officer_id == officer_id]
        explain_at_end(tx, context, own_deviations, reason.strip())


def _lacking_roles(steps: VisitSteps, facts: VisitFacts) -> list[Role]:
    """Return the roles of the visit's steps that the office goes without, by its own rule for that day."""
    absent = {facts.absent_for(step) for step in steps.procedure.steps}
    return [role for role in facts.without if role in absent]


def record_open_deviations(tx: Transaction, context: Context) -> int:
    """Write, at the day's end, which standards the open visits have exceeded, and by how much until now.

    Returns how many deviations were new.
    """
    visits_to_write, added = _unaccounted_visits(tx, context.at, with_grown=True), 0
    while portion := tuple(islice(visits_to_write, JUDGED_AT_ONCE)):
        added += _write_down(tx, context, portion)
    return added


def visits_with_new_deviations(tx: Transaction, now: int) -> tuple[int, ...]:
    """Return the ids of open visits with an unwritten deviation that are found in `JUDGING_S` seconds.

    Visits with the fewest deviations are judged first, and of these the oldest.
    """
    return tuple(steps.visit.id for steps, _facts in _unaccounted_visits(tx, now))


def _unaccounted_visits(tx: Transaction, now: int, *, with_grown: bool = False) -> Iterator[_JudgedVisit]:
    """Yield open visits with a deviation that is not in the register.

    With `with_grown` also visits whose lateness is in the register and has grown since. At most `MAX_JUDGED`
    visits are judged, `JUDGED_AT_ONCE` at a time, in `JUDGING_S` seconds: that keeps the transaction short
    (docs/store.md, rule 5), also with many imported requests or a slow server. The next call finds the rest.
    """
    deadline, visit_ids = time.monotonic() + JUDGING_S, deviations.open_visits(tx, MAX_JUDGED)
    for first in range(0, len(visit_ids), JUDGED_AT_ONCE):
        if time.monotonic() >= deadline:
            return
        judged = _judge(tx, visit_ids[first : first + JUDGED_AT_ONCE], now)
        written_steps = deviations.steps_out_of_time(tx, [visit.steps.visit.id for visit in judged])
        for visit, written in zip(judged, written_steps, strict=True):
            if (with_grown and written) or _has_unwritten(visit, written):
                yield visit


class DeviationBoard(msgspec.Struct, frozen=True):
    """The board of deviations, newest first, and the officers who can answer for them.

    `unwritten` are the ids of open visits with a deviation that is not in the register yet. `mine` are the
    ids of the deviations that the officer at the board is to explain.
    """

    deviations: tuple[Deviation, ...] = ()
    officers: tuple[Officer, ...] = ()
    unwritten: tuple[int, ...] = ()
    mine: frozenset[int] = frozenset()


def deviation_board(tx: Transaction, now: int, officer_id: int | None = None) -> DeviationBoard:
    """Return the board: all open deviations of any day, and everything of the last month. `now` is UTC ms."""
    day = date.fromisoformat(lookup.today(tx, now))
    recent = deviations.between(tx, (day - timedelta(days=_SHOWN_DAYS)).isoformat(), day.isoformat())
    shown = {deviation.id: deviation for deviation in (*deviations.waiting(tx), *recent)}
    newest = sorted(shown.values(), key=lambda deviation: (deviation.made_at, deviation.id), reverse=True)
    unwritten = tuple(steps.visit.id for steps, _facts in islice(_unaccounted_visits(tx, now), MAX_COLLECTED))
    mine = frozenset[int]() if officer_id is None else deviations.ids_to_explain(tx, officer_id)
    return DeviationBoard(tuple(newest), officers.all_active(tx), unwritten, mine)


def count_to_explain(tx: Transaction, actor: Actor) -> int:
    """Count the deviations that wait for the officer's explanation; for a reviewer, all that wait for one."""
    if actor.may(Permission.REVIEW_DEVIATIONS) or actor.officer_id is None:
        return deviations.count_open(tx)
    return len(deviations.ids_to_explain(tx, actor.officer_id))


def similar_ids(tx: Transaction, deviation_id: int) -> tuple[int, ...]:
    """Return the ids of other deviations that the same explanation or review may serve.

    Empty for an unknown id.
    """
    deviation = deviations.find(tx, deviation_id)
    if deviation is None:
        return ()
    return tuple(similar.id for similar in similar_deviations(deviation, deviations.waiting(tx)))


def _has_unwritten(visit: _JudgedVisit, written_steps: frozenset[int]) -> bool:
    """Return whether the visit exceeded a standard of a step that is not among `written_steps`."""
    steps, facts = visit
    if steps.on_paper is not None:
        return steps.on_paper.overdue and not written_steps
    return any(step.step not in written_steps for step in overrun_steps(steps, facts))


@handles(CollectDeviations, needs=Permission.BE_STATION, answer=answer_subject)
def collect_deviations(command: CollectDeviations, tx: Transaction, context: Context) -> NewEvent:
    """Write the deviations of open visits into the register, each once. The answer is how many were new."""
    added = record_deviations(tx, context, *command.visits)
    return NewEvent("deviation.collected", "deviation", added, {"visits": command.visits})


def _current_explanation(tx: Transaction, command: ExplainDeviation) -> dict[str, Any] | None:
    """Return the explanation that a deviation has, with the login of the officer who answers for it."""
    deviation = deviations.find(tx, command.deviation_id)
    if deviation is None or deviation.explained_at is None:
        return None
    logins = (officer.login for officer in officers.everybody(tx) if officer.name == deviation.responsible)
    return {"cause": deviation.cause, "correction": deviation.correction, "responsible": next(logins, "")}


@handles(
    ExplainDeviation, needs=Permission.EXPLAIN_DEVIATIONS, answer=deviations.get, record=_current_explanation
)
@named("deviation explain", "Jelaskan penyimpangan NUMBER: penyebab, perbaikan, penanggung jawab.")
def explain_deviation(command: ExplainDeviation, tx: Transaction, context: Context) -> NewEvent:
    """Explain deviations: the cause, the correction and who answers for it.

    The explanation can be improved until the head has reviewed it.
    """
    explained = _require_deviations(tx, command.deviation_id, command.also)
    if explained[0].reviewed_at is not None:
        raise refuse(_("Penyimpangan itu sudah ditinjau."), _("Bicarakan dengan peninjaunya."))
    if not (says_something(command.cause) and says_something(command.correction)):
        raise refuse(_("Penyebab dan perbaikan perlu diisi dengan kata-kata."), _("Tulis keduanya."))
    responsible = require_found(
        officers.find(tx, command.responsible),
        _("Petugas {login} tidak ada.").format(login=command.responsible),
    )
    deviations.explain(
        tx,
        [deviation.id for deviation in explained],
        cause=command.cause.strip(),
        correction=command.correction.strip(),
        responsible_id=responsible.id,
        at=context.at,
        explained_by=context.by.officer_id,
    )
    data = {"responsible": responsible.id, "also": command.also}
    return NewEvent("deviation.explained", "deviation", command.deviation_id, data)


@handles(ReviewDeviation, needs=Permission.REVIEW_DEVIATIONS, answer=deviations.get)
@named("deviation review", "Tinjau penjelasan NUMBER: diterima atau ditindaklanjuti.")
def review_deviation(command: ReviewDeviation, tx: Transaction, context: Context) -> NewEvent:
    """Review deviations. One that is being followed up may be accepted later; an accepted one is closed."""
    reviewed = _require_deviations(tx, command.deviation_id, command.also)
    if command.verdict not in _VERDICTS:
        raise refuse(_("Pilih diterima atau ditindaklanjuti."))
    if reviewed[0].state is DeviationState.OPEN:
        raise refuse(
            _("Penyimpangan itu belum dijelaskan."), _("Minta penanggung jawab menjelaskannya dulu.")
        )
    if reviewed[0].state not in _REVIEWABLE:
        raise refuse(_("Penyimpangan itu sudah diterima."))
    if command.verdict is DeviationState.FOLLOWED_UP and not says_something(command.remark):
        raise refuse(_("Sebutkan tindak lanjutnya."), _("Tulis catatan untuk pelaksana."))
    by, remark = context.by.officer_id, command.remark.strip()
    for deviation in reviewed:
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
    false_ones = _require_deviations(tx, command.deviation_id, command.also)
    if false_ones[0].state is DeviationState.ACCEPTED:
        raise refuse(_("Penyimpangan itu sudah diterima."))
    if not says_something(command.reason):
        raise refuse(_("Sebutkan mengapa penyimpangan itu keliru."), _("Tulis alasannya."))
    for deviation in false_ones:
        deviations.mark_false(tx, deviation.id, command.reason.strip(), context.at, context.by.officer_id)
    return NewEvent("deviation.false", "deviation", command.deviation_id, {"also": command.also})


def _require_deviations(tx: Transaction, deviation_id: int, also: tuple[int, ...]) -> tuple[Deviation, ...]:
    """Return the deviation of `deviation_id`, then those of `also`.

    Raises UserError if the first does not exist or is marked as false, or if another one is not similar.
    """
    deviation = require_found(deviations.find(tx, deviation_id), _("Penyimpangan itu tidak ada."))
    if deviation.is_false:
        raise refuse(_("Penyimpangan itu sudah ditandai keliru."), _("Tidak ada yang perlu dijelaskan."))
    if not also:
        return (deviation,)
    similar = {other.id: other for other in similar_deviations(deviation, deviations.waiting(tx))}
    if not similar.keys() >= set(also):
        raise refuse(
            _("Tidak semuanya punya sebab yang sama dan menunggu hal yang sama."), _("Muat ulang daftarnya.")
        )
    return (deviation, *(similar[other_id] for other_id in dict.fromkeys(also)))
