"""Kesehatan: what is wrong, and the button that helps; a pill at every admin's window."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests import engines
from tests.office import store_of
from tests.ui.conftest import Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.session.test_admin_notices import owe
from tests.ui.shown import all_done, facts_of, rows_of
from ult_desktop.core.office.commands import StationPart
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.core.station_health import StationHealth
from ult_desktop.core.updates.rollout import UpdateMark
from ult_desktop.db import station_updates
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.station_trials import trials_since
from ult_desktop.ui import process
from ult_desktop.ui.counter.health.health_group import HealthGroup
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

STATIONS = (
    Presence(
        name="kios-lobi",
        mode="kiosk",
        version="0.1",
        boot="k",
        seen_at=0,
        printer="paper_low",
        letter="K",
        identity="i-kios",
        health=StationHealth(disk_mb=41_000, share_ms=18),
    ),
    Presence(name="tv", mode="display", version="0.1", boot="t", seen_at=0, voice="ready", identity="i-tv"),
)


def fill(bench: Bench, *, backs_up: bool = False) -> None:
    """The kiosk reported itself just now, the television an hour ago."""

    def write(tx: Transaction) -> None:
        for each, ago in zip(STATIONS, (0, 60), strict=True):
            health = msgspec.structs.replace(each.health, backs_up=backs_up)
            tx.put("station", "identity", msgspec.structs.replace(each, health=health))
            tx.update("station", {"identity": each.identity}, seen_at=bench.clock.now - ago * MINUTE_MS)

    store_of(bench.office).write(write)


def opened(bench: Bench, *, place: bool = True, backs_up: bool = False, **look: Any) -> HealthGroup:  # noqa: ANN401
    fill(bench, backs_up=backs_up)
    bench.sign_in("admin")
    folder = bench.folder / "cadangan"
    folder.mkdir()
    bench.place = bench.place._replace(second_place=folder if place else None)
    group = bench.open(HealthGroup, **look)  # type: ignore[type-var]
    bench.wait(lambda: group.list.count)
    return group


def choose(bench: Bench, group: HealthGroup, row: str) -> None:
    group.list.choose(row)
    bench.wait(lambda: not group.detail.is_empty)


def facts(group: HealthGroup) -> dict[str, str]:
    return dict(facts_of(group.detail.facts))


def test_a_dead_television_is_seen_and_replaced(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "i-tv")
    assert facts(group)["Keadaan"] == "perlu perhatian"
    bench.act(group.detail, "replace")
    (button,) = (each for each in bench.box().findChildren(Button) if each.text() == "Ganti")
    button.click()
    bench.wait(lambda: bench.office.read(lambda tx: stations.of_identity(tx, "i-tv")).replaced_at)  # type: ignore[union-attr]
    bench.wait(lambda: group.list.model.row_number("i-tv") < 0)


def test_what_is_known_of_a_station(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "i-kios")
    assert facts(group)["Disk"] == "41 GB kosong"
    assert facts(group)["Data kantor"] == "laporan terakhir 18 ms"
    assert [each.text() for each in group.detail.acts.buttons.values()] == [
        "Cetak percobaan",
        "Uji panduan suara",
    ]


def test_another_stations_printer_and_voice_are_tried_from_here(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "i-kios")
    before = bench.office.last_seq()
    bench.act(group.detail, "printer")
    bench.wait(lambda: bench.toast == "kios-lobi diminta; terjadi dalam setengah menit.")
    asked = bench.office.read(lambda tx: trials_since(tx, before, "i-kios"))
    assert asked.parts == (StationPart.PRINTER,)
    bench.act(group.detail, "guidance")
    bench.wait(
        lambda: (
            bench.office.read(lambda tx: trials_since(tx, asked.seq, "i-kios")).parts
            == (StationPart.GUIDANCE,)
        )
    )


def test_a_test_print_on_this_pc(bench: Bench) -> None:
    group = opened(bench)
    bench.wait(lambda: any("MEJA" in row.title for row in rows_of(group.list.model)))
    own = next(row.id for row in rows_of(group.list.model) if row.title == "MEJA")
    choose(bench, group, str(own))
    bench.act(group.detail, "print")
    bench.wait(lambda: bench.printed)


@pytest.mark.file_only("copies")
def test_a_backup_now(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "back_up-0")
    assert facts(group)["Ditemukan"] == "belum pernah"
    assert facts(group)["Keadaan"] == "perbaiki sekarang"
    bench.act(group.detail, "back_up")
    assert group.care.why_no_backup == "Pemeriksaan atau pencadangan sedang berjalan."
    bench.wait(lambda: bench.toast.startswith("Cadangan utuh: "))
    bench.wait(lambda: "belum pernah" not in facts(group).get("Ditemukan", ""))


@pytest.mark.file_only("copies")
def test_a_restore_is_tried_and_its_sheet_is_kept(bench: Bench, own_home: Path) -> None:
    bench.do(IssueTicket(service_id=1))
    group = opened(bench)
    choose(bench, group, "back_up-0")
    bench.act(group.detail, "drill")
    bench.wait(bench.has_box)
    bench.box().close()
    bench.act(group.detail, "back_up")
    bench.wait(lambda: bench.toast.startswith("Cadangan utuh: "))
    bench.wait(lambda: not group.care.why_no_drill)
    bench.act(group.detail, "drill")
    bench.wait(lambda: bench.toast.startswith("Cadangan terbukti dapat dipulihkan."))
    (sheet,) = own_home.rglob("*.pdf")
    assert "Uji Pemulihan" in sheet.name
    bench.wait(lambda: any(row.title == "Uji pemulihan" for row in group.list.model._all))


def test_an_office_on_a_server_is_looked_through_here_and_backed_up_there(
    bench: Bench, tmp_path: Path
) -> None:
    bench.place = bench.place._replace(database=tmp_path / "kantor.postgresql")
    group = opened(bench)
    choose(bench, group, "back_up-0")
    assert list(group.detail.acts.buttons) == ["verify"]


@pytest.mark.file_only("copies")
def test_without_a_folder_there_is_no_backup(bench: Bench) -> None:
    group = opened(bench, place=False)
    choose(bench, group, "back_up-0")
    bench.wait(lambda: "back_up" in group.detail.acts.buttons)
    assert group.detail.acts.buttons["back_up"].toolTip().startswith("Tidak ada komputer yang bekerja")


@pytest.mark.file_only("copies")
def test_a_pc_with_a_folder_backs_up_for_one_without(bench: Bench) -> None:
    group = opened(bench, place=False, backs_up=True)
    for row, act in (("back_up-0", "back_up"), ("i-kios", "backup")):
        choose(bench, group, row)
        bench.wait(partial(_has, group, act))
        before = bench.office.last_seq()
        bench.act(group.detail, act)
        bench.wait(partial(_is_asked, bench, before))
    assert facts(group)["Folder cadangan"] == "ada"


def _is_asked(bench: Bench, since: int) -> bool:
    asked = bench.office.read(lambda tx: trials_since(tx, since, "i-kios"))
    return asked.parts == (StationPart.BACKUP,)


def _has(group: HealthGroup, act: str) -> bool:
    return act in group.detail.acts.buttons


def test_what_is_wrong_with_a_station_is_told_beside_its_buttons(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "i-kios")
    bench.wait(lambda: "Pasang versi yang sama" in group.detail.subtitle.text())


def test_all_of_the_office_is_looked_through(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "back_up-0")
    bench.act(group.detail, "verify")
    bench.wait(lambda: bench.toast == "Data kantor utuh.")
    bench.do(IssueTicket(service_id=1))
    store_of(bench.office).write(lambda tx: tx.run("UPDATE ticket SET label = 'A000'"))
    bench.wait(lambda: not group.care.why_no_check)
    bench.act(group.detail, "verify")
    bench.wait(bench.has_box)
    told = " ".join(label.text() for label in bench.box().findChildren(QLabel))
    assert "label_against_event" in told
    assert ("pg_restore" if engines.on_server() else "ult-desktop repair") in told
    bench.box().close()


@pytest.mark.file_only("copies")
def test_a_restore_is_asked_for_in_the_name_of_the_admin(bench: Bench, qapp: QApplication) -> None:
    group = opened(bench)
    choose(bench, group, "back_up-0")
    bench.act(group.detail, "restore")
    bench.wait(bench.has_box)
    (button,) = (each for each in bench.box().findChildren(Button) if each.text() == "Pilih cadangan")
    QTimer.singleShot(0, button.click)
    assert qapp.exec() == process.RESTORE
    assert process.restore_asked_by(qapp) == "admin"


def test_an_update_is_let_to_all_and_nobody_is_waited_for(bench: Bench) -> None:
    for identity in ("i-kios", "i-loket"):
        store_of(bench.office).write(partial(_staged, identity))
    group = opened(bench)
    choose(bench, group, "update-0")
    assert "paketnya belum sampai di: " in facts(group)["Ditemukan"]
    bench.act(group.detail, "release")
    bench.wait(lambda: "9.9.9" in bench.toast)
    bench.act(group.detail, "excuse")
    bench.wait(bench.has_box)
    next(each for each in bench.box().findChildren(Button) if "tv" in each.text()).click()
    bench.wait(lambda: bench.toast == "tv tidak ditunggu lagi.")
    marks = [each.mark for each in bench.office.read(station_updates.marks)]
    assert marks[-2:] == [UpdateMark.RELEASED, UpdateMark.EXCUSED]


def _staged(identity: str, tx: Transaction) -> None:
    station_updates.add(tx, "9.9.9", identity, UpdateMark.STAGED, 1, None)


@pytest.mark.parametrize(
    ("change", "row", "act"),
    [
        ("DELETE FROM recovery_key", "keys-0", "keys"),
        ("UPDATE procedure SET retired_at = 1", "procedures-0", "go"),
    ],
)
def test_each_line_leads_to_what_helps(bench: Bench, change: str, row: str, act: str) -> None:
    store_of(bench.office).write(lambda tx: tx.run(change))
    group = opened(bench)
    choose(bench, group, row)
    bench.act(group.detail, act)
    assert bench.jumps or bench.has_box()


def test_deadlines_that_a_newer_programs_days_leave_behind_are_moved(bench: Bench) -> None:
    store_of(bench.office).write(lambda tx: owe(tx, bench.office.clock()))
    group = opened(bench)
    choose(bench, group, "deadlines-0")
    assert facts(group)["Ditemukan"].startswith("1 dihitung dengan hari libur")
    bench.act(group.detail, "follow")
    bench.wait(bench.has_box)
    bench.box().findChildren(Button)[-1].click()
    bench.wait(lambda: facts(group)["Keadaan"] == "baik")


def test_it_looks_again_by_the_minute_or_at_once(bench: Bench) -> None:
    group = opened(bench)
    store_of(bench.office).write(lambda tx: tx.run("DELETE FROM station WHERE identity = 'i-tv'"))
    bench.link.changed.emit()
    bench.wait(lambda: all_done(bench.link))
    assert group.list.model.row_number("i-tv") >= 0
    group.again_button.click()
    bench.wait(lambda: group.list.model.row_number("i-tv") < 0)


@pytest.mark.file_only("copies")
def test_an_admins_window_shows_what_is_red(bench: Bench, qtbot: QtBot, show: Show) -> None:
    counter = RealCounter(bench, qtbot, show)
    window = counter.open()
    counter.sign_in("admin")
    pill = window.frame.status.health
    bench.wait(pill.isVisible)
    assert pill.text() == "Kesehatan: 1 hal perlu diperbaiki"
    counter.window.workspace.rail.leave.click()  # type: ignore[union-attr]
    bench.wait(pill.isHidden)
    counter.sign_in("siti")
    bench.wait(lambda: all_done(bench.link))
    assert pill.isHidden()


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_pictures(bench: Bench, picture: Callable[..., None], contrast: Contrast) -> None:
    group = opened(bench, contrast=contrast)
    choose(bench, group, "i-tv")
    picture(bench.window, f"kesehatan-1366x768-{contrast}")
