"""The whole disaster with real processes: backups beside kiosks at work, kill -9, a ruined file, and back."""

import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.office import make_office, stranger
from ult_desktop.base.paths import journal_path
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import backup_folder
from ult_desktop.operations.backup.restoring import RestoreRequest, restore

ROOT = Path(__file__).parents[2]
KIOSKS = ("kios-1", "kios-2")
NOW = 1_800_000_000_000


def start(office: Path, pcs: Path, name: str) -> "subprocess.Popen[str]":
    journal = pcs / name / journal_path(name).name
    command = [sys.executable, "-m", "tests.journeys.kiosk_process", str(office), str(journal), name]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def papers(kiosk: "subprocess.Popen[str]", count: int) -> list[str]:
    """The next numbers that it gives."""
    assert kiosk.stdout is not None
    return [kiosk.stdout.readline().strip() for _n in range(count)]


def flip_bits(path: Path, seed: int) -> None:
    """Flip bits as a dying disk does: everywhere, on every page."""
    content, dice = bytearray(path.read_bytes()), random.Random(seed)
    for page in range(1, len(content) // 4096):
        content[page * 4096 + dice.randrange(200)] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


@pytest.mark.slow
@pytest.mark.file_only("copies")
def test_every_paper_that_came_out_is_in_the_restored_office_once(tmp_path: Path) -> None:
    office, disk, pcs = make_office(tmp_path / "share"), tmp_path / "disk", tmp_path / "pcs"
    disk.mkdir()
    kiosks = [start(office, pcs, name) for name in KIOSKS]
    given: list[str] = []
    backups: list[str] = []
    for day in range(3):
        for kiosk in kiosks:
            given += papers(kiosk, 8)
        backups.append(str(backup_folder.make_backup(office, disk, undoubted(NOW + day * DAY_MS)).path))
        for kiosk in kiosks:
            given += papers(kiosk, 4)
    for kiosk in kiosks:
        kiosk.kill()
        assert kiosk.stdout is not None
        given += [line.strip() for line in kiosk.stdout if line.endswith("\n")]
        kiosk.stdout.close()
        kiosk.wait()
    flip_bits(office, seed=20261121)

    wish = RestoreRequest(
        office_file=office,
        source=disk,
        own=pcs / KIOSKS[0],
        carried=(pcs / KIOSKS[1],),
        now=NOW + 4 * DAY_MS,
        station="loket-1-cli",
    )
    restored = restore(wish)
    assert restored.verdict.findings == ()
    assert restored.backup == backups[-1]
    assert restored.replayed.refused == ()
    with closing(stranger(office)) as link:
        rows = link.execute("SELECT id, label, code FROM ticket ORDER BY id").fetchall()
    labels = [label for _id, label, _code in rows]
    assert len(labels) == len(set(labels))
    doubtful = {line.label for line in restored.replayed.done if line.doubtful}
    assert len(doubtful) <= len(KIOSKS), "at most the last one of each"
    assert {line.split()[1] for line in given} <= set(labels)
    sure = {line for line in given if line.split()[1] not in doubtful}
    assert sure <= {f"{number} {label} {code}" for number, label, code in rows}
    assert len(sure) >= 72 - len(KIOSKS)


@pytest.mark.slow
@pytest.mark.file_only("copies")
@pytest.mark.parametrize(
    "moments",
    [
        (0.0, 0.1, 0.25, 0.45),
        pytest.param([0.6 * step / 24 for step in range(24)], marks=pytest.mark.slow_night),
    ],
    ids=len,
)
def test_a_restore_that_is_killed_leaves_one_whole_office(tmp_path: Path, moments: Sequence[float]) -> None:
    """The old one in its place or under the name it is set aside by, or the new one; never a half."""
    office, disk = make_office(tmp_path / "share"), tmp_path / "disk"
    disk.mkdir()
    kiosk = start(office, tmp_path / "pcs", KIOSKS[0])
    papers(kiosk, 8)
    backup_folder.make_backup(office, disk, undoubted(NOW))
    papers(kiosk, 8)
    kiosk.kill()
    kiosk.communicate()
    command = [sys.executable, "-m", "ult_desktop", "restore", str(disk), "--database", str(office)]
    journals = ["--journals", str(tmp_path / "pcs" / KIOSKS[0]), "--force"]
    killed = 0
    for moment in moments:
        restoring = subprocess.Popen([*command, *journals], cwd=ROOT, stderr=subprocess.PIPE)
        assert restoring.stderr is not None
        restoring.stderr.readline()  # it has proved the backup, and begins
        try:
            restoring.wait(moment)
        except subprocess.TimeoutExpired:
            restoring.kill()
            killed += 1
        restoring.communicate()
        there = office if office.exists() else max(office.parent.glob("office.lama-*.db"))
        with closing(stranger(there)) as link:
            assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert link.execute("SELECT count(*) FROM ticket").fetchone()[0] >= 16
    assert killed
    done = subprocess.run([*command, *journals], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert not list(office.parent.glob(".office.db.*"))
