"""The rounds of a visit through the procedure, and the turns of the steps: what its marks complete."""

from collections.abc import Iterable, Iterator, Set
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.core.access.roles import Role
from ult_desktop.core.procedures.clock import Turn, is_behind_the_desk, is_the_call, is_the_offices
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, StepEvent
from ult_desktop.core.procedures.walk import Flow, Walk, flow_of
from ult_desktop.core.stamps import MINUTE_MS

# What is done for a visitor who goes: it says nothing of a matter that another desk still has.
_WAY_OUT = frozenset({StepEvent.SECURITY_CALLED, StepEvent.ESCORT_DONE})

# The visitor gives it on their way out: the step that points to it keeps the time that its act took.
_OF_THE_SURVEY = frozenset({StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED})


# What an officer at a counter does with a request: an outcome of the office's list of what was given carries
# all of it out (docs/domain.md, "Outputs").
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
# The list of requests and the receipt of a result are of a request: without one there is neither.
_OF_A_REQUEST = frozenset({StepEvent.CASE_OPENED, StepEvent.RECEIPT_GIVEN})


# The officer checks it while they ask and answer, and ticks it when there is time, often at the end.
_WITHOUT_HASTE = frozenset({StepEvent.IDENTITY_VERIFIED})
# What is mended so shortly before the act that carried the rest out belongs to that act: the box of the end
# asks for it, and the guest book besides takes a minute or two.
_AT_THE_END_MS = 3 * MINUTE_MS


class MarkKind(StrEnum):
    """The kind of a mark: an event of the program, an officer's tick, or a step waived with its reason.

    AS_NEEDED completes nothing: the step may take the time that the visitor needs.
    """

    EVENT = "event"
    TICK = "tick"
    WAIVE = "waive"
    AS_NEEDED = "as_needed"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark that completes a step. `at` UTC ms; a tick and a waiver name their `step`, an event its `event`.

    An event that completes several steps of a procedure names the one that it is meant for in `step`.

    `branch` is the way that the outcome takes; `for_officer_id` the absent officer for whom it was done
    (a.n., by surat penugasan). `since` is when the act began, where the program saw that too.
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
    """A step that is done, and by which mark. `branch` is its last outcome, which led on at `led_at`.

    `acted_at` is when it was carried out: before the mark where its output came when its turn was over. Where
    two acts complete it, `first_at` is the time of the first, and `last` the mark of the other.
    """

    mark: Mark
    branch: str
    led_at: int
    acted_at: int
    first_at: int = 0
    last: Mark | None = None

    def by(self, used_up_at: int | None) -> Mark:
        """Return the mark of who had the step when its standard was used up (UTC ms; None: it was not)."""
        late = self.last is not None and used_up_at is not None and used_up_at > self.first_at
        return self.last if late and self.last is not None and self.last.officer_id else self.mark


class Round(Struct, frozen=True, kw_only=True):
    """A way through the procedure, or through the part of it to which an outcome led back.

    `begin` UTC ms; `before` are the steps that were passed before it; `done` holds also what was done in
    earlier rounds and is not repeated. `withdrawn_at` is when the applicant withdrew: no step was due after
    that. `lacking` are the marks of steps that were carried out, but whose output is not there yet.
    `as_needed` says of steps why they may take longer than their standard. `shared` are the steps that
    one act carried out together: nobody saw where each of them ended.
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
        """The steps that are done, and those that the one act carried out but for their output."""
        lacking = {number: mark for number, mark in self.lacking.items() if number in self.shared}
        return {**self.done, **{number: _completed(mark) for number, mark in lacking.items()}}

    def turns(self, procedure: Procedure) -> tuple[tuple[Turn, ...], int]:
        """Return the turns, and the index on the line of the step that has its turn, or the line's end."""
        line, turns, acted = self.walk.line, list[Turn](), self._acted
        place, begin = len(self.before), self.begin
        found = [(acted[number].acted_at, at) for at, number in enumerate(line) if number in acted]
        shared = [each for each in found if line[each[1]] in self.shared]
        for moment, at in sorted(each for each in found if each not in shared[:-1]):
            done = acted[line[at]]
            place = self._next_open(place, moment)
            if at < place or moment < self.begin:
                continue
            lacking = tuple(self._lacking(procedure, place, at, begin, moment))
            reached = self._next_open(place + len(lacking), moment)
            if reached != at and not _leads_on(procedure, line[reached], done.mark):
                continue
            turns += lacking
            place, begin = reached, lacking[-1].end or begin if lacking else begin
            turns.append(self._turn(procedure, place, at, begin, moment))
            place, begin = at + 1, done.led_at
        place = self._next_open(place, None)
        if place < len(line):
            over = None if self.withdrawn_at is None else max(begin, self.withdrawn_at)
            turns.append(Turn(step=line[place], begin=begin, end=over))
        return tuple(turns), place

    def _turn(self, procedure: Procedure, place: int, until: int, begin: int, moment: int) -> Turn:
        line, end = self.walk.line, max(begin, moment)
        own = self.done.get(line[place])
        unseen = place != until and own is not None and own.mark.event in _WITHOUT_HASTE
        # Done later than steps after it, such as one that the call passed over.
        if own is not None and not (unseen or line[place] in self.shared):
            worked = _worked_from(procedure, line[place], own.mark, begin)
            return Turn(step=line[place], begin=begin, end=end, worked_from=worked)
        passed = tuple(n for n in line[place + 1 : until] if n not in self.done or n in self.shared)
        return Turn(step=line[place], begin=begin, end=end, passed=(*passed, line[until]))

    def _lacking(
        self, procedure: Procedure, place: int, until: int, begin: int, moment: int
    ) -> Iterator[Turn]:
        """Yield the turns of steps that lack their output alone: each ended when it was carried out."""
        for number in self.walk.line[place:until]:
            act = self.lacking.get(number)
            if act is None or number in self.shared or not begin <= act.at <= moment:
                return
            yield Turn(
                step=number, begin=begin, end=act.at, worked_from=_worked_from(procedure, number, act, begin)
            )
            begin = act.at

    def _next_open(self, place: int, moment: int | None) -> int:
        """Return the index, from `place` on, of the first step that was not done before `moment`."""
        line, acted = self.walk.line, self._acted
        while place < len(line) and line[place] in acted:
            if moment is not None and (acted[line[place]].acted_at >= moment or line[place] in self.shared):
                break
            place += 1
        return place


def _leads_on(procedure: Procedure, in_turn: int, ahead: Mark) -> bool:
    """Return whether the mark of a step further ahead ends the turn of the step `in_turn`.

    A tick and a waiver do not, and neither does the way out of a visitor whose result follows.
    """
    if ahead.kind is not MarkKind.EVENT or ahead.event not in _WAY_OUT:
        return ahead.kind is MarkKind.EVENT
    return not is_behind_the_desk(next(step for step in procedure.steps if step.step == in_turn))


def _worked_from(procedure: Procedure, number: int, mark: Mark, begin: int) -> int | None:
    """Return since when an officer worked on a step, for its clock runs then although the number waits.

    None for the call, and for a step that the visitor carries out or that was waived.
    """
    step = next(step for step in procedure.steps if step.step == number)
    by_officer = mark.officer_id is not None and mark.kind is not MarkKind.WAIVE
    if is_the_call(step) or not by_officer or not is_the_offices(procedure, step):
        return None
    return begin if mark.since is None else max(begin, mark.since)


def rounds_of(procedure: Procedure, marks: Iterable[Mark], began_at: int) -> tuple[Round, ...]:
    """Return the rounds that a visit's marks, in the order of time, make; the last is the present one."""
    matching = _Matching(flow_of(procedure), began_at)
    for mark in marks:
        matching.take(mark)
    return (*matching.over, matching.round)


class _Matching:
    """The matching of a visit's marks, one by one, with the procedure's steps."""

    def __init__(self, flow: Flow, began_at: int) -> None:
        self.over: list[Round] = []
        self._flow = flow
        self._happened: set[StepEvent] = set()
        self._waiting: dict[int, Mark] = {}
        self._first = flow.first
        self.round = Round(begin=began_at, before=(), done={}, walk=flow.walk({}))
        self._begun = {flow.first}

    def take(self, mark: Mark) -> None:
        if mark.kind is MarkKind.AS_NEEDED and mark.step is not None:
            self.round = replace(self.round, as_needed={**self.round.as_needed, mark.step: mark.reason})
            return
        self._note(mark)
        done = dict(self.round.done)
        if mark.event is StepEvent.SERVICE_GIVEN:
            self._give(done, mark)
        number = _step_for(self._flow, self.round.walk, mark, self._begun, done)
        if number is not None:
            self._complete(done, number, mark)
        elif (number := _set_again(self._flow, mark, done)) is not None:
            done[number] = _led_on(self._flow, number, done[number], mark)
        for waiting, asked in list(self._waiting.items()):
            if not self._lacks(waiting):
                del self._waiting[waiting]
                by = asked.officer_id or mark.officer_id
                at = asked.at if mark.event in _OF_THE_SURVEY else max(asked.at, mark.at)
                keeps = asked.event in _WITHOUT_HASTE or self._has_gone_on(done, waiting)
                acted_at = asked.at if keeps else at
                whole = _completed(replace(asked, at=at, officer_id=by), acted_at)
                done[waiting] = replace(whole, first_at=asked.at, last=mark)
        self._go_on(done)
        if number is not None:
            self._lead_back(number, mark.branch)

    def _note(self, mark: Mark) -> None:
        """Note what the mark says besides the step that it completes."""
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
            self._waiting = {number: each for number, each in self._waiting.items() if number not in checked}

    def _complete(self, done: dict[int, Completed], number: int, mark: Mark) -> None:
        ways = self._flow.ways(number, mark.branch)
        leads_on = bool(ways) and not (mark.branch and ways == (None,))
        if mark.kind is MarkKind.EVENT and leads_on and self._lacks(number):
            first = self._waiting.get(number, mark)
            self._waiting[number] = replace(mark, at=first.at)
        else:
            self._waiting.pop(number, None)
            done[number] = _completed(mark)

    def _give(self, done: dict[int, Completed], mark: Mark) -> None:
        """Complete what the front office does with a request, by the one act that it gave a service."""
        acts = [(number, each.event, each.at) for number, each in self._waiting.items()]
        acts += [(number, each.mark.event, each.acted_at) for number, each in done.items()]
        at_the_end = (n for n, event, at in acts if event in _WITHOUT_HASTE and mark.at - at < _AT_THE_END_MS)
        shared = set(at_the_end)
        self._happened |= _OF_A_REQUEST
        for number in self._flow.order:
            step = self._flow.steps[number]
            by = {ROLE_OF_ACTOR.get(actor.id) for actor in step.actors}
            event = step.completes.event
            at_the_desk = event in _WITHOUT_A_CASE and Role.FRONT_OFFICE in by
            # What the counter gave by itself, no team had to work out (POS DKI 6).
            if number in done or not (at_the_desk or event is StepEvent.RESULT_READY):
                continue
            ways = {branch.when for branch in step.branches}
            self._complete(done, number, replace(mark, branch=mark.branch if mark.branch in ways else ""))
            shared.add(number)
        self.round = replace(self.round, shared=frozenset(shared))

    def _has_gone_on(self, done: dict[int, Completed], number: int) -> bool:
        """Return whether a later step is done: the output of this one came when its turn was over."""
        events = (n for n, each in done.items() if each.mark.kind is MarkKind.EVENT)
        return any(self._flow.place[n] > self._flow.place[number] for n in events)

    def _lacks(self, number: int) -> bool:
        return not self._happened.issuperset(self._flow.steps[number].completes.needs)

    def _go_on(self, done: dict[int, Completed]) -> None:
        branches = {number: completed.branch for number, completed in done.items()}
        walk = self._flow.walk(branches, self.round.before, self._first)
        self.round = replace(self.round, done=done, walk=walk, lacking=dict(self._waiting))
        if walk.front is not None:
            self._begun.add(walk.front)

    def _lead_back(self, number: int, branch: str) -> None:
        """Begin a new round when an outcome leads back, with the step to which it leads."""
        done, place = self.round.done, self._flow.place
        if number not in done or done[number].branch != branch or self._flow.ways(number, branch):
            return
        ways = [each for each in self._flow.steps[number].branches if each.when == branch]
        first = next(each.goto for each in ways if each.goto is not None)
        ended = self.round
        self.over.append(ended)
        again = {each for each in place if place[first] <= place[each] <= place[number]}
        self._first = first
        self._begun = {first}
        before = tuple(each for each in ended.walk.passed if place[each] < place[first])
        self.round = Round(begin=done[number].led_at, before=before, done={}, walk=ended.walk)
        self._waiting = {each: mark for each, mark in self._waiting.items() if each not in again}
        self._go_on({each: completed for each, completed in done.items() if each not in again})


def _completed(mark: Mark, acted_at: int | None = None) -> Completed:
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
    ranks: tuple[Set[int | None], ...] = ({walk.front}, passed_over, walk.possible)
    return min(
        waiting,
        key=lambda number: next((at for at, rank in enumerate(ranks) if number in rank), len(ranks)),
        default=None,
    )


def _set_again(flow: Flow, mark: Mark, done: dict[int, Completed]) -> int | None:
    """Return the done step whose outcome this mark changes; the step keeps the time of its first mark."""
    if mark.kind is not MarkKind.EVENT or not mark.branch:
        return None
    known = [
        number
        for number in reversed(flow.order)
        if number in done
        and flow.steps[number].completes.event == mark.event
        and any(branch.when == mark.branch for branch in flow.steps[number].branches)
    ]
    return next(iter(known), None)


def _led_on(flow: Flow, number: int, before: Completed, mark: Mark) -> Completed:
    """Return the step with its new branch; the next step's clock restarts only when another step is next."""
    same = flow.ways(number, before.branch)[:1] == flow.ways(number, mark.branch)[:1]
    return replace(before, branch=mark.branch, led_at=before.led_at if same else mark.at)
