"""The clocks of a visit: each minute belongs to a step, a pause or the queue (docs/domain.md, "Clocks").

A step that a desk behind the counter carries out (back office, related unit, PPID, helpdesk) runs whatever
the visitor does: that desk has the matter. Every other step needs the visitor, and its clock stops while they
are away or wait to be called.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
from msgspec import Struct

from ult_desktop.base import WordEnum, _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, StandardTime, Step, StepEvent
from ult_desktop.core.stamps import CLOCKS_APART_MS, MINUTE_MS

# The roles of the desks behind the counter (docs/domain.md, A25).
BEHIND_THE_DESK = frozenset({Role.BACK_OFFICE, Role.RELATED_UNIT, Role.PPID, Role.HELPDESK})


class OwedBy(WordEnum):
    """The party that must act next in a visit."""

    OFFICE = "office", "petugas"
    VISITOR = "visitor", "pengunjung"
    QUEUE = "queue", "antrean"
    NOBODY = "nobody", "tidak ada"


class Pause(Struct, frozen=True, kw_only=True):
    """A time in which the clocks of the visitor's steps stop, and why. UTC ms.

    `to_at` is None while nobody knows its end. A pause that an officer began ends by itself at `to_at`, which
    lies ahead while it lasts; `asked_by` is who asked for it, `officer_id` who recorded it. With `matter_id`
    the visitor is here, but the officer works on another matter of theirs, in the visit of that id.
    """

    from_at: int
    to_at: int | None = None
    reason: str = ""
    officer_id: int | None = None
    matter_id: int | None = None
    asked_by: AskedBy | None = None

    def lasts_at(self, at: int) -> bool:
        """Return whether the pause has not ended at `at` (UTC ms)."""
        return self.to_at is None or at < self.to_at

    @property
    def words(self) -> str:
        """The reason, and who asked for the pause where an officer wrote it down."""
        if self.asked_by is None:
            return self.reason
        return _("{reason}, diminta {who}").format(reason=self.reason, who=self.asked_by.word)


class Stretch(Struct, frozen=True, kw_only=True):
    """A part of a visit's time, UTC ms, and who owes the next act in it.

    `step` is the number of the step whose clock runs, None: no clock runs. In a pause, `reason` says why and
    `officer_id` is who recorded it.
    """

    begin: int
    end: int
    owes: OwedBy
    step: int | None = None
    reason: str = ""
    officer_id: int | None = None


def stretch_words(stretch: Stretch, people: Mapping[int, str]) -> str:
    """Return in words who owed the next act in a stretch; `people` are the officers' names by id."""
    if stretch.step is not None:
        return _("langkah {n} ({who})").format(n=stretch.step, who=stretch.owes.word)
    if stretch.owes is OwedBy.QUEUE:
        return _("menunggu panggilan")
    if stretch.owes is OwedBy.NOBODY:
        return _("tidak ada langkah yang menunggu")
    recorded_by = people.get(stretch.officer_id or 0, "")
    return " · ".join(part for part in (stretch.owes.word, stretch.reason, recorded_by) if part)


def stretch_ms(stretch: Stretch, calendar: WorkingCalendar) -> int:
    """Return the length of a stretch (ms): where a step's clock runs, office time, else all the time."""
    if stretch.step is None:
        return stretch.end - stretch.begin
    return calendar.time_between(stretch.begin, stretch.end)


class StoppedInterval(Struct, frozen=True, order=True):
    """An interval in which a clock does not run, UTC ms; `end` None while it lasts."""

    begin: int
    end: int | None

    def until(self, now: int) -> int:
        """Return its end; `now` while it lasts."""
        return now if self.end is None else self.end

    def contains(self, at: int) -> bool:
        """Return whether the clock does not run at `at`; at the end it runs again."""
        return self.begin <= at and (self.end is None or at < self.end)


class StepTurn(Struct, frozen=True, kw_only=True):
    """A time in which a step was the next one to be done, UTC ms; `end` None while it lasts.

    From `worked_from` on an officer worked on the step, although the visitor's number waited to be called.
    `passed` are later steps: where the step itself was not done, its turn ended with the last of these.
    """

    step: int
    begin: int
    end: int | None
    worked_from: int | None = None
    passed: tuple[int, ...] = ()


def is_behind_the_desk(step: Step) -> bool:
    """Return whether a desk behind the counter carries the step out."""
    return ROLE_OF_ACTOR.get(step.actors[0].id) in BEHIND_THE_DESK


def is_the_call(step: Step) -> bool:
    """Return whether the step is the call, whose clock never runs: waiting in the queue has no standard."""
    return step.completes.event is StepEvent.TICKET_CALLED


def standard_days_of_role(procedure: Procedure, role: Role) -> int | None:
    """Return the working days of the first standard in days among a role's steps; None without one."""
    for step in procedure.steps:
        is_of_role = ROLE_OF_ACTOR.get(step.actors[0].id) is role
        if is_of_role and step.time is not None and step.time.minutes is None:
            return step.time.longest_days
    return None


def is_done_at_home(procedure: Procedure, step: Step) -> bool:
    """Return whether the applicant carries the step out at home, where no officer sees how long it takes."""
    return procedure.channel == "daring" and not is_done_by_officer(procedure, step)


def is_done_by_officer(procedure: Procedure, step: Step) -> bool:
    """Return whether an officer carries the step out, and not the visitor."""
    return any(actor.staff for actor in procedure.actors if actor.id == step.actors[0].id)


def is_done_by_visitor_alone(procedure: Procedure, step: Step) -> bool:
    """Return whether no officer has a part in the step: how long the visitor takes is nobody's failure."""
    officers = {actor.id for actor in procedure.actors if actor.staff}
    return officers.isdisjoint(actor.id for actor in step.actors)


class ClockStops(Struct, frozen=True):
    """The times that stop clocks: the visitor's `pauses`, their `waits` to be called, and PPID's.

    While PPID has the matter (`ppid`), the days of the law count, not the standards of the procedure.
    """

    pauses: Sequence[Pause]
    waits: Sequence[StoppedInterval]
    ppid: Sequence[StoppedInterval] = ()

    def of_turn(self, step: Step, turn: StepTurn) -> Iterator[StoppedInterval]:
        """Yield the intervals that stop the clock of a step in one of its turns."""
        yield from self.by_ppid(step)
        if is_behind_the_desk(step):
            return
        yield from (StoppedInterval(pause.from_at, pause.to_at) for pause in self.pauses)
        for wait in self.waits:
            yield from _unworked_parts(wait, turn)

    def by_ppid(self, step: Step) -> Sequence[StoppedInterval]:
        """Return the times in which PPID had the matter; () for a step of PPID itself, whose clock runs."""
        return () if ROLE_OF_ACTOR.get(step.actors[0].id) is Role.PPID else self.ppid

    def stretches(
        self, procedure: Procedure, turns: Sequence[StepTurn], begin: int, end: int
    ) -> tuple[Stretch, ...]:
        """Return the time from `begin` to `end` in stretches, in order, without gaps and overlaps."""
        steps = {step.step: step for step in procedure.steps}
        moments: set[int | None] = {begin, end}
        for turn in turns:
            moments |= {turn.begin, turn.end, turn.worked_from}
        for pause in self.pauses:
            moments |= {pause.from_at, pause.to_at}
        for stop in (*self.waits, *self.ppid):
            moments |= {stop.begin, stop.end}
        # Between two of these moments nothing changes; neighbours that are alike become one stretch.
        stretches: list[Stretch] = []
        for since, until in pairwise(sorted(at for at in moments if at is not None and begin <= at <= end)):
            in_turn = (t for t in turns if t.begin <= since and (t.end is None or until <= t.end))
            current = next(in_turn, None)
            step = None if current is None else steps[current.step]
            stretch = self._stretch_between(procedure, step, current, since, until)
            before = stretches[-1] if stretches else None
            if before and msgspec.structs.replace(stretch, begin=before.begin, end=before.end) == before:
                stretches[-1] = msgspec.structs.replace(before, end=until)
            else:
                stretches.append(stretch)
        return tuple(stretches)

    def _stretch_between(
        self, procedure: Procedure, step: Step | None, turn: StepTurn | None, begin: int, end: int
    ) -> Stretch:
        """Return the stretch from `begin` to `end`, in which nothing changes; `turn` is that of `step`."""
        if step is not None and turn is not None:
            # No POS has a standard for the time in the queue (docs/domain.md, A20).
            if is_the_call(step):
                return Stretch(begin=begin, end=end, owes=OwedBy.QUEUE)
            if not any(stop.contains(begin) for stop in self.of_turn(step, turn)):
                owes = OwedBy.OFFICE if is_done_by_officer(procedure, step) else OwedBy.VISITOR
                return Stretch(begin=begin, end=end, owes=owes, step=step.step)
        if any(stop.contains(begin) for stop in self.ppid):
            return Stretch(
                begin=begin, end=end, owes=OwedBy.OFFICE, reason=_("ditangani Tim PPID atau kepala")
            )
        if any(wait.contains(begin) for wait in self.waits):
            return Stretch(begin=begin, end=end, owes=OwedBy.QUEUE)
        for pause in self.pauses:
            if pause.from_at <= begin and pause.lasts_at(begin):
                # With `matter_id` the desk works on another matter of the visit: no visitor holds that up
                # (docs/domain.md, "Several matters in one visit").
                owes = OwedBy.VISITOR if pause.matter_id is None else OwedBy.OFFICE
                officer_id = pause.officer_id
                return Stretch(begin=begin, end=end, owes=owes, reason=pause.words, officer_id=officer_id)
        return Stretch(begin=begin, end=end, owes=OwedBy.NOBODY)


def _unworked_parts(wait: StoppedInterval, turn: StepTurn) -> Iterator[StoppedInterval]:
    """Yield the parts of a wait in which no officer worked on the step of this turn."""
    worked_from, done_at = turn.worked_from, turn.end
    if worked_from is None or done_at is None:
        yield wait
        return
    # The officer who calls the visitor may do the step in the same act, a moment after the wait has ended.
    if done_at <= wait.begin or done_at > wait.until(done_at) + CLOCKS_APART_MS:
        yield wait
        return
    if wait.begin < worked_from:
        yield StoppedInterval(wait.begin, worked_from)
    if wait.end is None or done_at < wait.end:
        yield StoppedInterval(done_at, wait.end)


def exceeds_standard(spent_ms: int, standard_ms: int) -> bool:
    """Return whether a standard in minutes was exceeded, by a full minute at least (docs/domain.md, A29)."""
    return spent_ms >= standard_ms + MINUTE_MS


class StepClock:
    """The clock of one step: it runs in office time, but not within `stops`. All stamps UTC ms.

    `ppid` are those of the stops in which PPID had the matter.
    """

    def __init__(
        self,
        calendar: WorkingCalendar,
        stops: Iterable[StoppedInterval],
        ppid: Iterable[StoppedInterval] = (),
    ) -> None:
        self._calendar = calendar
        self._stops, self._ppid = tuple(_without_overlaps(stops)), tuple(_without_overlaps(ppid))

    def spent_ms(self, begin: int, end: int) -> int:
        """Return the office time (ms) between two stamps for which the clock ran; never negative."""
        stopped = 0
        for stop in self._stops:
            stopped += self._calendar.time_between(max(begin, stop.begin), min(end, stop.until(end)))
        return self._calendar.time_between(begin, end) - stopped

    def due(self, begin: int, standard: StandardTime | None) -> int | None:
        """Return when a step whose turn came at `begin` has used up its standard.

        A standard in days begins when the visitor is there. It ends when the office closes on the last of its
        working days, wherever the visitor is meanwhile; if PPID has the matter then, on the day on which PPID
        gives it back. Of a range the longest counts, and days of a kind that is not named are working days
        (docs/domain.md, A7). None without a standard, or if the clock stops before that moment and does not
        run again yet.
        """
        if standard is None:
            return None
        if standard.minutes is not None:
            return self._after_time(begin, standard.minutes * MINUTE_MS)
        first_stop = next((stop for stop in self._stops if stop.contains(begin)), None)
        runs_from = begin if first_stop is None else first_stop.end
        if runs_from is None:
            return None
        due = self._calendar.due_after_days(runs_from, standard.longest_days)
        with_ppid = next((stop for stop in self._ppid if stop.begin < due and stop.contains(due)), None)
        if with_ppid is None:
            return due
        if with_ppid.end is None:
            return None
        # PPID may give it back outside the hours: the day is that of the next millisecond of office time.
        after_return = self._calendar.due_after_time(with_ppid.end, 1)
        return self._calendar.closing(self._calendar.day_of(after_return - 1))

    def is_overdue(self, begin: int, end: int, standard: StandardTime | None) -> bool:
        """Return whether the standard was exceeded in office time: time after closing does not count."""
        if standard is not None and standard.minutes is not None:
            return exceeds_standard(self.spent_ms(begin, end), standard.minutes * MINUTE_MS)
        due = self.due(begin, standard)
        return due is not None and self._calendar.time_between(due, end) > 0

    def _after_time(self, begin: int, remaining_ms: int) -> int | None:
        """Return when the clock has run for `remaining_ms` since `begin`; None if it is stopped before."""
        at = begin
        for stop in self._stops:
            ran_ms = self._calendar.time_between(at, stop.begin)
            if ran_ms >= remaining_ms:
                break
            if stop.end is None:
                return None
            remaining_ms -= ran_ms
            at = max(at, stop.end)
        return self._calendar.due_after_time(at, remaining_ms)


def _without_overlaps(stops: Iterable[StoppedInterval]) -> Iterator[StoppedInterval]:
    """Yield the intervals in order and without overlaps; one that has not ended is last."""
    ordered = sorted(stops, key=lambda stop: (stop.begin, stop.end is None, stop.end or 0))
    if not ordered:
        return
    begin, end = ordered[0].begin, ordered[0].end
    for _before, stop in pairwise(ordered):
        if end is None:
            break
        if stop.begin > end:
            yield StoppedInterval(begin, end)
            begin, end = stop.begin, stop.end
        else:
            end = None if stop.end is None else max(end, stop.end)
    yield StoppedInterval(begin, end)
