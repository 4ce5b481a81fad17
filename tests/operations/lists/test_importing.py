"""A list from file to report: understood before anything is written, carried out in portions, taken back."""

import csv
import io
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from benchmarks.process import PROCESSES
from tests.db.rows import open_requests
from tests.lists import file_of, remember
from tests.office import PASSWORD, open_office, stranger
from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.lists.commands import LEAST_ROWS, MAX_LETTERS, rows_within
from ult_desktop.core.lists.understanding import Understanding
from ult_desktop.core.online.commands import AddRequest, ImportRequests, TakeRequest, UndoRequestImport
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource, OnlineState
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.db import list_imports, online_requests, online_undo
from ult_desktop.operations.accountability import deviations
from ult_desktop.operations.accountability.deviations import visits_with_new_deviations
from ult_desktop.operations.lists.importing import (
    ListWriting,
    import_basis,
    mark_known_rows,
    refused_file,
    run_import,
    understand_file,
    undo_import,
)
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.request_lists import RequestLists

pytestmark = pytest.mark.by_engine

IMPORTER = RequestLists(OnlineSource.SEMPENA)
HEAD = "Nomor Tiket;Nama;Email;Isi\n"
Found = Understanding[OnlineRow]


def understood(office: Office, text: str, said: dict[str, str] | None = None) -> Found:
    found = understand_file(file_of(text), import_basis(office, IMPORTER), said or {})
    return mark_known_rows(office, IMPORTER, found)


def write(scene: Scene, found: Found) -> str:
    return run_import(IMPORTER, found, lambda command: scene.office.perform(command, scene.officer(1))).words


def new(scene: Scene) -> int:
    return scene.office.read(open_requests).get(OnlineState.NEW, 0)


def test_from_file_to_report(scene: Scene) -> None:
    text = HEAD + "S-1;Dedi;;Data\nS-2;Ani;ani;Data\nS-1;Dedi;;Data\nS-3;;;Data\nS-4;Budi;;Data\n"
    found = understood(scene.office, text)
    assert (found.needs_no_person, [each.number for each in found.new_rows]) == (False, [2, 6])
    assert write(scene, found) == "2 baris masuk, 0 sudah ada, 3 ditolak, 0 dilewati"
    again = understood(scene.office, text)
    assert again.known == {2: "D-0001/2026", 6: "D-0002/2026"}
    assert again.needs_no_person
    assert ListWriting(IMPORTER, again).is_whole
    rows = list(csv.reader(io.StringIO(refused_file(found.refused).decode("utf-8-sig")), delimiter=";"))
    assert [row[:2] for row in rows] == [["Baris", "Kolom"], ["3", "Email"], ["4", ""], ["5", "Nama"]]


def test_nothing_is_written_while_a_question_is_open(scene: Scene) -> None:
    text = "Nama kegiatan;Tanggal;Isi\nDedi;11/03/2026;Data\n"
    found = understood(scene.office, text)
    with pytest.raises(UserError, match="2 hal dalam daftar ini belum pasti") as refusal:
        write(scene, found)
    assert "hari atau bulan yang dulu?" in str(refusal.value)
    assert new(scene) == 0
    told = understood(scene.office, text, {"kolom 1": "nama", "urutan: tanggal": "bulan"})
    write(scene, told)
    later = understood(scene.office, text.replace("Data", "Lain"))
    assert (later.open_questions, later.needs_no_person, len(later.new_rows)) == ((), True, 1)
    assert later.rows[0].row.sent_at == told.rows[0].row.sent_at


def test_who_already_asked_is_compared_by_telephone(scene: Scene) -> None:
    head = "Nama;No HP;Isi\n"
    write(scene, understood(scene.office, f"{head}Siti;081234567890;Lupa sandi\n"))
    text = f"{head}Siti;0852 9876 5432;Lupa sandi\nSiti;+62 812-3456-7890;Lupa sandi\n"
    found = understood(scene.office, text)
    assert (found.known, [each.number for each in found.new_rows]) == ({3: "D-0001/2026"}, [2])
    write(scene, found)
    assert understood(scene.office, text).known == {2: "D-0002/2026", 3: "D-0001/2026"}


def test_a_broken_import_goes_on_where_it_stopped(scene: Scene) -> None:
    text = HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(100))
    found = understood(scene.office, text)
    broken = ListWriting(IMPORTER, found)
    broken.note_written(scene.office.perform(broken.next_command(), scene.officer(1)))
    (made,) = scene.office.read(lambda tx: list_imports.imports(tx, IMPORTER.source))
    assert (made.planned, made.added, made.is_whole) == (100, LEAST_ROWS, False)
    rest = understood(scene.office, text)
    assert (len(rest.new_rows), len(rest.known)) == (100 - LEAST_ROWS, LEAST_ROWS)
    assert (
        write(scene, found)
        == f"{100 - LEAST_ROWS} baris masuk, {LEAST_ROWS} sudah ada, 0 ditolak, 0 dilewati"
    )
    assert new(scene) == 100


def _import_until_killed(path: Path, text: str, told: Connection) -> None:
    office = open_office(path, "impor")
    writing, by = ListWriting(IMPORTER, understood(office, text)), office.sign_in("admin", PASSWORD)
    while not writing.is_whole:
        writing.note_written(office.perform(writing.next_command(), by))
        told.send(writing.done)


@pytest.mark.slow
def test_a_program_killed_while_it_writes_leaves_whole_batches(office_file: Path) -> None:
    text = HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(5000))
    ear, mouth = PROCESSES.Pipe(duplex=False)
    killed = PROCESSES.Process(target=_import_until_killed, args=(office_file, text, mouth))
    killed.start()
    while (acknowledged := ear.recv()) < 1000:
        pass
    killed.kill()
    killed.join()
    with closing(open_office(office_file)) as office:
        (made,) = office.read(lambda tx: list_imports.imports(tx, IMPORTER.source))
        assert acknowledged <= made.added < 5000
        assert office.read(open_requests) == {OnlineState.NEW: made.added}
        assert office.verify().findings == ()
        rest, by = understood(office, text), office.sign_in("admin", PASSWORD)
        assert (len(rest.known), len(rest.new_rows)) == (made.added, 5000 - made.added)
        assert run_import(IMPORTER, rest, lambda command: office.perform(command, by)).added == len(
            rest.new_rows
        )
        undone = undo_import(office, IMPORTER, made.id, lambda command: office.perform(command, by))
        assert (undone.gone, undone.kept) == (made.added, ())


def test_a_batch_grows_with_the_speed_of_the_office(scene: Scene) -> None:
    """Told by the ticks: 1 ms a row, then 100 ms a row, as on a slow share, then longer than that."""
    text = HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(100))
    rates = (0.005, 0.01, 0.02, 4.0, 9.0, 9.0, 9.0)
    now = [0.0]
    writing = ListWriting(IMPORTER, understood(scene.office, text), lambda: now[0])
    sizes = []
    for spent in rates:
        command = writing.next_command()
        assert isinstance(command, ImportRequests)
        sizes.append(len(command.rows))
        now[0] += spent
        writing.note_written(len(command.rows))
        now[0] += 1.0  # what passes between two batches is no batch's
    assert sizes == [LEAST_ROWS, 10, 20, 40, 15, LEAST_ROWS, LEAST_ROWS]
    assert (writing.done, writing.added, writing.is_whole) == (100, 100, True)


def test_a_batch_has_not_too_much_text() -> None:
    half = MAX_LETTERS // 2
    assert [rows_within(9, [half] * n) for n in (1, 2, 3)] == [1, 2, 2]
    assert (rows_within(9, [MAX_LETTERS + 1] * 2), rows_within(2, [1] * 9)) == (1, 2)


def made_import(scene: Scene) -> int:
    return scene.office.read(lambda tx: list_imports.imports(tx, IMPORTER.source))[0].id


def undo(scene: Scene, import_id: int) -> str:
    by = scene.officer(1)
    return undo_import(
        scene.office, IMPORTER, import_id, lambda command: scene.office.perform(command, by)
    ).words


def counts(scene: Scene) -> list[int]:
    """Count the rows in the file itself, whatever that costs."""
    with closing(stranger(scene.path)) as link:
        tables = [*(table for table, _key in online_undo.OWN), "name_key"]
        return [link.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]


def test_an_import_is_taken_back_as_if_it_had_not_been(scene: Scene) -> None:
    scene.do(AddRequest(source=OnlineSource.EMAIL, row=OnlineRow(name="Dedi", detail="x", email="d@e.id")))
    before = counts(scene)
    text = HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(250))
    write(scene, understood(scene.office, text))
    assert new(scene) == 251
    assert undo(scene, made_import(scene)) == "250 baris ditarik kembali."
    assert counts(scene) == before
    assert len(understood(scene.office, text).new_rows) == 250  # the right list can come in now
    scene.refused(UndoRequestImport(import_id=made_import(scene)), words="sudah diurungkan")
    scene.refused(UndoRequestImport(import_id=99), words="tidak ada")


def test_what_somebody_worked_on_stays_and_is_named(scene: Scene) -> None:
    write(scene, understood(scene.office, HEAD + "".join(f"S-{n};Nama {n};;Data\n" for n in range(4))))
    scene.do(TakeRequest(request_id=2))
    words = undo(scene, made_import(scene))
    assert words == "3 baris ditarik kembali. Tetap ada: D-0002/2026 (dalam proses)."
    assert scene.office.read(open_requests) == {OnlineState.IN_PROGRESS: 1}


@pytest.mark.file_only("it asks SQLite for the keys")
def test_every_row_that_can_name_a_request_is_looked_at(scene: Scene) -> None:
    """A new table with a visit or a case is judged too: a request is not taken back under it."""
    sql = (
        'SELECT m.name, f."from" FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f'
        " WHERE m.type = 'table' AND f.\"table\" IN ('visit', 'casefile', 'online_request')"
    )
    with closing(stranger(scene.path)) as link:
        named = {(table, column) for table, column in link.execute(sql)}
    ours = {(table, column) for table, column in online_undo.OWN if column != "id"}
    assert named == ours | {("online_request", "case_id"), *online_undo.ELSEWHERE}


def test_only_an_officer_says_what_columns_mean(scene: Scene) -> None:
    with pytest.raises(UserError):
        scene.kiosk.perform(remember(nama="Siapa", isi="Apa"), KIOSK)
    scene.do(remember(nama="Siapa", isi="Apa"))
    found = understood(scene.office, "Siapa;Apa;Kapan\nDedi;Data;kemarin\n")
    assert (found.needs_no_person, len(found.new_rows)) == (True, 1)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_rows(office: Office, count: int) -> None:
    text = "".join(f"S-{n};Nama {n};n{n}@dinas.go.id;Mohon data mutu sekolah\n" for n in range(count))
    found = understood(office, HEAD + text)
    by = office.sign_in("admin", PASSWORD)
    report = run_import(IMPORTER, found, lambda command: office.perform(command, by))
    assert (report.added, report.refused) == (count, ())
    assert office.read(open_requests) == {OnlineState.NEW: count}
    lines = office.read(lambda tx: online_requests.in_state(tx, OnlineState.NEW))
    assert len(lines) == online_requests.MAX_ROWS
    office.perform(CloseDay(reason="Tutup"), by)  # not held up by them
    year = lines[0].number[-4:]
    last = office.read(lambda tx: online_requests.by_number(tx, f"D-{count}/{year}"))
    assert last is not None
    assert last.name == f"Nama {count - 1}"


def test_a_day_is_closed_in_time_however_slow_it_is_to_judge_what_is_open(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server far away, and hundreds of imported requests that are overdue; the next look judges them."""
    write(scene, understood(scene.office, HEAD + "".join(f"S-{n};Nama {n};;Mohon data\n" for n in range(6))))
    scene.later(60 * 24 * 90)
    late = scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now))
    assert len(late) == 6
    monkeypatch.setattr(deviations, "JUDGING_S", 0.0)
    scene.do(CloseDay(reason="Tutup"))
    monkeypatch.undo()
    assert scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now)) == late
