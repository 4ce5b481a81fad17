"""A newer version that has not proved itself: back to the former one, and nothing of the work is lost."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.test_disaster import papers
from tests.office import make_office, open_office
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.store.errors import WritesBlocked
from ult_desktop.operations.backup.restoring import RestoreRequest, restore

ROOT = Path(__file__).parents[2]
NEWER = """
import sys
from pathlib import Path
from tests.journeys.kiosk_process import main
from ult_desktop.db.migrations import MIGRATIONS
MIGRATIONS.by_name["m9999_later"] = lambda db: db.execute("ALTER TABLE ticket ADD COLUMN later TEXT")
main(Path(sys.argv[1]), Path(sys.argv[2]), "kios-2")
"""
TAKE = IssueTicket(service_id=1)


@pytest.mark.slow
@pytest.mark.file_only("copies")
def test_back_to_the_former_version_with_what_was_done_since(tmp_path: Path) -> None:
    path, journal = make_office(tmp_path / "share"), tmp_path / "pc-2" / "journal-kios-2.db"
    asleep = open_office(path, "kios-1")
    here = Actor(station="kios-1")
    given = [asleep.perform(TAKE, here).ticket.label]
    newer = [sys.executable, "-c", NEWER, str(path), str(journal)]
    with subprocess.Popen(newer, cwd=ROOT, stdout=subprocess.PIPE, text=True) as kiosk:
        given += [line.split()[1] for line in papers(kiosk, 3)]
        with pytest.raises(WritesBlocked, match="lebih baru"):
            asleep.perform(TAKE, here)
        kiosk.kill()
        assert kiosk.stdout is not None
        given += [line.split()[1] for line in kiosk.stdout if line.endswith("\n")]
    asleep.close()
    (before,) = path.parent.glob("office.before-*.db")

    wish = RestoreRequest(
        office_file=path,
        source=before,
        own=path.parent,
        carried=(journal.parent,),
        force=True,
        now=asleep.clock(),
        station="loket-1-cli",
    )
    restored = restore(wish)
    assert restored.verdict.ok
    assert restored.replayed.refused == ()
    former = open_office(path, "kios-1")
    labels = former.read(lambda tx: tx.column("SELECT label FROM ticket ORDER BY id"))
    assert labels[: len(given)] == given
    assert len(labels) - len(given) <= 1, "one may have been acknowledged to nobody"
    assert former.perform(TAKE, here).ticket.label not in labels
    former.close()
