"""The rounds of a visit through its procedure: which steps its marks complete, and when each had its turn.

A mark is an event of the program, a tick or a waiver. Marks are matched with steps one by one, in the order
of time (`rounds_of`). Each round then gives its turns: the times in which one step was the next to be done
(`Round.turns`).
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.clock import Turn, is_behind_the_desk, is_done_by_officer, is_the_call
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, StepEvent
from ult_desktop.core.procedures.walk import Flow, Walk, flow_of
from ult_desktop.core.stamps import MINUTE_MS

# Events on the visitor's way out: another desk may still be working on their matter.
_WAY_OUT = frozenset({StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE})
# Events of the survey, which the visitor fills in on the way out. A step that waits for them alone ended when
# the officer had acted.
_OF_THE_SURVEY = frozenset({StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED})
# Events that the one act "service given" stands for: all that an officer at a counter does with a request
# (docs/domain.md, "Outputs").
_WITHOUT_A_CASE = frozenset(
    {
        StepEvent.CASE_OPENED,
        StepEvent.REQUIREMENTS_CHECKED,
        StepEvent.OUTCOME_SET,
        StepEvent.ANSWERED,
        StepEvent.RESULT_HANDED_OVER,
        StepEvent.CASE_CLOSED,
    }
)
# Events that count as happened with that act: a visit without a case has no list of requests and no receipt.
_OF_A_REQUEST = frozenset({StepEvent.CASE_OPENED, StepEvent.RECEIPT_GIVEN})
# Events that an officer records when there is time, often at the end: when they come says nothing of the
# turn.
_WITHOUT_HASTE = frozenset({StepEvent.IDENTITY_VERIFIED})
# What is recorded so shortly before "service given" belongs to that act: the box that ends the visit asks for
# it, and writing the guest book besides takes a minute or two.
_AT_THE_END_MS = 3 * MINUTE_MS


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


class Completed(Struct, frozen=True, kw_only=True):
    """A step that is done. Times UTC ms.

    `mark` completed it. `branch` is its last outcome; the next step's turn begins at `led_at`. `acted_at` is
    when the step was carried out, which is before the mark if the step's output came later. Where two acts
    complete the step, `first_at` is the time of the first, and `last` is the mark of the second.
    """

    mark: Mark
    branch: str
    led_at: int
    acted_at: int
    first_at: int = 0
    last: Mark | None = None

    def mark_of_answerable(self, used_up_at: int | None) -> Mark:
        """Return the mark of the officer who had the step when its standard was used up at `used_up_at`.

        It is the second of two acts if the first was done in time. `used_up_at` None: it was not used up.
        """
        if self.last is None or used_up_at is None or used_up_at <= self.first_at:
            return self.mark
        return self.last if self.last.officer_id else self.mark


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
    done: dict[int, Completed]
    walk: Walk
    withdrawn_at: int | None = None
    lacking: dict[int, Mark] = {}
    as_needed: dict[int, str] = {}
    shared: frozenset[int] = frozenset()

    @property
    def _acted(self) -> dict[int, Completed]:
        """The steps that are done, and those of `shared` that only lack their output."""
        lacking = {number: mark for number, mark in self.lacking.items() if number in self.shared}
        return {**self.done, **{number: _completed(mark) for number, mark in lacking.items()}}

    def turns(self, procedure: Procedure) -> tuple[tuple[Turn, ...], int]:
        """Return the turns in order, and the index on `walk.path` of the step whose turn it is now.

        The index is the path's length when the procedure's end is reached.
        """
        path, turns, acted = self.walk.path, list[Turn](), self._acted
        in_turn, begin = len(self.before), self.begin  # the index of the step in turn, and since when it is
        acts = [(acted[number].acted_at, index) for index, number in enumerate(path) if number in acted]
        # Of the steps that one act carried out together, the last on the path ends the turn of all.
        shared = [index for _acted_at, index in acts if path[index] in self.shared]
        for acted_at, index in sorted(act for act in acts if act[1] not in shared[:-1]):
            done = acted[path[index]]
            in_turn = self._next_open(in_turn, acted_at)
            if index < in_turn or acted_at < self.begin:  # a step passed before: its act ends no turn
                continue
            lacking = tuple(self._lacking(procedure, in_turn, index, begin, acted_at))
            reached = self._next_open(in_turn + len(lacking), acted_at)
            if reached != index and not _ends_turn(procedure, path[reached], done.mark):
                continue
            turns += lacking
            if lacking and lacking[-1].end is not None:
                begin = lacking[-1].end
            turns.append(self._turn(procedure, reached, until=index, begin=begin, acted_at=acted_at))
            in_turn, begin = index + 1, done.led_at
        in_turn = self._next_open(in_turn, None)
        if in_turn < len(path):
            end = None if self.withdrawn_at is None else max(begin, self.withdrawn_at)
            turns.append(Turn(step=path[in_turn], begin=begin, end=end))
        return tuple(turns), in_turn

    def _turn(self, procedure: Procedure, index: int, *, until: int, begin: int, acted_at: int) -> Turn:
        """Return the turn of the step at `index`, which the act at `acted_at` on the step at `until` ended.

        Both are indexes on the path. The steps between them that were not done are `passed` in that turn.
        """
        path, end = self.walk.path, max(begin, acted_at)
        number, done = path[index], self.done.get(path[index])
        is_unseen = index != until and done is not None and done.mark.event in _WITHOUT_HASTE
        # The step was done: now, or (like one that the call passed over) later than steps after it.
        if done is not None and not is_unseen and number not in self.shared:
            worked_from = _worked_from(procedure, number, done.mark, begin)
            return Turn(step=number, begin=begin, end=end, worked_from=worked_from)
        passed = tuple(n for n in path[index + 1 : until] if n not in self.done or n in self.shared)
        return Turn(step=number, begin=begin, end=end, passed=(*passed, path[until]))

    def _lacking(
        self, procedure: Procedure, index: int, until: int, begin: int, acted_at: int
    ) -> Iterator[Turn]:
        """Yield the turns of the steps from `index` on the path to `until` that only lack their output.

        Each turn ended when the step was carried out. The first step that was not carried out by `acted_at`
        ends the row.
        """
        for number in self.walk.path[index:until]:
            act = self.lacking.get(number)
            if act is None or number in self.shared or not begin <= act.at <= acted_at:
                return
            yield Turn(
                step=number, begin=begin, end=act.at, worked_from=_worked_from(procedure, number, act, begin)
            )
            begin = act.at

    def _next_open(self, index: int, moment: int | None) -> int:
        """Return the index, from `index` on, of the first step that was not done before `moment`.

        `moment` None: of the first step that was not done at all.
        """
        path, acted = self.walk.path, self._acted
        while index < len(path) and path[index] in acted:
            number = path[index]
            if moment is not None and (acted[number].acted_at >= moment or number in self.shared):
                break
            index += 1
        return index


def _ends_turn(procedure: Procedure, in_turn: int, ahead: Mark) -> bool:
    """Return whether the mark `ahead` of a later step ends the turn of the step `in_turn`.

    A tick and a waiver do not. Neither does the visitor's way out while a desk behind the counter has its
    turn: the visitor is told the result later.
    """
    if ahead.kind is not MarkKind.EVENT:
        return False
    if ahead.event not in _WAY_OUT:
        return True
    return not is_behind_the_desk(next(step for step in procedure.steps if step.step == in_turn))


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
    return (*matching.ended, matching.round)


class _Matching:
    """The matching of a visit's marks, one by one, with the procedure's steps.

    `round` is the round under way, `ended` are those before it.
    """

    def __init__(self, flow: Flow, began_at: int) -> None:
        self.ended: list[Round] = []
        self._flow = flow
        self._happened: set[StepEvent] = set()
        self._lacking: dict[int, Mark] = {}  # as `Round.lacking`
        self._first = flow.first  # the step with which the round begins
        self.round = Round(begin=began_at, before=(), done={}, walk=flow.walk({}))
        self._begun = {flow.first}  # the steps that have had their turn in this round

    def take(self, mark: Mark) -> None:
        """Take the next mark: complete what it completes, and begin a new round if it leads back."""
        if mark.kind is MarkKind.AS_NEEDED and mark.step is not None:
            self.round = replace(self.round, as_needed={**self.round.as_needed, mark.step: mark.reason})
            return
        self._note_meaning(mark)
        done = dict(self.round.done)
        if mark.event is StepEvent.SERVICE_GIVEN:
            self._complete_all_given(done, mark)
        number = _step_for(self._flow, self.round.walk, mark, self._begun, done)
        if number is not None:
            self._complete(done, number, mark)
        elif (number := _step_with_new_outcome(self._flow, mark, done)) is not None:
            done[number] = _change_outcome(self._flow, number, done[number], mark)
        # This mark may be what other steps still lacked.
        for lacking, act in list(self._lacking.items()):
            if not self._output_is_missing(lacking):
                del self._lacking[lacking]
                officer_id = act.officer_id or mark.officer_id
                at = act.at if mark.event in _OF_THE_SURVEY else max(act.at, mark.at)
                # The output came when the step's turn was over: the step ended with its own act.
                is_late_output = act.event in _WITHOUT_HASTE or self._later_step_is_done(done, lacking)
                both = replace(act, at=at, officer_id=officer_id)
                completed = _completed(both, act.at if is_late_output else at)
                done[lacking] = replace(completed, first_at=act.at, last=mark)
        self._update_round(done)
        if number is not None:
            self._begin_again(number, mark.branch)

    def _note_meaning(self, mark: Mark) -> None:
        """Note what the mark means besides the step that it completes."""
        if mark.event is not None and mark.kind is MarkKind.EVENT:
            self._happened.add(mark.event)
        if mark.event is StepEvent.SURVEY_FILLED:
            self._happened.add(StepEvent.SURVEY_OFFERED)
        if mark.event is StepEvent.WITHDRAWN and self.round.withdrawn_at is None:
            self.round = replace(self.round, withdrawn_at=mark.at)
        if mark.event is StepEvent.IDENTITY_DOUBTED:
            steps = self._flow.steps
            checked = {n for n in steps if steps[n].completes.event is StepEvent.IDENTITY_VERIFIED}
            done = {number: each for number, each in self.round.done.items() if number not in checked}
            self.round = replace(self.round, done=done)
            self._lacking = {number: each for number, each in self._lacking.items() if number not in checked}

    def _complete(self, done: dict[int, Completed], number: int, mark: Mark) -> None:
        """Add the step to `done`, or to those that lack their output.

        An outcome that leads back, or ends the procedure, needs no output.
        """
        ways = self._flow.ways(number, mark.branch)
        leads_on = bool(ways) and not (mark.branch and ways == (None,))
        if mark.kind is MarkKind.EVENT and leads_on and self._output_is_missing(number):
            first = self._lacking.get(number, mark)
            self._lacking[number] = replace(mark, at=first.at)
        else:
            self._lacking.pop(number, None)
            done[number] = _completed(mark)

    def _complete_all_given(self, done: dict[int, Completed], mark: Mark) -> None:
        """Complete all steps of the front office with a request, by the one mark "service given"."""
        acts = [(number, act.event, act.at) for number, act in self._lacking.items()]
        acts += [(number, completed.mark.event, completed.acted_at) for number, completed in done.items()]
        shared = {n for n, event, at in acts if event in _WITHOUT_HASTE and mark.at - at < _AT_THE_END_MS}
        self._happened |= _OF_A_REQUEST
        for number in self._flow.order:
            step = self._flow.steps[number]
            roles = {ROLE_OF_ACTOR.get(actor.id) for actor in step.actors}
            event = step.completes.event
            at_the_desk = event in _WITHOUT_A_CASE and Role.FRONT_OFFICE in roles
            # POS DKI 6: a result that the counter gave by itself was ready without the team's work.
            if number in done or not (at_the_desk or event is StepEvent.RESULT_READY):
                continue
            ways = {branch.when for branch in step.branches}
            self._complete(done, number, replace(mark, branch=mark.branch if mark.branch in ways else ""))
            shared.add(number)
        self.round = replace(self.round, shared=frozenset(shared))

    def _later_step_is_done(self, done: dict[int, Completed], number: int) -> bool:
        """Return whether an event has completed a later step, so that the turn of this one is over."""
        events = (n for n, each in done.items() if each.mark.kind is MarkKind.EVENT)
        return any(self._flow.index[n] > self._flow.index[number] for n in events)

    def _output_is_missing(self, number: int) -> bool:
        """Return whether an event that the step `needs` for its output has not happened yet."""
        return not self._happened.issuperset(self._flow.steps[number].completes.needs)

    def _update_round(self, done: dict[int, Completed]) -> None:
        """Update the round: its done steps, and the way that follows from them."""
        branches = {number: completed.branch for number, completed in done.items()}
        walk = self._flow.walk(branches, self.round.before, self._first)
        self.round = replace(self.round, done=done, walk=walk, lacking=dict(self._lacking))
        if walk.next_step is not None:
            self._begun.add(walk.next_step)

    def _begin_again(self, number: int, branch: str) -> None:
        """Begin a new round if the step `number` is done with an outcome that leads back.

        The round begins with the step to which the outcome leads; the steps from there to `number` are open
        again.
        """
        done, index = self.round.done, self._flow.index
        # An outcome that leads back has no way forward.
        if number not in done or done[number].branch != branch or self._flow.ways(number, branch):
            return
        targets = [each.goto for each in self._flow.steps[number].branches if each.when == branch]
        first = next(target for target in targets if target is not None)
        ended = self.round
        self.ended.append(ended)
        repeated = {each for each in index if index[first] <= index[each] <= index[number]}
        self._first = first
        self._begun = {first}
        before = tuple(each for each in ended.walk.passed if index[each] < index[first])
        self.round = Round(begin=done[number].led_at, before=before, done={}, walk=ended.walk)
        self._lacking = {each: mark for each, mark in self._lacking.items() if each not in repeated}
        self._update_round({each: completed for each, completed in done.items() if each not in repeated})


def _completed(mark: Mark, acted_at: int | None = None) -> Completed:
    """Return a step that the mark completed; it was carried out at `acted_at`, None: when it was marked."""
    at = mark.at if acted_at is None else acted_at
    return Completed(mark=mark, branch=mark.branch, led_at=at, acted_at=at)


def _step_for(
    flow: Flow, walk: Walk, mark: Mark, begun: Iterable[int], done: dict[int, Completed]
) -> int | None:
    """Return the undone step that the mark completes; None where there is none.

    A mark may name its step. Else, where several steps wait for the same event (`escort_done`, POS DKI 2, 4
    and 10), the one that has its turn comes first, then one passed over that had begun, then the nearest
    ahead, then any other.
    """
    if mark.step is not None or mark.kind is not MarkKind.EVENT:
        return mark.step if mark.step in flow.steps and mark.step not in done else None
    waiting = [
        number
        for number in flow.order
        if number not in done and flow.steps[number].completes.event == mark.event
    ]
    passed_over = {number for number in begun if number in walk.passed}

    def rank(number: int) -> int:
        if number == walk.next_step:
            return 0
        if number in passed_over:
            return 1
        return 2 if number in walk.possible else 3

    return min(waiting, key=rank, default=None)


def _step_with_new_outcome(flow: Flow, mark: Mark, done: dict[int, Completed]) -> int | None:
    """Return the number of the done step whose outcome this mark changes; None where it changes none."""
    if mark.kind is not MarkKind.EVENT or not mark.branch:
        return None
    known = [
        number
        for number in reversed(flow.order)
        if number in done
        and flow.steps[number].completes.event == mark.event
        and any(branch.when == mark.branch for branch in flow.steps[number].branches)
    ]
    return known[0] if known else None


def _change_outcome(flow: Flow, number: int, before: Completed, mark: Mark) -> Completed:
    """Return the done step with the branch of `mark`.

    The next step's turn begins with this mark only if another step is next now. The step itself keeps the
    time of its first mark.
    """
    # The first of the ways is the likeliest, and so the one that is in turn.
    same_next = flow.ways(number, before.branch)[:1] == flow.ways(number, mark.branch)[:1]
    return replace(before, branch=mark.branch, led_at=before.led_at if same_next else mark.at)
