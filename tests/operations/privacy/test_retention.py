"""The retention run: what is due goes, portion by portion; what is at work or asked for stays."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from tests.office import store_of
from tests.operations.privacy import old_papers
from tests.operations.privacy.old_papers import SECRET
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.retention_schedule import RetentionKind, RetentionRun
from ult_desktop.core.personal import BY_SCHEDULE
from ult_desktop.core.privacy.commands import EraseDue, FinishRetention
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.cases import ppid
from ult_desktop.db.cases.case_views import case_card
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import retention
from ult_desktop.db.privacy.retention import FIELDS
from ult_desktop.db.store import document_folder
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents, guests
from ult_desktop.db.visits.documents import NO_FILE
from ult_desktop.operations.privacy import retention as runs

pytestmark = [pytest.mark.usefixtures("windows_files"), pytest.mark.by_engine]

T = TypeVar("T")
TABLES = sorted({field.table for field in FIELDS} | {"desk_entry"})


@pytest.fixture
def scene(office_file: Path) -> Iterator[Scene]:
    opened = Scene(office_file)
    yield opened
    opened.close()


def write(scene: Scene, work: Callable[[Transaction], T]) -> T:
    """On a connection of the test's own: what it says is nobody's query."""
    with closing(engine_at(scene.path).open(scene.path)) as link:
        link.execute("BEGIN IMMEDIATE")
        done = work(Transaction(link))
        link.execute("COMMIT")
        return done


def head(scene: Scene) -> Actor:
    return scene.office.sign_in("kepala", "rahasia-kita")


def fill(scene: Scene, months: int) -> None:
    """Everything there can be, so many months ago."""
    at = scene.clock.now - months * 31 * DAY_MS
    write(scene, lambda tx: old_papers.everything(tx, at))


def due(scene: Scene) -> dict[str, int]:
    settings = scene.office.read(office_rows.load).settings
    sweep = runs.sweep_at(settings, scene.clock.now)
    found = scene.office.read(lambda tx: retention.due(tx, sweep))
    return {f"{each.kind}:{each.field}": each.count for each in found}


def run(scene: Scene) -> RetentionRun:
    return runs.run(scene.office, head(scene))


def counts_of(scene: Scene) -> dict[str, int]:
    def count(tx: Transaction) -> dict[str, int]:
        return {table: tx.value(f"SELECT count(*) FROM {table}") for table in TABLES}

    return write(scene, count)


def test_after_five_years_no_word_is_left_and_every_row_is(scene: Scene) -> None:
    fill(scene, months=62)
    before, rows = counts_of(scene), due(scene)
    assert set(rows) == {f"{field.kind}:{field.name}" for field in FIELDS} - {"case:ticket.remark"} | {
        "desk:desk_entry.text"
    }
    done = run(scene)
    assert (done.total, done.files, done.more) == (sum(rows.values()), 2, False)
    assert due(scene) == {}
    assert counts_of(scene) == before
    assert SECRET not in "\n".join(scene.dump())
    assert SECRET.encode() not in scene.path.read_bytes()
    assert list(document_folder.folder_of(scene.path).rglob("*/*")) == []
    assert scene.kinds()[-2:] == ["retention.portion", "retention.run"]
    last = scene.events()[-1]
    assert msgspec.json.decode(last.data) == {"counts": done.counts, "files": 2}


def test_a_document_that_was_attached_and_sent_twice_ends_too(scene: Scene) -> None:
    fill(scene, months=62)

    def again(tx: Transaction) -> None:
        tx.run(
            "INSERT INTO case_document (case_id, at, document_id)"
            " SELECT case_id, at, document_id FROM case_document"
        )
        for _each in range(2):
            scan = old_papers.document(tx, scene.clock.now - 62 * 31 * DAY_MS, None, b"%PDF-3 RAHASIA")
            for way in ("surat", "wa"):
                tx.insert("delivery", case_id=1, at=scene.clock.now, way=way, document_id=scan)

    write(scene, again)
    run(scene)
    assert due(scene) == {}
    assert "RAHASIA" not in "\n".join(scene.dump())


def test_a_document_that_lies_in_a_later_case_too_stays(scene: Scene) -> None:
    fill(scene, months=62)

    def lay_into_a_new_case(tx: Transaction) -> int:
        scan = int(tx.value("SELECT document_id FROM case_document"))
        new = old_papers.case(tx, old_papers.visit(tx, scene.clock.now), scene.clock.now, serial=9)
        tx.run("UPDATE case_document SET document_id = ? WHERE case_id = ?", scan, new)
        return scan

    scan = write(scene, lay_into_a_new_case)
    run(scene)
    assert scene.office.read(lambda tx: tx.value("SELECT sha256 FROM document WHERE id = ?", scan)) != NO_FILE


def test_statistics_keep_where_people_came_from_and_the_name_says_why_it_is_gone(scene: Scene) -> None:
    fill(scene, months=62)
    run(scene)
    rows = write(
        scene, lambda tx: tx.rows("SELECT DISTINCT name, institution, regency, phone, remember FROM guest")
    )
    assert rows == [(BY_SCHEDULE, "SDN 1", "Tarakan", "", 0)]
    erased = scene.office.read(lambda tx: retention.erased_kinds(tx, 1))
    assert erased == dict.fromkeys(("case", "contact", "letter", "name"), scene.clock.now)


def test_what_is_left_is_still_shown(scene: Scene) -> None:
    fill(scene, months=62)
    run(scene)
    card = scene.office.read(lambda tx: guests.visit_card(tx, 5))
    assert card is not None
    assert card.guest is not None
    assert {card.guest.name, card.letters[0].number, card.spd[0].traveller} == {BY_SCHEDULE}
    assert card.representation is not None
    assert [each.name for each in card.documents] == [BY_SCHEDULE]
    case = scene.office.read(lambda tx: case_card(tx, 1))
    assert case is not None
    assert case.case.detail == BY_SCHEDULE
    (line,) = scene.office.read(lambda tx: ppid.register(tx, 2020))
    assert (line.name, line.contact, line.wanted) == (BY_SCHEDULE, "", "Rapor mutu")
    assert scene.office.read(lambda tx: guests.find_returning(tx, BY_SCHEDULE, "2026-11-23")) == ()


@pytest.mark.parametrize(
    ("months", "kinds"),
    [
        (0, set()),
        (2, {"identity"}),
        (7, {"identity", "caller"}),
        (13, {"identity", "caller", "contact", "requester", "name"}),
        (25, {kind.value for kind in RetentionKind} - {"case", "ppid", "register"}),
    ],
)
def test_each_kind_at_its_time(scene: Scene, months: int, kinds: set[str]) -> None:
    fill(scene, months)
    assert {each.split(":")[0] for each in due(scene)} == kinds
    assert scene.office.read(lambda tx: runs.is_due(tx, scene.clock.now)) == bool(kinds)
    assert set(run(scene).counts) == kinds


def test_a_run_goes_in_portions(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "PORTION", 7)
    fill(scene, months=62)
    rows = sum(due(scene).values())
    assert run(scene).total == rows
    assert scene.kinds().count("retention.portion") == rows // 7 + 1
    assert scene.kinds().count("retention.run") == 1
    assert [each.total for each in scene.office.read(retention.last_runs)] == [rows]


def test_an_interrupted_run_is_taken_up_by_the_next(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "PORTION", 5)
    fill(scene, months=62)
    half: RetentionRun = scene.office.perform(EraseDue(), head(scene))
    assert half.more
    assert due(scene)
    assert run(scene).id == half.id + 1
    assert due(scene) == {}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE visit SET ended_at = NULL, ending = ''",
        "UPDATE casefile SET closed_at = NULL, state = 'open'",
        "UPDATE casefile SET closed_at = 9000000000000",
        "INSERT INTO card_loan (visit_id, kind, lent_at) SELECT id, 'ktp', 1 FROM visit",
    ],
)
def test_what_is_not_over_is_not_touched(scene: Scene, change: str) -> None:
    at = scene.clock.now - 70 * 31 * DAY_MS

    def fill_in(tx: Transaction) -> None:
        visit_id = old_papers.visit(tx, at)
        old_papers.papers(tx, visit_id, at)
        old_papers.information(tx, old_papers.case(tx, visit_id, at), at)
        tx.run(change)

    write(scene, fill_in)
    before = scene.dump()
    assert due(scene) == {}
    assert not scene.office.read(lambda tx: runs.is_due(tx, scene.clock.now))
    assert scene.dump() == before
    assert run(scene).total == 0


def test_an_objection_without_an_answer_keeps_the_applicant(scene: Scene) -> None:
    fill(scene, months=62)
    write(scene, lambda tx: tx.run("UPDATE objection SET answered_at = NULL"))
    assert "ppid" not in run(scene).counts


@pytest.mark.file_only("folder")
def test_a_scan_goes_with_the_last_row_that_refers_to_it(scene: Scene) -> None:
    old, new = scene.clock.now - 62 * 31 * DAY_MS, scene.clock.now - DAY_MS

    def twice(tx: Transaction) -> None:
        for at in (old, new):
            old_papers.papers(tx, old_papers.visit(tx, at), at)

    write(scene, twice)
    (file,) = document_folder.folder_of(scene.path).rglob("*/*")
    assert run(scene).files == 0
    assert file.exists()
    found = scene.office.read(lambda tx: documents.get(tx, 1))
    assert found.sha256 == NO_FILE
    with pytest.raises(UserError, match="sudah dihapus"):
        documents.read(scene.path, found)
    scene.set_time("2029-11-23 09:00")
    assert run(scene).files == 1
    assert not file.exists()


def test_a_file_that_cannot_go_is_tried_again(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(scene, months=62)
    files = list(document_folder.folder_of(scene.path).rglob("*/*"))
    with monkeypatch.context() as patched:
        patched.setattr(documents, "remove", lambda _file, _sha: False)
        assert run(scene).files == 0
    assert all(file.exists() for file in files)
    assert run(scene).files == 2


def test_files_go_some_at_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "FILES", 1)
    fill(scene, months=62)
    assert run(scene).files == 2
    assert scene.kinds()[-3:] == ["retention.files", "retention.files", "retention.run"]
    assert list(document_folder.folder_of(scene.path).rglob("*/*")) == []


def test_only_who_may_and_only_a_run_that_is_under_way(scene: Scene) -> None:
    scene.refused(EraseDue(), words="tidak berwenang")
    done = run(scene)
    before = scene.dump()
    for command in (FinishRetention(run_id=done.id), EraseDue(run_id=done.id), FinishRetention(run_id=99)):
        with pytest.raises(UserError, match="tidak sedang berjalan"):
            scene.office.perform(command, head(scene))
    assert scene.dump() == before


def test_the_office_decides_how_long(scene: Scene) -> None:
    fill(scene, months=3)
    row = scene.office.read(office_rows.load)
    schedule = msgspec.structs.replace(row.settings.retention, name=1, identity=6)
    changed = msgspec.structs.replace(row.settings, retention=schedule)
    store_of(scene.office).write(lambda tx: office_rows.set_settings(tx, changed))
    assert set(run(scene).counts) == {RetentionKind.NAME.value}
