"""Many stations at once on one file: each number given once, each visitor called by one counter."""

from pathlib import Path

from tests.journeys.crew import PATIENCE_S, Books, Crew

STATIONS, EACH = 6, 25


def test_six_processes_issue_and_call_at_once(tmp_path: Path) -> None:
    with Crew(tmp_path, STATIONS) as crew:
        stations = [crew.start(number, EACH) for number in range(1, STATIONS + 1)]
        codes = [station.process.wait(PATIENCE_S) for station in stations]
    assert [station.errors for station in stations if station.errors] == []
    assert codes == [0] * STATIONS
    books = Books(crew.path, STATIONS)
    books.check(crew)
    assert len(books.tickets) == STATIONS * EACH
    given = sorted(told.label for told in crew.told() if told.act == "issued")
    assert given == [f"A{number:03d}" for number in range(1, STATIONS * EACH + 1)]
    served = sorted(told.id for told in crew.told() if told.act == "finish")
    assert served == [ticket for ticket, _counter in books.turns]
    assert {counter for _ticket, counter in books.turns} == set(range(1, STATIONS + 1))
