"""More scenes of a hostile week: the server's clock, guesses at a password, a proof next to writers."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from sqlite3 import connect

from benchmarks.survival.hostile_scenes import HostileOffice, Scene, done, one_day
from benchmarks.survival.hostile_station import HostileStation, Reply
from ult_desktop.core.stamps import DAY_MS

AHEAD_MS = (DAY_MS, 15 * DAY_MS, 40 * DAY_MS, 3 * 365 * DAY_MS)


def server_ahead(office: HostileOffice) -> Iterator[str]:
    """Set the server's clock ahead.

    A station at work goes on, and so does one that starts beside it: its own clock and the log agree.
    """
    first, second = office.start(0), office.start(1)
    for station in (first, second):
        yield from done("before", station.ask("serve", 1))
    second.ask("leave")
    ahead = office.dice.choice(AHEAD_MS)
    first.ask("step_share", ahead)
    yield from done("at work by a wrong server", first.ask("serve", 1))
    late = office.start(1)
    late.ask("step_share", ahead)
    yield from done("a wrong server at the start", late.ask("serve", 1))
    for station in (first, late):
        station.ask("step_share", 0)
    for station in (late, first):
        yield from done("by the right server again", station.ask("serve", 1))
    yield from one_day(office)


def guessed_password(office: HostileOffice) -> Iterator[str]:
    """Guess a password on the PC that keeps the file, set its clock and start again: no new try."""
    thief = office.start(0)
    for _try in range(3):
        thief.ask("guess")
    with closing(connect(office.path)) as link, link:
        link.execute("UPDATE wrong_password SET wrong = 9")  # five minutes, however slow this machine is
    yield from _waits("at once", thief, thief.ask("guess"))
    for ahead in (office.dice.choice(AHEAD_MS), -office.dice.choice(AHEAD_MS)):
        yield from office.end()
        thief = office.start(0, ahead)
        thief.ask("step_share", ahead)
        yield from _waits(f"with the clock set by {ahead} ms", thief, thief.ask("guess"))


def _waits(when: str, thief: HostileStation, reply: Reply) -> Iterator[str]:
    if not reply.words.startswith("TooManyTries"):
        yield f"{when} {thief.station.name} may try another password: {reply.outcome} {reply.words}"


def proof_beside_writers(office: HostileOffice) -> Iterator[str]:
    """Prove the live file while two counters are at work: nobody waits, and nothing is found."""
    first, second = office.start(0), office.start(1)
    for station in (first, second):
        yield from done("before", station.ask("serve", 1))
    for _proof in range(2):
        for station in (first, second):
            station.begin("serve", 3)
        told = office.program("verify", office.path, "--json")
        if told.returncode:
            yield f"a whole file was not proved: {told.stdout[-500:]} {told.stderr[-500:]}"
        for station in (first, second):
            yield from done("beside a proof", station.finish())


CLOCK_SCENES: Mapping[str, Scene] = {
    each.__name__: each for each in (server_ahead, guessed_password, proof_beside_writers)
}
