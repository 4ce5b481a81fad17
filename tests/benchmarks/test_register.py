"""The register of deviations against the truth of a short day in each office.

The long run is `python -m benchmarks register`.
"""

import ast
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import benchmarks.register
from benchmarks.register import judge as judge_module
from benchmarks.register.expected import DAYS, MINUTES, expected
from benchmarks.register.hours import FIRST_DAY
from benchmarks.register.judge import judge
from benchmarks.register.play import PlayedDay
from benchmarks.register.script import OFFICES, PLAIN_OFFICES, office_day
from benchmarks.register.story import Owed, Spent
from benchmarks.subjects import register
from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.stamps import to_datetime
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.procedures.procedures import load_procedure

pytestmark = pytest.mark.usefixtures("own_home")
SEED, VISITS = 20261121, 22
FOLDER = Path(benchmarks.register.__file__).parent
PLAYERS = {"acts.py", "play.py", "judge.py"}
CLOCKS = ("ult_desktop.core.procedures", "ult_desktop.db.procedures", "ult_desktop.db.visits.visit_steps")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def test_the_truth_knows_nothing_of_the_program() -> None:
    for path in FOLDER.glob("*.py"):
        names = imports(path)
        if path.name in PLAYERS:
            clocks = [name for name in names if name.startswith(CLOCKS) and not name.endswith(".commands")]
            assert clocks == [], path.name
            continue
        assert not [name for name in names if name.startswith("ult_desktop")], path.name
        ours = {name.removeprefix("benchmarks.register.") for name in names if name.startswith("benchmarks")}
        assert not {f"{name}.py" for name in ours} & PLAYERS, path.name


def test_the_table_has_the_standards_of_the_five_procedures() -> None:
    for name, minutes in MINUTES.items():
        times = {step.step: step.time for step in load_procedure(name).steps if step.time}
        assert minutes == {step: time.minutes for step, time in times.items() if time.minutes}
        longest = {step: time.days.max if time.days else time.working_days for step, time in times.items()}
        assert DAYS.get(name, {}) == {step: days for step, days in longest.items() if days}


@pytest.mark.parametrize("office", OFFICES)
def test_the_script_knows_the_offices_hours(office: str) -> None:
    hours = office_day(office, SEED, 10).hours
    template = load_office(office)
    calendar, zone = WorkingCalendar(settings_of(template)), template.office.zone
    for day in range(14):
        moment = date.fromisoformat(FIRST_DAY) + timedelta(days=day)
        spans = [tuple(_minute(at, zone) for at in span) for span in calendar.spans(moment)]
        assert spans == list(hours.spans(day))


def _minute(at: int, zone: ZoneInfo) -> int:
    local = to_datetime(at, zone)
    return local.hour * 60 + local.minute


@pytest.mark.parametrize("office", OFFICES)
@pytest.mark.slow
def test_the_register_tells_the_truth_of_a_day(tmp_path: Path, office: str) -> None:
    tally = register.RegisterTally()
    register.play_day(tmp_path / "day", office, SEED, VISITS, tally)
    assert (tally.refused, tally.lacking, tally.invented) == ([], [], [])
    assert tally.visits >= VISITS
    assert sum(tally.true.values()) >= 3


@pytest.mark.slow
def test_the_register_tells_the_truth_of_plain_days(tmp_path: Path) -> None:
    """Officers press F9 and use its box: what is true stands there, nothing else, and little is open."""
    tally = register.RegisterTally()
    for office in PLAIN_OFFICES:
        register.play_day(tmp_path / office, office, SEED, 2 * VISITS, tally, is_plain=True)
    assert (tally.refused, tally.lacking, tally.invented) == ([], [], [])
    assert sum(tally.true.values()) >= 20
    assert tally.open_per_visit <= register.MOST_LEFT_OPEN


def test_a_seed_is_a_day() -> None:
    one, again = (office_day("bpmp-dki", 7, 40) for _ in range(2))
    assert one.acts == again.acts
    assert one.acts != office_day("bpmp-dki", 8, 40).acts


@pytest.mark.slow
def test_what_is_in_the_register_alone_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_module, "expected", lambda *_day: frozenset())
    tally = register.RegisterTally()
    register.play_day(tmp_path / "day", "bpmp-sumut", SEED, 10, tally)
    assert tally.invented
    assert tally.invented[0].startswith(f"--office bpmp-sumut --seed {SEED}: ")


def test_what_the_register_lacks_is_seen() -> None:
    day = office_day("bpmp-sumut", SEED, 10)
    nothing = PlayedDay([], [], 0)
    assert judge(day, nothing).lacking == tuple(sorted(judge(day, nothing).true))
    story = day.stories[0]
    story.owed = [Owed(2, "x"), Owed(4, "x"), Owed(7)]
    story.spent = [Spent(8, 3.9), Spent(9, 4.0)]
    told = {(each.kind, each.steps) for each in expected([story], None)}
    assert told == {("output", (2, 4)), ("output", (7,)), ("time", (9,))}
