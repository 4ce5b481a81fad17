"""A retention run is killed at every step of its work on an archive: the old whole file or the new whole one.

The next run, in another process, makes an end of it.
"""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.journeys.test_archive_kills import SEED
from tests.office import make_office, open_office
from tests.operations.years import Years, keep, some_years
from tests.program import ROOT
from ult_desktop.db import archives, events
from ult_desktop.operations import archive_reading
from ult_desktop.operations.restoring import verdict_on

MOMENTS = range(1, 40)
AT_ONCE, SOME = 3, 10


def run(path: Path, now: int, moment: int) -> int:
    """How it ended; at moment 0 nobody kills it."""
    command = [sys.executable, "-m", "tests.journeys.eraser", str(path), str(now), str(moment)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60, check=False).returncode


@pytest.fixture
def years(tmp_path: Path) -> Iterator[Years]:
    folder = tmp_path / "once"
    years = Years(make_office(folder), folder)
    some_years(years)
    years.archive(2023)
    keep(years.scene.path, 12)
    yield years
    years.scene.close()


def test_kill_minus_nine_at_any_step(years: Years, tmp_path: Path) -> None:
    chance = random.Random(SEED)

    def one(moment: int) -> bool:
        folder = tmp_path / str(moment)
        shutil.copytree(years.scene.path.parent, folder)
        path = folder / years.scene.path.name
        was_killed = run(path, years.scene.clock.now, moment) != 0
        check(path, done=not was_killed)
        assert run(path, years.scene.clock.now, 0) == 0
        check(path, done=True)
        return was_killed

    with ThreadPoolExecutor(AT_ONCE) as together:
        killed = list(together.map(one, sorted(chance.sample(MOMENTS, SOME))))
    assert sum(killed) >= SOME // 3


def check(path: Path, *, done: bool) -> None:
    """Whichever file lies there is whole, and the office knows it."""
    office = open_office(path)
    assert list(archive_reading.findings(office)) == []
    kinds = [event.kind for event in office.read(lambda tx: events.after(tx, 0))]
    office.close()
    if done:
        assert kinds.count("archive.erased") == 1
        assert b"Ani Guru" not in archives.path_of(path, 2023).read_bytes()
        assert [each.name for each in archives.folder_of(path).iterdir()] == ["2023.db"]
        assert verdict_on(path).findings == ()
