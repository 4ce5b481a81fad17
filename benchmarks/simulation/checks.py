"""The checks of a simulated day that no judge of real processes can make: rest, whole file, told places.

They read the file as it lies there, and disturb nobody.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import Error, connect

from benchmarks.simulation.accidents import Accidents
from benchmarks.simulation.station import BEAT_S, LOST_S, Job, Paper, Program, Story
from benchmarks.survival.judge import rows
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.operations.backup.restoring import verify_office

# Twice as long as a station tries again (docs/store.md, rule 6): it may wait before it begins.
TOGETHER_S = 30.0
TOGETHER = {
    "switch": 0.03,
    "reset": 0.003,
}  # at each call: all act at once, and a session breaks now and then
MANY = 10  # stations
SEEN_S = 5.0
_OPEN = "SELECT count(*) FROM work WHERE name = 'MergeTicket' AND outcome = 'open'"


def at_rest(day: Accidents, programs: Sequence[Program]) -> Iterator[str]:
    """Yield who is not at rest some minutes after the last fault, and who cannot act though all answer."""
    now, names = day.world.scheduler.now, set(day.world.scheduler.names())
    for each in programs:
        if each.front in names:
            yield f"{each.name} has not come to an end"
        if now - each.beaten > BEAT_S + LOST_S:
            yield f"{each.name} has not reported for {now - each.beaten:.0f} s"
        if (left := _not_uploaded(each.journal)) is None or left:
            yield f"{each.name} keeps {left} numbers to itself"
    yield from _unseen(day, programs)
    yield from _together(day, programs)


def _not_uploaded(journal: Path) -> int | None:
    with closing(connect(f"file:{journal}?mode=ro", uri=True, timeout=0)) as link:
        try:
            return int(link.execute(_OPEN).fetchone()[0])
        except Error:
            return None


def _unseen(day: Accidents, programs: Sequence[Program]) -> Iterator[str]:
    """Yield whose picture is older than the office."""
    if not day.await_quiet():
        yield "the file is never quiet"
        return
    last = day.last()
    day.world.scheduler.pause(SEEN_S)
    for each in programs:
        if each.watches and each.picture[0] < last:
            yield f"{each.name} shows the office at {each.picture[0]}, and it is at {last}"


def _together(day: Accidents, programs: Sequence[Program]) -> Iterator[str]:
    """Let all report at once, and sessions break: each must get its turn.

    Of many stations one may find the file taken at each of its tries for 15 s; half a minute later it reports
    again, and is starved if it gets no turn among all then.
    """
    day.world.weather({kind: rate for kind, rate in TOGETHER.items() if kind not in day.without})
    day.world.calm = False
    refused = _report_at_once(day, programs)
    again = _report_at_once(day, programs) if refused and len(programs) > MANY else refused
    day.world.calm = True
    yield from (f"{each.name} cannot report among others: {again[each]}" for each in refused if each in again)


def _report_at_once(day: Accidents, programs: Sequence[Program]) -> dict[Program, str]:
    """Let programs report now; return those that could not, with the reason."""
    jobs: list[tuple[Program, Job]] = [(each, each.report_now()) for each in programs]
    day.world.scheduler.pause(TOGETHER_S)
    return {
        each: f"{job.error or 'no answer'}"
        for each, job in jobs
        if job.error is not None or not job.event.is_set()
    }


class Meanwhile:
    """The checks that are made again and again during a day, while the file is quiet."""

    def __init__(self, day: Accidents) -> None:
        self._day, self._rebuilds, self._last, self._told = day, -1, 0, 0
        self._logged: set[str] = set()

    def look(self) -> Iterator[str]:
        """Yield what was acknowledged and is not in the log, or stands there twice."""
        day = self._day
        if day.exchanged or not day.is_quiet():
            return
        if self._rebuilds != day.rebuilds:
            self._rebuilds, self._last, self._told, self._logged = day.rebuilds, 0, 0, set()
        told = day.story.told[self._told :]
        self._told += len(told)
        news = day.world.read("SELECT seq, request FROM event WHERE seq > ?", self._last)
        sql = "SELECT count(*) - count(DISTINCT day || ' ' || label) FROM ticket"
        ((twice,),) = day.world.read(sql)
        self._last = max((seq for seq, _request in news), default=self._last)
        self._logged |= {request for _seq, request in news}
        yield from (f"lost: {each}" for each in told if each.request and each.request not in self._logged)
        if twice:
            yield f"doubled: {twice} numbers"


def reported(office: Path, story: Story) -> Iterator[str]:
    """Yield tickets of which the office knows another end of their paper than was reported last."""
    known = dict(
        rows(
            office,
            "SELECT e.request, t.paper FROM event e JOIN ticket t ON t.id = e.subject"
            " WHERE e.kind = 'ticket.issued'",
        )
    )
    for request, reports in story.reports.items():
        if (paper := known.get(request)) is not None and paper not in reports:
            yield f"not as it was told: the paper of {request} is {paper}, and was reported as {reports}"


def whole(office: Path, own: Path, now: int) -> Iterator[str]:
    """Yield what the program's own check finds in the file, and in what its witnesses say."""
    verdict = verify_office(office, own, now)
    yield from (f"verify: {each.check} {each.detail}" for each in verdict.findings)


def papers(office: Path, story: Story) -> Iterator[str]:
    """Yield papers that two visitors hold, and visitors who stand in the queue twice."""
    labels = Counter(paper.label for paper in story.papers)
    yield from (f"{count} papers say {label}" for label, count in labels.items() if count > 1)
    days = rows(office, "SELECT DISTINCT day FROM ticket")
    if len(days) > 1:
        yield f"numbers of {len(days)} days: {days}"
    states = dict(rows(office, "SELECT label, state FROM ticket"))
    subjects = dict(
        rows(
            office,
            "SELECT e.request, t.label FROM event e JOIN ticket t ON t.id = e.subject"
            " WHERE e.kind = 'ticket.issued'",
        )
    )
    for paper in story.papers if not story.anything else ():
        yield from _twice(paper, states, subjects)


def _twice(paper: Paper, states: dict[str, str], subjects: dict[str, str]) -> Iterator[str]:
    other = subjects.get(paper.instead_of)
    if other is not None and states[other] == TicketState.WAITING:
        yield f"the visitor with {paper.label} stands as {other} too"


def places(office: Path) -> Iterator[str]:
    """Yield the numbers of which another place was told than the log makes of it.

    The model: one service, so whoever waits since an earlier time is ahead. A visitor who was called by a
    station that is gone comes back into the queue, so each who has not come to the counter may count too.
    """
    query = "SELECT id, label, told_ahead, queued_at FROM ticket"
    tickets = {number: (label, told, at) for number, label, told, at in rows(office, query)}
    waiting, called = dict[int, int](), set[int]()
    for kind, subject, data in rows(office, "SELECT kind, subject, data FROM event ORDER BY seq"):
        if kind in ("ticket.called", "ticket.cancelled", "ticket.arrived", "ticket.finished"):
            waiting.pop(subject, None)
            called.discard(subject)
        if kind == "ticket.called":
            called.add(subject)
        elif kind in ("ticket.issued", "ticket.given_back"):
            called.discard(subject)
            label, told, at = tickets[subject]
            ahead = sum(other <= at for other in waiting.values())
            is_told = kind == "ticket.issued" and "cut_off" not in data and told is not None
            if is_told and not ahead <= told <= ahead + len(called):
                yield f"{label} was told {told} ahead, and {ahead} waited"
            waiting[subject] = at
