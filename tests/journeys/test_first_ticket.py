"""From a bare PC to the first ticket, in a process of its own, by what a screen reader tells alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import PATIENCE_S, ROOT, rows_of

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]
MOST_CLICKS, MOST_SECONDS = 30, 180


def first_ticket(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.journeys.first_ticket", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "LANGUAGE": "id"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )


def test_the_first_ticket_is_ten_clicks_away(tmp_path: Path) -> None:
    done = first_ticket(tmp_path / "ult")
    assert done.returncode == 0, done.stderr
    (told,) = rows_of(done.stdout)
    assert told["number"] == "A001"
    assert told["clicks"] <= MOST_CLICKS
    assert told["seconds"] <= MOST_SECONDS
    print(f"{told['clicks']} clicks, {told['seconds']} s")  # noqa: T201


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=() if page in (1, 4, 7) else pytest.mark.slow_night) for page in range(1, 8)],
)
def test_a_wizard_that_is_killed_leaves_nothing(tmp_path: Path, own_home: Path, page: int) -> None:
    folder = tmp_path / "ult"
    done = first_ticket(folder, page)
    assert done.returncode not in (0, 1), done.stderr
    assert not folder.exists()
    left = [each for each in own_home.rglob("*") if each.is_file() and each.suffix != ".lock"]
    assert left == [], "nothing of the PC's own either"
