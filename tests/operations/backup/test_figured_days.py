"""The upkeep makes the figures of days that have ended."""

from pathlib import Path

from tests.office import make_office
from tests.operations.scene import Scene
from ult_desktop.core.figures.period import parse_period
from ult_desktop.db.figures import days, periods
from ult_desktop.operations.backup.upkeep import FileMaintainer, MaintenanceTask


def test_the_figures_of_a_day_are_made_when_it_has_ended(tmp_path: Path) -> None:
    """A portion at a look: an office that has years behind it keeps nobody waiting."""
    path = make_office(tmp_path, hand_clock=True)
    scene = Scene(path, "2026-11-23 09:00")
    scene.take()
    scene.set_time("2027-01-12 10:00")
    keeper = FileMaintainer(MaintenanceTask(path, tmp_path / "journal.db", "loket-1"), scene.clock)

    def missing() -> tuple[str, ...]:
        return scene.office.read(lambda tx: days.missing(tx, "2026-11-23", "2027-01-12"))

    keeper.do_due_jobs()
    assert (missing()[0] > "2026-11-23", len(missing())) == (True, 51 - 30)
    keeper.do_due_jobs()
    assert missing() == ("2027-01-12",)
    assert scene.office.read(periods.missing) == ()
    assert scene.office.read(lambda tx: periods.is_kept(tx, parse_period("2026-12")))
    scene.set_time("2027-01-13 10:00")
    keeper.do_due_jobs()
    assert missing() == ()
    keeper.close()
    scene.shut()
