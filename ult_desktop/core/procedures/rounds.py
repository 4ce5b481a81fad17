"""The rounds of a visit through its procedure: which steps its marks complete, and when each had its turn.

A mark is an event of the program, a tick or a waiver. `rounds_of` matches marks with steps one by one, in the
order of time. `Round.turns` then returns the times in which one step was the next to be done. An example: a
visit begins at 9.00, a mark at 9.05 completes step 1, one at 9.20 completes step 3. Then step 1 had its turn
until 9.05, and step 2, which was passed over, until 9.20; now it is the turn of step 4.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.clock import StepTurn, is_behind_the_desk, is_done_by_officer, is_the_call
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, StepEvent
from ult_desktop.core.procedures.walk import Flow, Walk, flow_of
from ult_desktop.core.stamps import MINUTE_MS

# Events on the visitor's way out: another desk may still be working on their matter.
_WAY_OUT_EVENTS = frozenset({StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE})
# Events of the survey, which the visitor fills in on the way out. A step that waits for them alone ended when
# the officer had acted.
_SURVEY_EVENTS = frozenset({StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED})
# Events that the one act "service given" stands for: all that an officer at a counter does with a request
# (docs/domain.md, "Outputs").
_IN_SERVICE_GIVEN = frozenset(
    {
        StepEvent.CASE_OPENED,
        StepEvent.REQUIREMENTS_CHECKED,
        StepEvent.OUTCOME_SET,
        StepEvent.ANSWERED,
        StepEvent.RESULT_HANDED_OVER,
        StepEvent.CASE_CLOSED,
    }
)
# Outputs that count as there after that act: a visit without a case has no list of requests and no receipt.
_NEEDS_MET_BY_SERVICE_GIVEN = frozenset({StepEvent.CASE_OPENED, StepEvent.RECEIPT_GIVEN})
# Events that an officer records when there is time, often at the end: their time is not that of the act.
_RECORDED_LATER = frozenset({StepEvent.IDENTITY_VERIFIED})
# An event of `_RECORDED_LATER` that comes so shortly before "service given" belongs to that act: the box that
# ends the visit asks for it, and writing the guest book besides takes a minute or two.
_SAME_ACT_MS = 3 * MINUTE_MS


class MarkKind(StrEnum):
    """The kind of a mark: an event of the program, an officer's tick, or a waiver with its reason.

    AS_NEEDED completes no step: it lets one take the time that the visitor needs.
    """

    EVENT = "event"
    TICK = "tick"
    WAIVE = "waive"
    AS_NEEDED = "as_needed"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that completes a step. Times UTC ms.

    A tick and a waiver name their `step`. An event has its `event`, and a `step` too if it is meant for one
    of several steps that this event completes. `branch` is the outcome, where the step has several.
    `for_officer_id` is the absent officer for whom it was done (a.n., by surat penugasan). `since` is when
    the act began, None where the program did not see that.
    """

    at: int
    kind: MarkKind = MarkKind.EVENT
    event: StepEvent | None = None
    branch: str = ""
    step: int | None = None
    officer_id: int | None = None
    for_officer_id: int | None = None
    reason: str = ""
    since: int | None = None


class CompletedStep(Struct, frozen=True, kw_only=True):
    """A step that is done. Times UTC ms.

    `mark` completed it. `branch` is its last outcome; the next step's turn begins at `next_turn_at`.
    `acted_at` is when the step was carried out, which is before the mark if the step's output came later.
    Where two acts complete the step, `first_act_at` is the time of the first, and `second_mark` is the mark
    of the second.
    """

    mark: Mark
    branch: str
    next_turn_at: int
    acted_at: int
    first_act_at: int = 0
    second_mark: Mark | None = None

    def answerable_mark(self, used_up_at: int | None) -> Mark:
        """Return the mark of the officer who had the step when its standard was used up at `used_up_at`.

        It is the second of two acts if the first was done in time. `used_up_at` None: it was not used up.
        """
        if self.second_mark is None or used_up_at is None or used_up_at <= self.first_act_at:
            return self.mark
        return self.second_mark if self.second_mark.officer_id else self.mark


class RoundTurns(NamedTuple):
    """The turns of a round in order, and the index on `Walk.path` of the step whose turn it is now.

    The index is the path's length when the procedure's end is reached.
    """

    turns: tuple[StepTurn, ...]
    index_in_turn: int


class Round(Struct, frozen=True, kw_only=True):
    """A way through the procedure, or through the part of it to which an outcome led back.

    `begin` UTC ms. `before` are the steps that were passed in earlier rounds; `done` holds also those of them
    that are not repeated. `walk` is the way through the steps. `withdrawn_at` (UTC ms) is when the applicant
    withdrew: no step was due after that. `lacking` are the steps that were carried out but whose output is
    not there yet, with the mark of the act. `as_needed` are the reasons why steps may take longer than their
    standard. `shared` are the steps that one act carried out together: nobody saw when each of them ended.
    """

    begin: int
    before: tuple[int, ...]
    done: dict[int, CompletedStep]
    walk: Walk
    withdrawn_at: int | None = None
    lacking: dict[int, Mark] = {}
    as_needed: dict[int, str] = {}
    shared: frozenset[int] = frozenset()

    @property
    def _carried_out(self) -> dict[int, CompletedStep]:
        """The steps that are done, and those of `shared` that only lack their output."""
        lacking = {number: mark for number, mark in self.lacking.items() if number in self.shared}
        return {**self.done, **{number: _completed_step(mark) for number, mark in lacking.items()}}

    def turns(self, procedure: Procedure) -> RoundTurns:
        """Return the turns of the steps, as the acts on them ended one after the other."""
        path, turns, carried_out = self.walk.path, list[StepTurn](), self._carried_out
        index_in_turn, begin = len(self.before), self.begin  # of the step in turn, and since when it is
        acts = [(carried_out[n].acted_at, index) for index, n in enumerate(path) if n in carried_out]
        # Of the steps that one act carried out together, the last on the path ends the turn of all.
        ending_no_turn = [index for _acted_at, index in acts if path[index] in self.shared][:-1]
        for acted_at, index in sorted(acts):
            if index in ending_no_turn:
                continue
            completed = carried_out[path[index]]
            index_in_turn = self._next_open(index_in_turn, acted_at)
            if index < index_in_turn or acted_at < self.begin:  # the step's own turn is over
                continue
            without_output = [*self._turns_without_output(procedure, index_in_turn, index, begin, acted_at)]
            # The step whose turn the act may end: its own, or one before it that was passed over.
            ended_index = self._next_open(index_in_turn + len(without_output), acted_at)
            if ended_index != index and not _ends_turn(procedure, path[ended_index], completed.mark):
                continue
            turns += without_output
            if without_output and without_output[-1].end is not None:
                begin = without_output[-1].end
            turns.append(self._turn(procedure, ended_index, until=index, begin=begin, acted_at=acted_at))
            index_in_turn, begin = index + 1, completed.next_turn_at
        index_in_turn = self._next_open(index_in_turn, None)
        if index_in_turn < len(path):
            end = None if self.withdrawn_at is None else max(begin, self.withdrawn_at)
            turns.append(StepTurn(step=path[index_in_turn], begin=begin, end=end))
        return RoundTurns(tuple(turns), index_in_turn)

    def _turn(self, procedure: Procedure, index: int, *, until: int, begin: int, acted_at: int) -> StepTurn:
        """Return the turn of the step at `index`, which the act at `acted_at` on the step at `until` ended.

        Both are indexes on the path. The steps between them that were not done are `passed` in that turn.
        """
        path, end = self.walk.path, max(begin, acted_at)
        number, done = path[index], self.done.get(path[index])
        has_no_time = index != until and done is not None and done.mark.event in _RECORDED_LATER
        # The step itself was done, by this act or by a later one: the whole turn is its own.
        if done is not None and not has_no_time and number not in self.shared:
            worked_from = _worked_from(procedure, number, done.mark, begin)
            return StepTurn(step=number, begin=begin, end=end, worked_from=worked_from)
        passed = tuple(n for n in path[index + 1 : until] if n not in self.done or n in self.shared)
        return StepTurn(step=number, begin=begin, end=end, passed=(*passed, path[until]))

    def _turns_without_output(
        self, procedure: Procedure, index: int, until: int, begin: int, acted_at: int
    ) -> Iterator[StepTurn]:
        """Yield the turns of the steps from `index` on the path to `until` that only lack their output.

        Each turn ended when the step was carried out. Turns are yielded up to the first step that was not
        carried out by `acted_at`.
        """
        for number in self.walk.path[index:until]:
            act = self.lacking.get(number)
            if act is None or number in self.shared or not begin <= act.at <= acted_at:
                return
            yield StepTurn(
                step=number, begin=begin, end=act.at, worked_from=_worked_from(procedure, number, act, begin)
            )
            begin = act.at

    def _next_open(self, index: int, moment: int | None) -> int:
        """Return the index, from `index` on, of the first step that was not done before `moment`.

        One of `shared` counts as not done before any moment. `moment` None: the first that was never done.
        """
        carried_out = self._carried_out
        for number in self.walk.path[index:]:
            completed = carried_out.get(number)
            if completed is None:
                break
            if moment is not None and (completed.acted_at >= moment or number in self.shared):
                break
            index += 1
        return index


def _ends_turn(procedure: Procedure, number: int, later_mark: Mark) -> bool:
    """Return whether the mark of a later step ends the turn of the step `number`.

    A tick and a waiver do not. Neither does the visitor's way out while a desk behind the counter has its
    turn: the visitor is told the result later.
    """
    if later_mark.kind is not MarkKind.EVENT:
        return False
    if later_mark.event not in _WAY_OUT_EVENTS:
        return True
    return not is_behind_the_desk(next(step for step in procedure.steps if step.step == number))


def _worked_from(procedure: Procedure, number: int, mark: Mark, begin: int) -> int | None:
    """Return since when (UTC ms) an officer worked on a step: its clock runs then although the number waits.

    None for the call, and for a step that the visitor carries out or that was waived.
    """
    step = next(step for step in procedure.steps if step.step == number)
    by_officer = mark.officer_id is not None and mark.kind is not MarkKind.WAIVE
    if is_the_call(step) or not by_officer or not is_done_by_officer(procedure, step):
        return None
    return begin if mark.since is None else max(begin, mark.since)


def rounds_of(procedure: Procedure, marks: Iterable[Mark], began_at: int) -> tuple[Round, ...]:
    """Return the rounds of a visit that began at `began_at` (UTC ms); the last one is under way.

    `marks` are in the order of time.
    """
    matching = _Matching(flow_of(procedure), began_at)
    for mark in marks:
        matching.take(mark)
    return (*matching.ended_rounds, matching.round)


class _Matching:
    """The matching of a visit's marks, one by one, with the procedure's steps.

    `round` is the round under way, `ended_rounds` are those before it. For each mark the methods add steps to
    `done`, a copy of the round's completed steps; `_update_round` then puts it into the round.
    """

    def __init__(self, flow: Flow, began_at: int) -> None:
        self.ended_rounds: list[Round] = []
        self._flow = flow
        self._happened: set[StepEvent] = set()
        self._lacking: dict[int, Mark] = {}  # the next value of `Round.lacking`
        self._first = flow.first  # the step with which the round begins
        self.round = Round(begin=began_at, before=(), done={}, walk=flow.walk({}))
        self._had_turn = {flow.first}  # the steps that have had their turn in this round

    def take(self, mark: Mark) -> None:
        """Take the next mark: complete what it completes, and begin a new round if it leads back."""
        if mark.kind is MarkKind.AS_NEEDED and mark.step is not None:
            self.round = replace(self.round, as_needed={**self.round.as_needed, mark.step: mark.reason})
            return
        self._note_side_effects(mark)
        done = dict(self.round.done)
        if mark.event is StepEvent.SERVICE_GIVEN:
            self._complete_by_service_given(done, mark)
        number = self._step_to_complete(done, mark)
        if number is not None:
            self._complete(done, number, mark)
        else:
            number = self._change_outcome(done, mark)
        self._complete_those_that_lacked(done, mark)
        self._update_round(done)
        if number is not None:
            self._begin_round_if_led_back(number, mark.branch)

    def _complete_those_that_lacked(self, done: dict[int, CompletedStep], mark: Mark) -> None:
        """Add to `done` the steps whose output is there now that `mark` has come."""
        for number, act in list(self._lacking.items()):
            if self._is_output_missing(number):
                continue
            del self._lacking[number]
            at = act.at if mark.event in _SURVEY_EVENTS else max(act.at, mark.at)
            has_later_event = any(
                step.mark.kind is MarkKind.EVENT and self._flow.index[n] > self._flow.index[number]
                for n, step in done.items()
            )
            # The output came when the step's turn was over: the step ended with its own act.
            is_late_output = act.event in _RECORDED_LATER or has_later_event
            of_both_acts = replace(act, at=at, officer_id=act.officer_id or mark.officer_id)
            completed = _completed_step(of_both_acts, act.at if is_late_output else at)
            done[number] = replace(completed, first_act_at=act.at, second_mark=mark)

    def _note_side_effects(self, mark: Mark) -> None:
        """Note what the mark means besides the step that it completes."""
        if mark.event is not None and mark.kind is MarkKind.EVENT:
            self._happened.add(mark.event)
        if mark.event is StepEvent.SURVEY_FILLED:
            self._happened.add(StepEvent.SURVEY_OFFERED)
        if mark.event is StepEvent.WITHDRAWN and self.round.withdrawn_at is None:
            self.round = replace(self.round, withdrawn_at=mark.at)
        if mark.event is StepEvent.IDENTITY_DOUBTED:  # the identity must be checked again
            steps = self._flow.steps
            checks = {n for n in steps if steps[n].completes.event is StepEvent.IDENTITY_VERIFIED}
            done = {number: step for number, step in self.round.done.items() if number not in checks}
            self.round = replace(self.round, done=done)
            self._lacking = {number: mark for number, mark in self._lacking.items() if number not in checks}

    def _step_to_complete(self, done: dict[int, CompletedStep], mark: Mark) -> int | None:
        """Return the undone step that the mark completes; None where there is none.

        A mark may name its step. Else, where several steps wait for the same event (`escort_done`, POS DKI 2,
        4 and 10), the one that has its turn comes first, then one passed over that had its turn before, then
        the nearest ahead, then any other.
        """
        steps, walk = self._flow.steps, self.round.walk
        if mark.step is not None or mark.kind is not MarkKind.EVENT:
            return mark.step if mark.step in steps and mark.step not in done else None
        waiting = [n for n in self._flow.order if n not in done and steps[n].completes.event == mark.event]

        def rank(number: int) -> int:
            if number == walk.next_step:
                return 0
            if number in self._had_turn and number in walk.passed:
                return 1
            return 2 if number in walk.possible else 3

        return min(waiting, key=rank, default=None)

    def _complete(self, done: dict[int, CompletedStep], number: int, mark: Mark) -> None:
        """Add the step to `done`, or to those that lack their output.

        An outcome that leads back, or ends the procedure, needs no output.
        """
        following = self._flow.steps_after(number, mark.branch)
        leads_on = bool(following) and not (mark.branch and following == (None,))
        if mark.kind is MarkKind.EVENT and leads_on and self._is_output_missing(number):
            first = self._lacking.get(number, mark)
            self._lacking[number] = replace(mark, at=first.at)
        else:
            self._lacking.pop(number, None)
            done[number] = _completed_step(mark)

    def _change_outcome(self, done: dict[int, CompletedStep], mark: Mark) -> int | None:
        """Give a done step the outcome of a later mark; return its number, None where the mark changes none.

        The next step's turn begins with this mark only if another step is next now. The step itself keeps the
        time of its first mark.
        """
        if mark.kind is not MarkKind.EVENT or not mark.branch:
            return None
        for number in reversed(self._flow.order):
            step = self._flow.steps[number]
            has_outcome = any(branch.when == mark.branch for branch in step.branches)
            if number in done and step.completes.event == mark.event and has_outcome:
                before = done[number]
                # The first of the following steps is the likeliest, and so the one that is in turn.
                next_before = self._flow.steps_after(number, before.branch)[:1]
                is_same_next = next_before == self._flow.steps_after(number, mark.branch)[:1]
                next_turn_at = before.next_turn_at if is_same_next else mark.at
                done[number] = replace(before, branch=mark.branch, next_turn_at=next_turn_at)
                return number
        return None

    def _complete_by_service_given(self, done: dict[int, CompletedStep], mark: Mark) -> None:
        """Complete all steps of the front office with a request, by the one mark "service given"."""
        acts = [(number, act.event, act.at) for number, act in self._lacking.items()]
        acts += [(number, completed.mark.event, completed.acted_at) for number, completed in done.items()]
        # What was recorded a moment before is shared too; below, the steps that the mark itself completes.
        shared = {n for n, event, at in acts if event in _RECORDED_LATER and mark.at - at < _SAME_ACT_MS}
        self._happened |= _NEEDS_MET_BY_SERVICE_GIVEN
        for number in self._flow.order:
            step = self._flow.steps[number]
            roles = {ROLE_OF_ACTOR.get(actor.id) for actor in step.actors}
            event = step.completes.event
            at_the_desk = event in _IN_SERVICE_GIVEN and Role.FRONT_OFFICE in roles
            # POS DKI 6: a result that the counter gave by itself was ready without the team's work.
            if number in done or not (at_the_desk or event is StepEvent.RESULT_READY):
                continue
            outcomes = {branch.when for branch in step.branches}
            self._complete(done, number, replace(mark, branch=mark.branch if mark.branch in outcomes else ""))
            shared.add(number)
        self.round = replace(self.round, shared=frozenset(shared))

    def _is_output_missing(self, number: int) -> bool:
        """Return whether an event that the step `needs` for its output has not happened yet."""
        return not self._happened.issuperset(self._flow.steps[number].completes.needs)

    def _update_round(self, done: dict[int, CompletedStep]) -> None:
        """Update the round: its done steps, and the way that follows from them."""
        branches = {number: completed.branch for number, completed in done.items()}
        walk = self._flow.walk(branches, self.round.before, self._first)
        self.round = replace(self.round, done=done, walk=walk, lacking=dict(self._lacking))
        if walk.next_step is not None:
            self._had_turn.add(walk.next_step)

    def _begin_round_if_led_back(self, number: int, outcome: str) -> None:
        """Begin a new round if the step `number` is done with an outcome that leads back.

        The round begins with the step to which the outcome leads; the steps from there to `number` are open
        again.
        """
        done, index = self.round.done, self._flow.index
        # An outcome that leads back has no way forward.
        if number not in done or done[number].branch != outcome or self._flow.steps_after(number, outcome):
            return
        targets = [branch.goto for branch in self._flow.steps[number].branches if branch.when == outcome]
        first = next(target for target in targets if target is not None)
        ended = self.round
        self.ended_rounds.append(ended)
        repeated = {n for n in index if index[first] <= index[n] <= index[number]}
        self._first = first
        self._had_turn = {first}
        before = tuple(n for n in ended.walk.passed if index[n] < index[first])
        self.round = Round(begin=done[number].next_turn_at, before=before, done={}, walk=ended.walk)
        self._lacking = {n: mark for n, mark in self._lacking.items() if n not in repeated}
        self._update_round({n: completed for n, completed in done.items() if n not in repeated})


def _completed_step(mark: Mark, acted_at: int | None = None) -> CompletedStep:
    """Return a step that the mark completed; it was carried out at `acted_at`, None: when it was marked."""
    at = mark.at if acted_at is None else acted_at
    return CompletedStep(mark=mark, branch=mark.branch, next_turn_at=at, acted_at=at)
