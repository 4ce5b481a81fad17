"""The judge of an office after an accident, by what was acknowledged before it: lost, doubled or half."""

import sqlite3
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.place import seat
from benchmarks.survival.station import SimulatedStation
from benchmarks.survival.visit import StationCrew, Told
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.care.commands import NoteManyNumbers
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.server_address import is_server
from ult_desktop.operations.offline.offline_upload import upload_offline_work
from ult_desktop.operations.request_ids import new_id

PROGRESS = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.DONE)
# The tables with each act's request id: its rows are as many as its events, or it was half done.
ROWS = {
    "visit.guest_book": "SELECT name FROM guest",
    "case.opened": "SELECT detail FROM casefile",
    "escalation.sent": "SELECT instruction FROM escalation",
    "escalation.answered": "SELECT answer FROM escalation WHERE answer <> ''",
    "case.delivered": "SELECT proof FROM delivery",
    "survey.filled": "SELECT text FROM survey_suggestion",
}


def judge(
    path: Path,
    stations: Sequence[SimulatedStation],
    told: Sequence[Told],
    *,
    anything: bool = False,
    rebuilt: bool = False,
) -> list[str]:
    """List what is wrong: nothing, when every station starts as ever and no act is lost, doubled or half.

    The judge starts every station once and seats its officer, after which its journal has no open questions,
    and lets the first go on with a visitor. Where somebody did any command with any values (`anything`), each
    station starts too, but who may sit and be served there is as they left it, and so is every row, and they
    may have merged a number of any series: then the log alone is held against what was told.

    An office that was `rebuilt` may have gaps in its numbers: one in doubt, which is on no paper, gets a
    number after those that were given meanwhile. The one in the gap may be on a paper of a lost journal.
    """
    try:
        for station in stations:
            with closing(station.open(path)) as office:
                upload_offline_work(station.journal(path), office)
                if anything:  # a new request, so that none stays in doubt; it is refused nobody
                    office.perform(NoteManyNumbers(), Actor(station=station.name))
                else:
                    seat(office, station.counter)
        if anything:
            only_logged = [
                each if each.act == "alone" else msgspec.structs.replace(each, label="") for each in told
            ]
            return [*_lost(path, only_logged), *_journals(path, stations, told)]
        wrong = [*_lost(path, told), *_halves(path), *_journals(path, stations, told)]
        holes = partial(_holes, path) if not rebuilt else tuple
        return [*wrong, *holes()] or [*_goes_on(path, stations[0], told), *holes()]
    except Exception as error:  # noqa: BLE001  (a traceback would say neither seed nor scene)
        where = " > ".join(frame.name for frame in traceback.extract_tb(error.__traceback__))
        return [f"no normal start: {error!r} in {where}"]


def _lost(path: Path, told: Sequence[Told]) -> Iterator[str]:
    logged = {request for (request,) in rows(path, "SELECT request FROM event")}
    tickets = rows(path, "SELECT label, state FROM ticket")
    labels, states = Counter(label for label, _state in tickets), dict(tickets)
    given_back = {
        each for (each,) in rows(path, "SELECT subject FROM event WHERE kind = 'ticket.given_back'")
    }
    # The kiosk had stopped waiting for its number and gave another: that one's visitor is the same.
    query = "SELECT e.subject FROM event e JOIN ticket t ON t.id = e.subject AND t.state = 'cancelled'"
    withdrawn = {each for (each,) in rows(path, f"{query} WHERE e.request LIKE '%/unseen'")}
    for each in told:
        if each.act == "alone" and labels[each.label] != 1:
            yield f"number given alone stands {labels[each.label]} times: {each.label}"
        elif each.request and each.request not in logged:
            yield f"lost: {each}"
        elif (
            each.label
            and each.subject not in withdrawn
            and not _stands(each, states.get(each.label, ""), back=each.subject in given_back)
        ):
            yield f"not as it was told: {each}"
    yield from (f"doubled: {label}" for label, count in labels.items() if count > 1)


def _stands(told: Told, state: str, *, back: bool) -> bool:
    """Return whether a ticket is at least as far as its acknowledged act.

    A number given alone is known by its paper. Nobody was sent away since; a number goes `back` into the
    queue where the PC of its counter was gone.
    """
    if back and told.state == TicketState.CALLED and state == TicketState.WAITING:
        return True
    return told.act == "alone" or state in PROGRESS[PROGRESS.index(TicketState(told.state)) :]


def _holes(path: Path) -> Iterator[str]:
    """Yield gaps in the numbers.

    An act that was not acknowledged is there whole, or its number is given again.
    """
    query = "SELECT series, count(*), min(number), max(number) FROM ticket GROUP BY day, series"
    for series, count, first, last in rows(path, query):
        if first != 1 or last != count:
            yield f"{series}: {count} numbers from {first} to {last}"


def _halves(path: Path) -> Iterator[str]:
    for kind, sql in ROWS.items():
        logged = Counter(each for (each,) in rows(path, "SELECT request FROM event WHERE kind = ?", kind))
        written = Counter(each for (each,) in rows(path, sql))
        if logged != written:
            yield f"{kind}: {list((logged - written) + (written - logged))} half done"


def _journals(path: Path, stations: Iterable[SimulatedStation], told: Iterable[Told]) -> Iterator[str]:
    """Compare journals and log by name.

    Two computers may have a station of one name, and do its work together.
    """
    journals: dict[str, dict[str, str]] = {}
    for station in stations:
        work = rows(station.journal(path), "SELECT request, outcome FROM work")
        journals.setdefault(station.name, {}).update(work)
    for name, outcomes in journals.items():
        # What a request did beside its own has an event of its own, named after the request.
        own = "SELECT request FROM event WHERE station = ? AND request NOT LIKE '%/%'"
        logged = {each for (each,) in rows(path, own, name)}
        done = {request for request, outcome in outcomes.items() if outcome == "done"}
        if done != logged:
            yield f"{name}: journal and log differ in {sorted(done ^ logged)}"
        if "open" in outcomes.values():
            yield f"{name}: something stays open"
        acknowledged = {each.request for each in told if each.station == name and each.request}
        if acknowledged - outcomes.keys():
            yield f"{name}: the journal lost {sorted(acknowledged - outcomes.keys())}"


def _goes_on(path: Path, station: SimulatedStation, told: Sequence[Told]) -> Iterator[str]:
    more: list[Told] = []
    with closing(station.open(path)) as office:
        numbers = [each for each in told if each.act == "IssueTicket" and each.label]
        for each in numbers[-1:]:
            again = office.perform(IssueTicket(service_id=1), Actor(station=each.station), each.request)
            if again.ticket.label != each.label:
                yield f"told again as {again.ticket.label}: {each}"
        desk = StationCrew(office, station.counter, new_id, more.append)
        desk.take_up()
        for _act in desk.visitor():
            pass
        findings = office.verify().findings
    # The upkeep's row by a clock that was ahead counts as never, and is shown until its time has come
    # (docs/store.md, rule 17).
    yield from (f"{each.check}: {each.detail}" for each in findings if each.check != "future")
    yield from _lost(path, [*told, *more])


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Return the rows of a journal, or of an office, wherever it lies."""
    with closing(engine_at(path).open(path) if is_server(path) else sqlite3.connect(path)) as link:
        return link.execute(sql, values).fetchall()
