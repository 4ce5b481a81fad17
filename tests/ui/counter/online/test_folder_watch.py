"""The counter's watched folder on a real office: imported beside the work; what a person must do is told."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests import lists
from tests.conftest import PATIENCE_MS
from tests.db.rows import open_requests
from tests.ui.counter.online.conftest import LIST
from tests.ui.counter.pages.bench import Bench
from tests.ui.ports import free_port
from ult_desktop.app import assemble
from ult_desktop.base.config import OnlineConfig, StationConfig, SyncConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Role
from ult_desktop.core.online.online_request import OnlineSource, OnlineState
from ult_desktop.db import online_requests
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.operations.health.board import health_lines
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.online import folder_watch
from ult_desktop.ui.counter.online.folder_watch import FolderWatch

FIELDS = ("nomor", "nama", "instansi", "surel", "isi")
ROWS = "".join(f"S-{n};Nama {n};SDN;;Mohon data\n" for n in range(90))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "masuk"
    folder.mkdir()
    return folder


@pytest.fixture
def told(bench: Bench) -> list[UserError]:
    heard: list[UserError] = []
    bench.link.refused.connect(heard.append)
    return heard


@pytest.fixture
def watch(bench: Bench, folder: Path, told: list[UserError]) -> Iterator[FolderWatch]:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    watch = FolderWatch(bench.link, folder, OnlineSource.SEMPENA, look_ms=30)
    yield watch
    watch.close()


def remember(bench: Bench) -> None:
    heads = LIST.strip().split(";")
    bench.do(lists.remember(**dict(zip(FIELDS, heads, strict=True))))


def new(bench: Bench) -> int:
    return bench.office.read(open_requests).get(OnlineState.NEW, 0)


@pytest.mark.slow
def test_lists_are_imported_beside_the_work(
    bench: Bench, folder: Path, watch: FolderWatch, told: list[UserError]
) -> None:
    remember(bench)
    (folder / "a.csv").write_text(LIST + ROWS, encoding="utf-8")
    (folder / "b.csv").write_text(f"{LIST};Ani;;ani;Mohon\n;Budi;;;Mohon\n", encoding="utf-8")
    bench.wait(lambda: (folder / "selesai" / "a.csv").exists() and (folder / "selesai" / "b.csv").exists())
    assert new(bench) == 91
    assert (folder / "selesai" / "b.csv.ditolak.csv").exists()
    assert told == []


@pytest.mark.slow
def test_unknown_columns_are_told_once_and_tried_again_when_they_are_known(
    bench: Bench, folder: Path, watch: FolderWatch, told: list[UserError]
) -> None:
    (folder / "a.csv").write_text(LIST + ROWS, encoding="utf-8")
    bench.wait(lambda: told)
    assert "belum dikenal" in told[0].what
    looks = watch._looks
    bench.wait(lambda: watch._looks > looks + 2 * folder_watch.AGAIN_EVERY)
    assert len(told) == 1
    remember(bench)
    bench.wait((folder / "selesai" / "a.csv").exists)
    assert new(bench) == 90


def test_what_is_left_is_named_on_the_page_and_in_health(
    bench: Bench, folder: Path, watch: FolderWatch
) -> None:
    def inbox() -> tuple[str, ...]:
        now = bench.office.clock()
        return bench.office.read(lambda tx: online_requests.left_lists(tx, now))

    def in_health() -> bool:
        lines = [line for line in health_lines(bench.office) if line.station is not None]
        return any(line.level == "warn" and "b.csv: " in line.todo for line in lines)

    (folder / "a.csv").write_bytes(b"%PDF-1.7")
    (folder / "b.csv").write_text("Nama kegiatan;Isi\nDedi;Rahasia\n", encoding="utf-8")
    bench.wait(lambda: len(inbox()) == 2)
    assert inbox() == ("b.csv: 1 hal belum pasti", "ditolak/a.csv: a.csv bukan CSV, Excel, ODS, atau JSON")
    assert in_health()
    page = bench.open(CasesPage)
    bench.wait(lambda: "b.csv: 1 hal" in page.files_note.words.text())
    (folder / "b.csv").unlink()
    (folder / "ditolak" / "a.csv").unlink()
    bench.wait(lambda: inbox() == () and not in_health())


def test_what_is_no_list_is_put_aside_and_told(
    bench: Bench, folder: Path, watch: FolderWatch, told: list[UserError]
) -> None:
    (folder / "a.csv").write_bytes(b"%PDF-1.7")
    bench.wait(lambda: told)
    assert told[0].what.startswith("a.csv: a.csv bukan CSV")
    assert (folder / "ditolak" / "a.csv.sebab.txt").exists()
    shutil.rmtree(folder)
    bench.wait(lambda: len(told) == 2)
    looks = watch._looks
    bench.wait(lambda: watch._looks > looks + 3)
    assert len(told) == 2  # a folder that is gone is told once


@pytest.mark.slow
def test_a_turn_without_an_answer_is_given_up(
    bench: Bench, folder: Path, told: list[UserError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The share hung while a list was being planned: its answer is nobody's when it comes after all."""
    bench.sign_in("siti", Role.FRONT_OFFICE)
    remember(bench)
    (folder / "a.csv").write_text(LIST + ROWS, encoding="utf-8")
    late: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(bench.link, "read", lambda _what, then: late.append(then))
        watch = FolderWatch(bench.link, folder, OnlineSource.SEMPENA, look_ms=30, give_up_ms=60)
        bench.wait(lambda: len(late) >= 2)
    watch._give_up_ms = PATIENCE_MS // 10  # a true answer may take longer
    bench.wait((folder / "selesai" / "a.csv").exists)
    late[0](None)  # type: ignore[operator]
    watch.close()
    assert new(bench) == 90
    assert told == []


def test_the_counter_watches_the_folder_of_its_settings(
    bench: Bench, folder: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.clock.now = ShareClock(bench.path.parent, "uji")()  # the station asks the real one
    bench.sign_in("siti", Role.FRONT_OFFICE)
    remember(bench)
    monkeypatch.setattr(folder_watch, "FolderWatch", partial(FolderWatch, look_ms=30))
    sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
    config = StationConfig(sync=sync, online=OnlineConfig(folder=str(folder), source="sempena"))
    station = assemble.assemble(assemble.Launch(assemble.Mode.COUNTER, bench.path, config, (1366, 768)))
    (folder / "a.csv").write_text(LIST + ROWS, encoding="utf-8")
    bench.wait((folder / "selesai" / "a.csv").exists)
    station.close()
    assert new(bench) == 90
