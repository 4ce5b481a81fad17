"""An office of an older program: its guests age under the schedule as soon as the file is brought up."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.schema.older import office_before
from tests.office import PASSWORD, open_office
from tests.operations.privacy import old_papers
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.creation import migrate_file
from ult_desktop.db.store.connection import has_its_schema, open_file
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.privacy import retention as runs

pytestmark = pytest.mark.file_only("older")

THE_STEP = "m0006_privacy"
NOW = 10_000_000


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = office_before(THE_STEP, tmp_path)
    with closing(sqlite3.connect(path)) as link, link:
        old_papers.everything(Transaction(link), 70 * 31 * DAY_MS)  # in 1975
    return path


def test_old_rows_are_due_after_the_step(older: Path) -> None:
    migrate_file(older, NOW, "kios")
    with closing(open_file(older)) as link:
        assert has_its_schema(link)
    office = open_office(older)
    done = runs.run(office, office.sign_in("kepala", PASSWORD))
    assert {"name", "contact", "case", "ppid", "letter"} <= set(done.counts)
    assert office.verify().findings == ()
    office.close()
    with closing(sqlite3.connect(older)) as link:
        assert old_papers.SECRET not in "\n".join(link.iterdump())


def test_a_missing_index_is_seen(older: Path) -> None:
    migrate_file(older, NOW, "kios")
    with closing(open_file(older)) as link:
        link.execute("DROP INDEX guest_name_kept")
        assert not has_its_schema(link)
