"""A list of online requests: understood, written into a file and on a server, and taken back.

Telephones and addresses are sealed, as in every office with keys. Meanwhile another station acts a few times
a second: how long it waits at the longest is what a batch costs everybody else.
"""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import msgspec
import xlsxwriter

from benchmarks.place import PASSWORD, make_office, open_office
from benchmarks.process import acting
from benchmarks.rows import BenchmarkRow, BenchmarkRun
from benchmarks.survival.share_model import ShareModel
from benchmarks.vitals import busy_percent
from tests.cluster import own
from tests.db.rows import open_requests
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.lists.commands import LEAST_ROWS, ListBatch
from ult_desktop.core.lists.understanding import Understanding
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.db import list_imports
from ult_desktop.operations.lists.importing import (
    ListWriting,
    import_basis,
    mark_known_rows,
    understand_file,
    undo_import,
)
from ult_desktop.operations.lists.list_reader import read_list
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.online.request_lists import RequestLists

UNDERSTOOD_S, FILE_S, SERVER_S, HELD_MS = 5, 25, 3, 1000
PAUSE_S = 0.3
IMPORTER = RequestLists(OnlineSource.SEMPENA)
_FIRST = (
    "Ahmad",
    "Siti",
    "Muhammad",
    "Nur",
    "Dewi",
    "Budi",
    "Sri",
    "Agus",
    "Rina",
    "Eko",
    "Ni Wayan",
    "Made",
)
_LAST = ("Saputra", "Lestari", "Wibowo", "Hidayat", "Rahman", "Sari", "Kusuma", "Simanjuntak", "Tan", "Utami")
_HEAD = ("Nomor Tiket", "Tanggal", "Nama", "Instansi", "No HP", "Email", "Layanan", "Isi")


def measure(bench: BenchmarkRun) -> list[BenchmarkRow]:
    many, few = bench.pick(50_000, 1_000), bench.pick(1_000, 100)
    rows = [BenchmarkRow("cores busy with other work before", busy_percent(), "%")]
    rows += _imported(make_office(bench.folder), _workbook(bench, many), many, FILE_S)
    with own(durable=True) as server:
        there = make_office(bench.folder, address=server.create())
        rows += _imported(there, _workbook(bench, few), few, SERVER_S)
    return rows


def _workbook(bench: BenchmarkRun, count: int) -> Path:
    chance, path = random.Random(bench.seed), bench.folder / f"{count}.xlsx"  # noqa: S311  (the same each time)
    services = [each.name.indonesian for each in load_office().services]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, _HEAD)
        for n in range(1, count + 1):
            name = " ".join(chance.choice(words) for words in (_FIRST, _FIRST, _LAST))
            phone, school = f"08{chance.randrange(10**9, 10**10)}", f"SMP Negeri {chance.randrange(300)}"
            sent = f"2026-{1 + n % 10:02}-{1 + n % 28:02} {8 + n % 8:02}.15"
            asked = (
                f"Mohon penjelasan data pokok siswa nomor {n}: namanya tidak sama dengan akta kelahirannya."
            )
            told = (
                f"S-{n}",
                sent,
                name,
                school,
                phone,
                f"u{n}@sekolah.sch.id",
                chance.choice(services),
                asked,
            )
            sheet.write_row(n, 0, told)
    return path


def _imported(path: Path, listed: Path, count: int, goal_s: float) -> list[BenchmarkRow]:
    on_share = path.suffix == ".db"
    where = f"{'file' if on_share else 'server'}, {count:,} rows"
    with closing(open_office(path, "importer")) as office, acting("giver", path, "k", PAUSE_S) as giver:
        giver.wait_for("ready")
        by = office.sign_in("admin", PASSWORD)
        began = time.perf_counter()
        found = understand_file(read_list(listed), import_basis(office, IMPORTER), {})
        found = mark_known_rows(office, IMPORTER, found)
        understood = time.perf_counter() - began
        began, processor = time.perf_counter(), time.process_time()
        writing, batches = ListWriting(IMPORTER, found), list[float]()
        _write(office, by, writing, batches)
        written, processor = time.perf_counter() - began, time.process_time() - processor
        giver.say("enough")
        waits = giver.wait_for("done")["spent"]
        lacking = count - sum(office.read(open_requests).values())
        wrong = lacking + len(office.verify().findings)
    asked = [*_asked_of_a_share(path, found)] if on_share else []
    with closing(open_office(path, "importer")) as office:
        began = time.perf_counter()
        made = office.read(lambda tx: list_imports.find_key(tx, writing.key))
        assert made is not None  # noqa: S101  (it was written)
        undo_import(office, IMPORTER, made.id, lambda command: office.perform(command, by))
        undone = time.perf_counter() - began
    return [
        BenchmarkRow(f"{where}: understood", understood, "s", UNDERSTOOD_S),
        BenchmarkRow(f"{where}: written", written, "s", goal_s),
        BenchmarkRow(f"{where}: processor time of the writing", processor, "s"),
        BenchmarkRow(f"{where}: batches", len(batches), ""),
        BenchmarkRow(f"{where}: a batch, worst", max(batches), "ms", HELD_MS),
        BenchmarkRow(f"{where}: an act of another station meanwhile, median", median(waits), "ms"),
        BenchmarkRow(f"{where}: an act of another station meanwhile, worst", max(waits), "ms"),
        BenchmarkRow(f"{where}: lost or not proven", wrong, "", 0),
        *asked,
        BenchmarkRow(f"{where}: taken back", undone, "s"),
    ]


def _write(office: Office, by: Actor, writing: ListWriting[OnlineRow], spent: list[float]) -> None:
    """Write the list, and note the milliseconds of each batch."""
    while not writing.is_whole:
        began = time.perf_counter()
        writing.note_written(office.perform(writing.next_command(), by))
        spent.append((time.perf_counter() - began) * 1000)


def _asked_of_a_share(path: Path, found: Understanding[OnlineRow]) -> Iterator[BenchmarkRow]:
    """Count the round trips of further batches if the file lay on a share (`survival/share_model.py`)."""
    model = ShareModel(path.parent)
    with model.at_work(), closing(open_office(path, "far")) as office:
        for count in (LEAST_ROWS, 40):
            rows = [
                msgspec.structs.replace(each.row, external_id=f"{count}-{each.number}")
                for each in found.rows[:count]
            ]
            model.asked.clear()
            office.perform(IMPORTER.write_command(rows, ListBatch(key="far")), Actor(station="far"))
            yield BenchmarkRow(f"a batch of {count} rows more: round trips", model.asked.total(), "")
