"""Whatever a dying disk made of this station's own journal: words, and what can be read goes on."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tests.examples import examples
from tests.office import make_office, open_office, plain_link
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.journal import Journal
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work

pytestmark = pytest.mark.file_only("copies")

KIOSK = Actor(station="kios-1")
ALONE = 3


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kiosk that gave three numbers with its office and three alone."""
    folder = tmp_path_factory.mktemp("utuh")
    path = make_office(folder)
    with closing(open_office(path, KIOSK.station)) as office:
        for _number in range(3):
            office.perform(IssueTicket(service_id=1), KIOSK)
        seen = offline_kiosk.read_snapshot(office)
    with closing(OfflineJournal(folder / "journal-kios-1.db")) as book:
        offline_kiosk.store_snapshot(seen, book)
        for _number in range(ALONE):
            offline_kiosk.issue_offline(IssueTicket(service_id=1), seen, "K", KIOSK.station, "", book)
    return folder


@pytest.fixture
def folder(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    return tmp_path


def labels(folder: Path) -> list[str]:
    with closing(plain_link(folder / "office.db")) as link:
        return [
            label for (label,) in link.execute("SELECT label FROM ticket WHERE series = 'AK' ORDER BY id")
        ]


def merge(folder: Path) -> None:
    with closing(open_office(folder / "office.db", KIOSK.station)) as office:
        upload_offline_work(folder / "journal-kios-1.db", office)


def spoil(folder: Path, sql: str, *values: object) -> None:
    with closing(plain_link(folder / "journal-kios-1.db")) as link, link:
        link.execute("PRAGMA ignore_check_constraints = ON")
        link.execute(sql, values)


@pytest.mark.parametrize(
    "junk", ["{", '{"type":"MergeTicket"}', b'{"type":"Merge\xff"}', "[" * 1500, '{"type":"hamil"}']
)
def test_what_cannot_be_read_keeps_nobody_behind_it_waiting(
    folder: Path, junk: object, caplog: pytest.LogCaptureFixture
) -> None:
    first = "(SELECT min(request) FROM work WHERE name = 'MergeTicket')"
    spoil(folder, f"UPDATE work SET arguments = CAST(? AS TEXT) WHERE request = {first}", junk)
    merge(folder)
    assert labels(folder) == ["AK02", "AK03"]
    assert "cannot be read" in caplog.text
    assert "hamil" not in caplog.text, "what a visitor said is not for the log"
    merge(folder)
    assert labels(folder) == ["AK02", "AK03"]


def test_what_was_seen_of_the_office_is_seen_anew_when_it_cannot_be_read(folder: Path) -> None:
    spoil(folder, "UPDATE seen SET office = CAST(x'7b22ff' AS TEXT)")
    with closing(OfflineJournal(folder / "journal-kios-1.db")) as book:
        assert offline_kiosk.load_snapshot(book) == offline_kiosk.StoredSnapshot(None, has_unmerged=True), (
            "the numbers are read without it"
        )


def test_a_table_that_is_gone_is_told(folder: Path) -> None:
    with closing(Journal(folder / "journal-kios-1.db")) as journal:
        spoil(folder, "DROP TABLE work")
        with pytest.raises(UserError, match="Catatan stasiun"):
            journal.open_requests("kantor")


def flipped(content: bytes, seed: int, count: int) -> bytes:
    dice, broken = random.Random(seed), bytearray(content)
    filled = [place for place, byte in enumerate(content) if byte]
    for _flip in range(count):
        broken[dice.choice(filled)] ^= 1 << dice.randrange(8)
    return bytes(broken)


def day(folder: Path) -> None:
    """A start, a number, the share back, and cut off once more."""
    with closing(open_office(folder / "office.db", KIOSK.station)) as office:
        office.perform(IssueTicket(service_id=1), KIOSK)
        upload_offline_work(folder / "journal-kios-1.db", office)
    with closing(OfflineJournal(folder / "journal-kios-1.db")) as book:
        seen = offline_kiosk.load_snapshot(book).snapshot
        if seen is not None:
            offline_kiosk.issue_offline(IssueTicket(service_id=1), seen, "K", KIOSK.station, "", book)


@pytest.mark.slow
@examples(40)
@given(st.integers(0, 10**9), st.integers(1, 8))
def test_bits_that_turned_over_give_words_at_most(
    before: Path, tmp_path: Path, seed: int, count: int
) -> None:
    shutil.rmtree(tmp_path, ignore_errors=True)
    shutil.copytree(before, tmp_path)
    journal = tmp_path / "journal-kios-1.db"
    journal.write_bytes(flipped(journal.read_bytes(), seed, count))
    try:
        day(tmp_path)
    except UserError as told:
        assert told.what  # noqa: PT017  (refused is as good as done)
    with closing(plain_link(tmp_path / "office.db")) as link:
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert len(labels(tmp_path)) == len(set(labels(tmp_path))) <= ALONE
