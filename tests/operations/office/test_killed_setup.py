"""A PC whose set-up is killed while it writes: who starts again gets all of it, and nothing beside it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.operations.office.killed_setup import SHARE, STATION, answers
from tests.program import PATIENCE_S, ROOT
from ult_desktop.base.config import load_station
from ult_desktop.base.errors import UserError
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.setting_up import set_up

pytestmark = [pytest.mark.slow, pytest.mark.posix_only("signals")]
WHOLE = ["office-link.toml", "office.db"]
HOURS_S = 7200
STEPS, AFTER_THE_OFFICE = range(1, 14), 9
BY_DAY = (1, AFTER_THE_OFFICE - 1, AFTER_THE_OFFICE, 13)


def killed(folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.operations.office.killed_setup", str(folder), str(step)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


def age(folder: Path) -> None:
    """Make the files there seem left hours ago."""
    then = time.time() - HOURS_S
    for left in folder.iterdir() if folder.exists() else ():
        os.utime(left, (then, then))


def test_every_step_is_one_of_these(tmp_path: Path) -> None:
    assert int(killed(tmp_path, 0).stdout) == len(STEPS)


@pytest.mark.parametrize(
    "step", [pytest.param(step, marks=() if step in BY_DAY else pytest.mark.slow_night) for step in STEPS]
)
def test_it_is_begun_again_and_all_of_it_is_there(tmp_path: Path, step: int) -> None:
    assert killed(tmp_path, step).returncode < 0
    age(tmp_path / SHARE)
    office_file = tmp_path / SHARE / "office.db"
    is_made = office_file.exists()
    assert is_made is (step >= AFTER_THE_OFFICE)
    if is_made:
        with pytest.raises(UserError, match="sudah ada"):
            set_up(answers(tmp_path), tmp_path / STATION)
    set_up(answers(tmp_path, None) if is_made else answers(tmp_path), tmp_path / STATION)
    names = sorted(each.name for each in (tmp_path / SHARE).iterdir())
    assert names in (WHOLE, WHOLE[1:]), "a pointer is a help, no part of an office"
    assert [each.name for each in (tmp_path / "own").iterdir()] == ["station.toml"]
    assert load_station(tmp_path / STATION).name == "loket-1"
    office = Office(office_file, "loket-1", tmp_path / "journal.db")
    assert office.verify().ok
    assert office.sign_in("admin", "kata-sandi-admin").name == "Administrator"
    office.close()
