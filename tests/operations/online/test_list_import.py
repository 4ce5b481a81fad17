"""A list from file to report: planned before anything is written, carried out in portions, then told."""

import csv
import io
from pathlib import Path

import pytest

from tests.office import PASSWORD
from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.online.commands import ImportRequests, RememberMapping
from ult_desktop.core.online.mapping import ColumnMapping, RequestField
from ult_desktop.core.online.online_request import OnlineSource, OnlineState
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.db import online_requests
from ult_desktop.operations.accountability import deviations
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import ListFile, parse_list
from ult_desktop.operations.online.list_import import (
    ImportPlan,
    import_context,
    mark_known_rows,
    plan_import,
    refused_file,
    report_words,
    run_import,
)

pytestmark = pytest.mark.by_engine

SOURCE = OnlineSource.SEMPENA
HEAD = "Nomor Tiket;Nama;Email;Isi\n"


def listed(folder: Path, text: str) -> ListFile:
    path = folder / "daftar.csv"
    path.write_text(text, encoding="utf-8")
    return parse_list(path.read_bytes(), path.name)


def planned(scene: Scene, file: ListFile, *mapping: ColumnMapping) -> ImportPlan:
    ground = scene.office.read(lambda tx: import_context(tx, SOURCE, scene.office.clock()))
    plan = plan_import(file, SOURCE, ground, mapping or None)
    return mark_known_rows(scene.office, plan)


def test_from_file_to_report(scene: Scene, tmp_path: Path) -> None:
    file = listed(
        tmp_path, HEAD + "S-1;Dedi;;Data\nS-2;Ani;ani;Data\nS-1;Dedi;;Data\nS-3;;;Data\nS-4;Budi;;Data\n"
    )
    plan = planned(scene, file)
    assert (plan.headers, plan.settled, len(plan.new)) == (("Nomor Tiket", "Nama", "Email", "Isi"), False, 2)
    report = run_import(plan, lambda command: scene.office.perform(command, KIOSK))
    assert report_words(report) == "2 permintaan baru, 0 sudah ada, 3 baris ditolak"
    again = planned(scene, file)
    assert sorted(again.known.values()) == ["D-0001/2026", "D-0002/2026"]
    assert again.commands() == ()
    assert report_words(run_import(again, lambda command: scene.office.perform(command, KIOSK))).startswith(
        "0 perm"
    )
    rows = list(csv.reader(io.StringIO(refused_file(report.refused).decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in rows] == [["Baris", "Kolom"], ["3", "Email"], ["4", ""], ["5", "Nama"]]


def test_a_broken_import_goes_on_where_it_stopped(scene: Scene, tmp_path: Path) -> None:
    file = listed(tmp_path, HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(100)))
    done: list[ImportRequests] = []

    def perform_two(command: ImportRequests) -> object:
        if len(done) == 2:
            raise UserError("kabel lepas")
        done.append(command)
        return scene.office.perform(command, KIOSK)

    plan = planned(scene, file)
    with pytest.raises(UserError, match="kabel"):
        run_import(plan, perform_two)  # type: ignore[arg-type]
    rest = planned(scene, file)
    assert (len(plan.new), len(rest.new), len(rest.known)) == (100, 20, 80)
    report = run_import(
        plan, lambda command: scene.office.perform(command, KIOSK)
    )  # the whole of it once more
    assert (report.added, report.known) == (20, 80)
    assert scene.office.read(online_requests.open_counts) == {OnlineState.NEW: 100}


@pytest.mark.slow
@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_rows(office: Office, tmp_path: Path, count: int) -> None:
    rows = "".join(f"S-{n};Nama {n};n{n}@dinas.go.id;Mohon data mutu sekolah\n" for n in range(count))
    file = listed(tmp_path, HEAD + rows)
    plan = plan_import(file, SOURCE, office.read(lambda tx: import_context(tx, SOURCE, office.clock())))
    commands = plan.commands()
    assert (len(plan.new), max(len(command.rows) for command in commands)) == (count, 40)
    report = run_import(plan, lambda command: office.perform(command, KIOSK))
    assert (report.added, report.refused) == (count, ())
    assert office.read(online_requests.open_counts) == {OnlineState.NEW: count}
    lines = office.read(lambda tx: online_requests.in_state(tx, OnlineState.NEW))
    assert len(lines) == online_requests.MAX_ROWS
    office.perform(CloseDay(reason="Tutup"), office.sign_in("admin", PASSWORD))  # not held up by them
    year = lines[0].number[-4:]
    last = office.read(lambda tx: online_requests.by_number(tx, f"D-{count}/{year}"))
    assert last is not None
    assert last.name == f"Nama {count - 1}"


def test_a_day_is_closed_in_time_however_slow_it_is_to_judge_what_is_open(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server far away, and hundreds of imported requests that are overdue; the next look judges them."""
    file = listed(tmp_path, HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(6)))
    run_import(planned(scene, file), lambda command: scene.office.perform(command, KIOSK))
    scene.later(60 * 24 * 90)
    late = scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now))
    assert len(late) == 6
    monkeypatch.setattr(deviations, "JUDGING_S", 0.0)
    scene.do(CloseDay(reason="Tutup"))
    monkeypatch.undo()
    assert scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now)) == late


def test_a_remembered_mapping_is_used_without_asking(scene: Scene, tmp_path: Path) -> None:
    columns = (ColumnMapping("Siapa", RequestField.NAME), ColumnMapping("Apa", RequestField.DETAIL))
    file = listed(tmp_path, "Siapa;Apa;Kapan\nDedi;Data;kemarin\n")
    before = planned(scene, file)
    assert (before.mapping, before.reading.rows, before.settled) == ((), (), False)
    scene.do(RememberMapping(source=SOURCE, columns=columns))
    plan = planned(scene, file)
    assert (plan.mapping, plan.settled, len(plan.new)) == (columns, True, 1)
    assert planned(scene, file, *columns).settled
    other = (ColumnMapping("Siapa", RequestField.DETAIL), ColumnMapping("Apa", RequestField.NAME))
    assert not planned(scene, file, *other).settled
