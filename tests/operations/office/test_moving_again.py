"""A broken move leaves remains at the new place, and fails on the way: each is reported, and tried again."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import engines
from tests.office import PASSWORD, make_office
from tests.operations.office.test_moving import moved, open_at
from ult_desktop.base import UserError
from ult_desktop.db.move import move, rows
from ult_desktop.db.store import moved as marks, share_files
from ult_desktop.db.store.engine import Engine, Link
from ult_desktop.db.store.engines import engine_at
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.moved import MoveMark, OfficeMoved, Stage
from ult_desktop.db.store.server_address import office_at, place_of
from ult_desktop.db.store.store import Store
from ult_desktop.db.visits import documents
from ult_desktop.operations.office import moving
from ult_desktop.operations.office.own_voice import own_voice_folder as voices_of
from ult_desktop.operations.office.place import database_setting
from ult_desktop.operations.visits.documents import attach_command

pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.by_engine]
STRANGER = (
    "INSERT INTO device_loan (id, device_id, visit_id, day, lent_at) VALUES (1, 99, 99, '2026-01-01', 0)"
)


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_office(tmp_path / "lama")


@pytest.fixture(params=["file", "database"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file that is not there, or an empty database."""
    folder = tmp_path / "baru"
    folder.mkdir()
    if request.param == "file":
        return folder / "office.db"
    return office_at(engines.new_database(folder).read_text())


@pytest.mark.slow
@pytest.mark.file_only("copies")
def test_what_a_killed_move_left_is_laid_anew(
    source: Path, target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the new place was laid and before the old one was left: the old file is as it was."""
    before = tmp_path / "sebelum.db"
    shutil.copy(source, before)
    with monkeypatch.context() as patch:
        patch.setattr(move, "finish", lambda *_places: None)
        moved(source, target)
    assert move.gone_to(target) is None, "nobody lives there yet"
    shutil.copy(before, source)
    if target.suffix == ".db":
        target.with_name(f".{target.name}.1.new").write_bytes(b"half")
    moved(source, target)
    with closing(open_at(target)) as office:
        assert office.verify().ok
    assert [each.name for each in target.parent.glob(".*.new")] == []


@pytest.mark.slow
def test_what_does_not_hang_together_is_no_new_place(source: Path, target: Path) -> None:
    def strange(link: Link) -> None:
        link.execute(STRANGER)

    with closing(open_at(source)) as office:
        uid = office.uid
    with pytest.raises(UserError, match="tidak"):
        move.new_place(target, uid).make(strange)


@pytest.mark.slow
def test_a_commit_that_nobody_answered_has_happened(
    source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, told = Store.write_long, list[str]()

    def unanswered(store: Store, work: Callable[..., object]) -> object:
        real(store, work)
        mark = MoveMark("r", Stage.GONE, told[0])
        raise OfficeMoved(store.path, mark)

    monkeypatch.setattr(Store, "write_long", unanswered)
    told.append(place_of(target))
    moved(source, target)
    assert move.gone_to(target) is None
    told[0] = "elsewhere"
    with pytest.raises(OfficeMoved):
        moved(target, source.with_name("lagi.db"))


def test_a_place_that_nobody_left_for_is_not_arrived_at(source: Path, target: Path) -> None:
    with pytest.raises(UserError, match="tidak ada kantor yang pindah"):
        move.finish(source, target)


def test_who_came_by_another_move_does_not_live_here(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, real, first = engine_at(source), marks.read_mark, [True]
    with closing(engine.open(source)) as link:
        marks.write_mark(engine, link, MoveMark("m1", Stage.ARRIVING, "there"))
    assert not marks.arrive(engine, source, "m2")

    def overtaken(link: Link) -> MoveMark | None:
        found = real(link)
        if first.pop() if first else False:
            assert marks.arrive(engine, source, "m1")
        return found

    monkeypatch.setattr(marks, "read_mark", overtaken)
    assert marks.arrive(engine, source, "m1"), "another station was faster"
    with closing(engine.open(source)) as link:
        assert real(link) is None


@pytest.mark.slow
@pytest.mark.file_only("folder")
def test_a_document_that_was_lost_before_stays_lost(source: Path, target: Path, tmp_path: Path) -> None:
    scan = tmp_path / "surat.pdf"
    scan.write_bytes(b"%PDF-1.4 rahasia")
    with closing(open_at(source)) as office:
        by = office.sign_in("admin", PASSWORD)
        office.perform(attach_command(documents.store(source, scan, office.seal)), by)
    for each in (source.parent / f"{source.stem}-berkas").rglob("*"):
        if each.is_file():
            each.unlink()
    moved(source, target)
    with closing(open_at(target)) as office:
        assert {each.check for each in office.verify().findings} == {"document_missing"}


@pytest.mark.parametrize(
    ("failed", "told"),
    [
        (sqlite3.IntegrityError("case_entry"), UserError),
        (OverflowError(), UserError),
        (of_sqlite(sqlite3.SQLITE_ERROR), sqlite3.OperationalError),
        (of_sqlite(sqlite3.SQLITE_BUSY), ShareUnreachable),
        (OSError(28, "full"), UserError),
    ],
)
def test_what_fails_at_the_new_place_names_it(
    tmp_path: Path, failed: Exception, told: type[Exception]
) -> None:
    with pytest.raises(told), move._failures_at_target(tmp_path / "office.db"):
        raise failed


@pytest.mark.file_only("link")
def test_what_fails_at_the_old_place_is_not_the_new_ones(source: Path) -> None:
    link = engine_at(source).open(source)
    link.close()
    with pytest.raises(sqlite3.ProgrammingError), move._failures_at_target(source.with_name("baru.db")):
        list(move._read_source(link, rows.every_table()[0]))


@pytest.mark.file_only("pages")
def test_a_disk_without_room_for_it_takes_no_office(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=0))
    with pytest.raises(UserError, match="tidak cukup"):
        moved(source, source.with_name("baru.db"))


def test_only_so_many_moves_are_followed_at_once(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "MOST_HOPS", 0)
    assert moving.follow_moves(source) == source


def test_a_folder_that_cannot_be_copied_keeps_nobody(
    source: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voices_of(source).mkdir()
    (voices_of(source) / "satu.wav").symlink_to(tmp_path / "nowhere")
    (tmp_path / "baru").mkdir()
    moved(source, tmp_path / "baru" / "office.db")
    assert "stays behind" in caplog.text


def test_a_place_is_settled_by_its_path_and_a_server_only_with_an_office(target: Path) -> None:
    assert database_setting("/srv/ult/office.db") == "/srv/ult/office.db"
    if target.suffix != ".db":
        with pytest.raises(UserError, match="belum ada kantor"):
            database_setting(target.read_text())


def test_a_network_path_that_is_away_is_no_missing_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows answers "not found" with number 53 for a share that is away."""
    away = FileNotFoundError(2, "network path")
    away.winerror = 53  # type: ignore[attr-defined]

    def scandir(_folder: Path) -> None:
        raise away

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(FileNotFoundError):
        share_files.list_files(tmp_path, "*")


def test_the_clock_of_a_share_is_asked(source: Path) -> None:
    engine: Engine = engine_at(source)
    assert isinstance(engine.now_ms(source, "uji"), int)
