"""The deviations (penyimpangan).

The program writes them, the officer who answers for them explains, the head reviews.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

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

MAX_JUDGED, JUDGED_AT_ONCE, JUDGING_S = 300, 20, 0.5
MAX_COLLECTED = 20
_SHOWN_DAYS = 31
_VERDICTS = (DeviationState.ACCEPTED, DeviationState.FOLLOWED_UP)
_Judged = tuple[VisitSteps, VisitFacts]
_REVIEWABLE = (DeviationState.EXPLAINED, DeviationState.FOLLOWED_UP)


def record_deviations(tx: Transaction, context: Context, *visit_ids: int) -> int:
    """Write the visits' deviations down, each once; returns how many were new.

    Called when visits close, and for open ones by CollectDeviations. Warning 2 of every POS.
    """
    found = [
        steps for steps in steps_of_each(tx, visit_ids, context.at) if steps.visit.ending != Ending.MERGED
    ]
    return _write_down(tx, context, list(zip(found, facts_of_each(tx, found, context.at), strict=True)))


def _write_down(tx: Transaction, context: Context, judged: Sequence[_Judged]) -> int:
    days_and_roles = (each for steps, facts in judged for each in _lacking_roles(steps, facts))
    for day, role in dict.fromkeys(days_and_roles):
        declare_absences(tx, context, day, [role])
    ended = [steps for steps, _facts in judged if not steps.visit.is_open]
    visits.note_steps(tx, [(steps.visit.id, steps.done) for steps in ended])
    found = [(steps, tuple(new_deviations(steps, facts, context.at))) for steps, facts in judged]
    _drop_refuted(tx, context, found, _("Dilengkapi sebelum kunjungan berakhir"))
    return deviations.add(tx, *(new for _steps, new_ones in found for new in new_ones))


def _drop_refuted(
    tx: Transaction, context: Context, found: Sequence[tuple[VisitSteps, Sequence[NewDeviation]]], reason: str
) -> None:
    for ended in (True, False):
        findings = {
            steps.visit.id: {(new.kind, new.cause_key, step) for new in new_ones for step in new.steps}
            for steps, new_ones in found
            if steps.visit.is_open is not ended
        }
        deviations.drop_refuted(tx, findings, reason, context.at, ended=ended)


def take_back(
    tx: Transaction, context: Context, visit_ids: Sequence[int], why: str, written_at: int | None = None
) -> None:
    """Take back what an act that is undone wrote in the register of these visits at `written_at` (UTC ms).

    Open deviations that are not found any more, now that the act is undone, are taken back too. What somebody
    explained or judged since stays. None is deleted: it is marked as false.
    """
    if written_at is not None:
        deviations.take_back(tx, visit_ids, written_at, why, context.at)
    looked_at = steps_of_each(tx, visit_ids, context.at)
    judged = zip(looked_at, facts_of_each(tx, looked_at, context.at), strict=True)
    found = [(steps, tuple(new_deviations(steps, facts, context.at))) for steps, facts in judged]
    _drop_refuted(tx, context, found, why)


def require_reason(reason: str) -> str:
    """Return the reason without its outer spaces. Raises UserError for one that says nothing; "" is none."""
    if reason and not says_something(reason):
        raise refuse(_("Alasan perlu diisi dengan kata-kata."), _("Tulis alasannya, atau kosongkan."))
    return reason.strip()


def explain_at_end(tx: Transaction, context: Context, found: Sequence[NewDeviation], reason: str) -> None:
    """Write down the deviations `found` at the end of a service, with the reason that its officer gives.

    Those of another officer are left for them to explain.
    """
    me = context.by.officer_id
    mine = [each for each in found if each.officer_id in (None, me)]
    deviations.add(tx, *mine)
    if me is not None:
        left = deviations.open_among(tx, mine)
        deviations.explain_further(tx, left, cause=reason, responsible_id=me, at=context.at)


def explain_own_lateness(tx: Transaction, context: Context, visit_id: int, reason: str) -> None:
    """Write down what the officer was late with in a visit that they hand on, explained by their `reason`."""
    if require_reason(reason):
        me = context.by.officer_id
        late = late_of_officer(tx, visit_id, me, context.at)
        explain_at_end(tx, context, [new for _steps, new in late if new.officer_id == me], reason.strip())


def _lacking_roles(steps: VisitSteps, facts: VisitFacts) -> Iterator[tuple[str, Role]]:
    """Yield, for a visit that is over, its day with each role of its steps that the office had nobody for."""
    absent = {facts.absent_for(step) for step in steps.procedure.steps}
    if not steps.visit.is_open:
        yield from ((steps.visit.day, role) for role in facts.without if role in absent)


def record_open_deviations(tx: Transaction, context: Context) -> int:
    """Write down, at the day's end, which standards the open visits have exceeded, and by how much until now.

    Returns how many deviations were new.
    """
    unaccounted, added = _unaccounted(tx, context.at, with_grown=True), 0
    while portion := tuple(islice(unaccounted, JUDGED_AT_ONCE)):
        added += _write_down(tx, context, portion)
    return added


def visits_with_new_deviations(tx: Transaction, now: int) -> tuple[int, ...]:
    """Return the open visits with an unwritten deviation that are found in `JUDGING_S` seconds.

    Visits with the fewest deviations are looked at first, and of these the oldest.
    """
    return tuple(steps.visit.id for steps, _facts in _unaccounted(tx, now))


def _unaccounted(tx: Transaction, now: int, *, with_grown: bool = False) -> Iterator[_Judged]:
    """Yield open visits with deviations that are not written down, a few at a time, for a limited time.

    `with_grown`: also those whose lateness is written down and has grown since.

    The limits on their number and on the time keep the transaction short (docs/store.md, rule 5), also with
    many imported requests or a slow server. The next look finds the others.
    """
    deadline, visit_ids = time.monotonic() + JUDGING_S, deviations.open_visits(tx, MAX_JUDGED)
    for first in range(0, len(visit_ids), JUDGED_AT_ONCE):
        if time.monotonic() >= deadline:
            return
        looked_at = steps_of_each(tx, visit_ids[first : first + JUDGED_AT_ONCE], now)
        late_steps = deviations.steps_out_of_time(tx, [steps.visit.id for steps in looked_at])
        facts_of = facts_of_each(tx, looked_at, now)
        for steps, facts, written in zip(looked_at, facts_of, late_steps, strict=True):
            if (with_grown and written) or _is_unwritten(steps, facts, written):
                yield steps, facts


class DeviationBoard(msgspec.Struct, frozen=True):
    """The board of deviations, newest first, and the officers who can answer for them.

    `late` are the ids of open visits with an unwritten deviation. `mine` are the ids of the deviations that
    the officer who looks is to explain.
    """

    found: tuple[Deviation, ...] = ()
    officers: tuple[Officer, ...] = ()
    late: tuple[int, ...] = ()
    mine: frozenset[int] = frozenset()


def deviation_board(tx: Transaction, now: int, officer_id: int | None = None) -> DeviationBoard:
    """Return the board: all open deviations of any day, and everything of the last month. `now` is UTC ms."""
    day = date.fromisoformat(lookup.today(tx, now))
    recent = deviations.between(tx, (day - timedelta(days=_SHOWN_DAYS)).isoformat(), day.isoformat())
    found = {each.id: each for each in (*deviations.waiting(tx), *recent)}
    newest = sorted(found.values(), key=lambda each: (each.made_at, each.id), reverse=True)
    late = tuple(steps.visit.id for steps, _facts in islice(_unaccounted(tx, now), MAX_COLLECTED))
    mine = frozenset[int]() if officer_id is None else deviations.left_to(tx, officer_id)
    return DeviationBoard(tuple(newest), officers.all_active(tx), late, mine)


def count_to_explain(tx: Transaction, actor: Actor) -> int:
    """Count the deviations that wait for the officer's explanation; for a reviewer, for anybody's."""
    if actor.may(Permission.REVIEW_DEVIATIONS) or actor.officer_id is None:
        return deviations.count_open(tx)
    return len(deviations.left_to(tx, actor.officer_id))


def alike_ids(tx: Transaction, deviation_id: int) -> tuple[int, ...]:
    """Return the ids of other deviations that the same explanation or review may serve.

    Empty for an unknown id.
    """
    found = deviations.find(tx, deviation_id)
    return (
        () if found is None else tuple(each.id for each in similar_deviations(found, deviations.waiting(tx)))
    )


def _is_unwritten(steps: VisitSteps, facts: VisitFacts, written: frozenset[int]) -> bool:
    """Return whether the visit exceeded a standard of a step that is not among `written`."""
    if steps.on_paper is not None:
        return steps.on_paper.overdue and not written
    return any(step.step not in written for step in overrun_steps(steps, facts))


@handles(CollectDeviations, needs=Permission.BE_STATION, answer=answer_subject)
def collect_deviations(command: CollectDeviations, tx: Transaction, context: Context) -> NewEvent:
    """Write open visits' deviations down, each once. The answer is how many were new."""
    added = record_deviations(tx, context, *command.visits)
    return NewEvent("deviation.collected", "deviation", added, {"visits": command.visits})


def _explanation(tx: Transaction, command: ExplainDeviation) -> dict[str, Any] | None:
    """Return the explanation that a deviation has, with the login of the officer who answers for it."""
    found = deviations.find(tx, command.deviation_id)
    if found is None or found.explained_at is None:
        return None
    logins = (each.login for each in officers.everybody(tx) if each.name == found.responsible)
    return {"cause": found.cause, "correction": found.correction, "responsible": next(logins, "")}


@handles(ExplainDeviation, needs=Permission.EXPLAIN_DEVIATIONS, answer=deviations.get, record=_explanation)
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
    responsible = require_found(
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
    deviation = require_found(deviations.find(tx, deviation_id), _("Penyimpangan itu tidak ada."))
    if deviation.is_false:
        raise refuse(_("Penyimpangan itu sudah ditandai keliru."), _("Tidak ada yang perlu dijelaskan."))
    others = {each.id: each for each in similar_deviations(deviation, deviations.waiting(tx))} if also else {}
    if not others.keys() >= set(also):
        raise refuse(
            _("Tidak semuanya punya sebab yang sama dan menunggu hal yang sama."), _("Muat ulang daftarnya.")
        )
    return (deviation, *(others[each] for each in dict.fromkeys(also)))
