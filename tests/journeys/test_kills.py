"""Processes killed at any moment: nothing acknowledged is lost, nothing doubled, the others go on.

`ULT_KILL_ROUNDS=2000` makes a long run of it; `ULT_KILL_SEED` other moments.
"""

import os
import random
import threading
from pathlib import Path

from tests.journeys.crew import Books, Crew

ROUNDS = int(os.environ.get("ULT_KILL_ROUNDS", "40"))
SEED = int(os.environ.get("ULT_KILL_SEED", "20261121"))
STATIONS = 4
LONGEST_PAUSE_S = 0.02  # longer than one operation: the kill falls anywhere in it


def test_kill_minus_nine_at_any_moment(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with Crew(tmp_path, STATIONS) as crew:
        at_work = {number: crew.start(number) for number in range(1, STATIONS + 1)}
        for _round in range(ROUNDS):
            number = chance.randint(1, STATIONS)
            victim = at_work[number]
            assert victim.wait_for(len(victim.told) + chance.randint(1, 4)), victim.errors
            threading.Event().wait(chance.uniform(0, LONGEST_PAUSE_S))  # the moment is the chance's
            victim.process.kill()
            other = at_work[number % STATIONS + 1]
            assert other.wait_for(len(other.told) + 1), other.errors
            at_work[number] = crew.start(number)
        for station in at_work.values():  # at the end all at once, as when the power goes
            station.process.kill()
    assert [station.errors for station in crew.every if station.errors] == []
    assert len(crew.every) == STATIONS + ROUNDS
    books = Books(crew.path, STATIONS)
    books.check(crew)
    assert len(books.tickets) > ROUNDS
    cut_short = list(books.journal.values()).count("abandoned")
    assert cut_short > ROUNDS // 4, "the kills fell into the work, not beside it"
