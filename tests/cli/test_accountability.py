"""Steps, deviations and delegations from the command line."""

import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, open_office, store_of
from tests.program import CommandResult
from tests.workbooks import first_sheet
from ult_desktop.base import formats
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.visits.commands import EndVisit, RecordPurpose, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.procedures import marks
from ult_desktop.operations.procedures.procedures import load_procedure

# Days to come: a task is handed over from today, and at most until the end of next year.
FIRST, LAST = (f"{time.localtime().tm_year + 1}-11-{day}" for day in (23, 24))


COMPUTER = "Komputer dan form layanan ULT"


@dataclass(frozen=True)
class Books:
    """An office that runs the face-to-face POS of Sumut, with one visitor just come in."""

    desk: CommandLine
    visit: int

    def run(self, *words: object, officer: str | None = None, json: bool = True) -> CommandResult:
        more = ["--officer", officer] if officer else []
        more += ["--json"] if json else []
        return self.desk.run(*words, *more, "--database", self.desk.path)

    def step(self, answer: CommandResult, number: int) -> dict[str, Any]:
        return next(step for step in answer.row["steps"] if step["step"] == number)


@pytest.fixture
def books(desk: CommandLine) -> Books:
    office = open_office(desk.path)
    admin = office.sign_in("admin", PASSWORD)
    office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), admin)
    office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), admin)
    visit_id = office.perform(WelcomeVisitor(), admin).id
    office.close()
    return Books(desk, visit_id)


def test_the_steps_of_a_visit(books: Books) -> None:
    listed = books.run("step", "list", books.visit)
    assert [step["state"] for step in listed.row["steps"]][:3] == ["in_time", "running", "not_begun"]
    words = books.run("step", "list", books.visit, json=False).out.splitlines()
    assert words[0].startswith("  1  Selesai  0 dari 3 menit  Menyambut pengunjung")
    assert books.run("step", "list", 99, json=False).out == ""
    assert books.run("step", "list", 99).out == "null\n"


def test_every_minute_of_a_visit_is_told(books: Books) -> None:
    (first,) = books.run("step", "times", books.visit).rows
    assert (first["owes"], first["step"]) == ("office", 2)
    assert "langkah 2 (petugas)" in books.run("step", "times", books.visit, json=False).out
    assert books.run("step", "times", 99).out == ""


def test_steps_by_hand(books: Books) -> None:
    ticked = books.run("step", "tick", books.visit, 4, officer="nina")
    assert books.step(ticked, 4)["state"] == "in_time"
    waived = books.run("step", "waive", books.visit, 2, "--reason", "Sudah diketahui", officer="nina")
    assert books.step(waived, 2)["reason"] == "Sudah diketahui"
    paused = books.run(
        "step", "pause", books.visit, "--reason", "Mengambil berkas", "--asked-by", "visitor", officer="nina"
    )
    assert books.step(paused, 5)["due_at"] is None
    assert books.run("step", "resume", books.visit, officer="nina").code == 0
    refused = books.run("step", "resume", books.visit, officer="nina")
    assert (refused.code, "sedang berjalan" in refused.err) == (1, True)


def test_a_deviation_from_its_making_to_its_review(books: Books) -> None:
    books.run("step", "missing", books.visit, 2, COMPUTER, officer="nina")
    (found,) = books.run("deviation", "list").rows
    assert (found["kind"], found["item"], found["state"]) == ("equipment", COMPUTER, "terbuka")
    assert [len(books.run("deviation", "list", "--of", each).rows) for each in ("nina", "joko")] == [1, 0]
    number = found["id"]
    for cause, correction in (("Rusak", "-"), ("-", "Diganti"), ("x", "."), ("?", "")):
        empty = books.run("deviation", "explain", number, "--cause", cause, "--correction", correction)
        assert (empty.code, "diisi dengan kata-kata" in empty.err) == (1, True)
    explained = books.run(
        *("deviation", "explain", number, "--cause", "Rusak", "--correction", "Diganti"), officer="nina"
    )
    assert explained.row["responsible"] == "Nina Kartika"
    assert books.run("deviation", "list", "--state", "terbuka").rows == []
    reviewed = books.run("deviation", "review", number, "diterima", officer="kepala")
    assert (reviewed.row["state"], reviewed.row["reviewed_by"]) == ("diterima", "Kepala BPMP")
    assert books.run("deviation", "list").rows == []
    assert len(books.run("deviation", "list", "--visit", books.visit).rows) == 1
    shown = books.run("deviation", "list", "--from", found["day"], json=False).out
    for one_more in (("--state", "dijelaskan"), ("--of", "nina"), ("--visit", 99)):
        assert books.run("deviation", "list", "--from", found["day"], *one_more).rows == [], one_more
    assert len(books.run("deviation", "list", "--from", found["day"], "--visit", books.visit).rows) == 1
    assert books.run("deviation", "list", "--from", "2020-01-01", "--visit", books.visit).rows == []
    assert "--to hanya bersama --from" in books.run("deviation", "list", "--to", found["day"]).err
    what, who = f"Perlengkapan yang kurang: {COMPUTER} (langkah 2)", f"{found['label']}  Nina Kartika"
    day = formats.format_date(date.fromisoformat(found["day"]), "short")
    assert shown == f"{number}  {day}  {what}  {who}  Diterima  Rusak\n"


def test_the_list_says_who_what_how_late_and_when(books: Books) -> None:
    office = open_office(books.desk.path)
    store_of(office).write(lambda tx: tx.run("UPDATE visit SET began_at = began_at - 480000"))
    store_of(office).write(lambda tx: tx.run("UPDATE mark SET at = at - 480000"))
    nina = office.sign_in("nina", PASSWORD)
    office.perform(RecordPurpose(visit_id=books.visit, purpose="informasi"), nina)
    office.perform(EndVisit(visit_id=books.visit, ending=Ending.LEFT), nina)
    office.close()
    line = books.run("deviation", "list", json=False).out
    late = "Lewat waktu: Menanyakan keperluan (langkah 2)"
    assert re.search(rf"{re.escape(late)}  tatap muka pukul \d\d\.\d\d  Nina Kartika  8 menit", line)
    assert "baku 3 menit" in line
    false = books.run("deviation", "false", 1, "--reason", "Latihan", "--alike", officer="kepala", json=False)
    assert false.out.endswith("Keliru  Latihan\n")


def test_a_day_without_a_role_from_the_command_line(books: Books) -> None:
    assert books.run("deviation", "absent").code == 0
    assert books.run("deviation", "without", "reception", officer="nina", json=False).out == (
        "1 penyimpangan dicatat.\n"
    )
    assert "Dinyatakan, Terbuka" in books.run("deviation", "list", json=False).out
    assert books.run("deviation", "without", "security", "--comes", officer="nina").out == "0\n"


def test_what_is_late_is_collected(books: Books) -> None:
    """Received a month ago, the online request is late."""
    office = open_office(books.desk.path)
    begun = office.clock() - 30 * DAY_MS
    bind = "UPDATE visit SET procedure_id = 'kepri-daring', procedure_version = 1, began_at = ?"
    store_of(office).write(lambda tx: tx.run(bind, begun))
    received = Mark(at=begun, event=StepEvent.REQUEST_RECEIVED)
    store_of(office).write(lambda tx: marks.add(tx, books.visit, received, "uji"))
    office.close()
    assert books.run("deviation", "collect").row == {"visits": [1], "made": 1}
    assert books.run("deviation", "collect").row == {"visits": [], "made": 0}


def test_nothing_to_collect(books: Books) -> None:
    assert books.run("deviation", "collect").row == {"visits": [], "made": 0}
    assert books.run("deviation", "collect", json=False).out == "0 penyimpangan baru dicatat.\n"


def test_the_daily_equipment_check(books: Books) -> None:
    checked = books.run("deviation", "equipment", "sumut-telepon", "--broken", "Tag tamu", officer="nina")
    assert [item["works"] for item in checked.row["items"]].count(False) == 1
    assert "Tag tamu" in books.run("deviation", "list", json=False).out
    words = books.run("deviation", "equipment", "sumut-telepon", officer="nina", json=False).out
    assert words == "5 barang diperiksa, 0 rusak.\n"
    strange = books.run("deviation", "equipment", "sumut-telepon", "--broken", "Kuda", officer="nina")
    assert (strange.code, "Kuda" in strange.err) == (1, True)


def test_a_task_handed_over_and_back(books: Books) -> None:
    letter = ("--letter", "12/ST/2026", "--letter-date", "2026-11-20")
    given = books.run(
        *("delegate", "give", "siti", "nina", "--from", FIRST, "--to", LAST), *letter, officer="kepala"
    )
    assert (given.row["delegate"], given.row["last_day"]) == ("Nina Kartika", LAST)
    listed = books.run("delegate", "list", json=False).out
    assert listed.startswith(
        "Nomor: 1 · Yang berhalangan: Siti Rahmawati · Pengganti: Nina Kartika · Bentuk: Surat penugasan"
        " · Nomor surat: 12/ST/2026 · Tanggal surat: 20/11/2026 · Hari pertama: "
    )
    ended = books.run("delegate", "end", given.row["id"], officer="kepala", json=False)
    assert "Selesai: " in ended.out.splitlines()[-1]


def test_word_of_mouth_where_no_procedure_allows_it(books: Books) -> None:
    spoken = ("--oral", "sumut-tatap-muka", "--ordered-by", "Kepala")
    refused = books.run("delegate", "give", "siti", "nina", "--from", FIRST, *spoken, officer="kepala")
    assert (refused.code, "membolehkan pengalihan lisan" in refused.err) == (1, True)


def test_the_report_for_the_head(desk: CommandLine, tmp_path: Path) -> None:
    pdf = tmp_path / "laporan.pdf"
    day = desk.now.date().isoformat()
    assert desk.run("deviation", "report", day, "--pdf", pdf, "--database", desk.path).code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    told = desk.run("deviation", "report", day, "--to", day, "--database", desk.path).out
    assert told.startswith("Laporan Pertanggungjawaban Penyimpangan")


def test_the_report_for_other_programs(books: Books, tmp_path: Path) -> None:
    book, listed = tmp_path / "laporan.xlsx", tmp_path / "laporan.csv"
    day = books.desk.now.date().isoformat()
    made = books.run("deviation", "report", day, "--xlsx", book, "--csv", listed, json=False)
    assert (made.code, made.out) == (0, "")
    assert (first_sheet(book.read_bytes()).rows[0][0], not listed.read_bytes()) == ("No.", False)
