"""Many stations at once on one file: each number given once, each visitor called by one counter."""

from pathlib import Path

import pytest

from benchmarks.subjects.crash import Crew
from benchmarks.survival.judge import judge, rows
from benchmarks.survival.station import at_noon, found_office

STATIONS, EACH = 6, 5


@pytest.mark.slow
def test_six_processes_serve_at_once(tmp_path: Path) -> None:
    stations = at_noon(STATIONS)
    path = found_office(tmp_path, stations)
    with Crew(path, stations) as crew:
        for station in stations:
            crew.start(station, EACH)
        crew.until_done()
    assert crew.errors == []
    given = sorted(told.label for told in crew.told if told.act == "IssueTicket")
    assert given == [f"A{number:03d}" for number in range(1, STATIONS * EACH + 1)]
    alone = {told.label for told in crew.told if told.act == "alone"}
    assert len(alone) == STATIONS * EACH
    served = sorted(told.subject for told in crew.told if told.act == "Finish")
    assert served == [ticket for (ticket,) in rows(path, "SELECT ticket_id FROM turn ORDER BY ticket_id")]
    assert judge(path, stations, crew.told) == []
