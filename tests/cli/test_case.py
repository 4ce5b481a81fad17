"""Cases from the command line: every verb, its JSON, its words, its paper."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, cheap_hash, choose_password, open_office, sign_in, store_of
from tests.program import CommandResult, answer_of, start
from tests.samples import every_ask
from ult_desktop.cli.case import case as case_group
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.commands import (
    ComeForResult,
    Escalate,
    FollowUp,
    OpenCase,
    RegisterInformationRequest,
    Reschedule,
)
from ult_desktop.core.cases.ppid_year import TellPpidYear
from ult_desktop.core.privacy.commands import OpenAppointment
from ult_desktop.core.queue import commands
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

_PEOPLE = (("bela", Role.BACK_OFFICE), ("bono", Role.BACK_OFFICE), ("hana", Role.HELPDESK))


class CaseCommands:
    """`case` commands on one office file, as admin unless said otherwise."""

    def __init__(self, desk: CommandLine) -> None:
        self.desk = desk
        office = open_office(desk.path)
        siti, admin = sign_in(office), office.sign_in("admin", PASSWORD)
        for login, role in _PEOPLE:
            add = officer_commands.AddOfficer(
                login=login, name=login.title(), roles=(role,), password_hash=cheap_hash()
            )
            office.perform(add, admin)
            choose_password(office, login)
        office.perform(commands.StaffCounter(counter=1), siti)
        office.perform(commands.WalkIn(counter=1, service_id=1), siti)
        office.close()

    def say(self, *words: object, officer: str = "siti") -> CommandResult:
        given = ("case", *words, "--database", self.desk.path)
        return self.desk.run(*given, "--officer", officer)

    def run(self, *words: object, officer: str = "siti") -> list[dict[str, Any]]:
        answer = self.say(*words, "--json", officer=officer)
        assert answer.code == 0, answer.err
        return answer.rows

    def look(self, *words: object) -> CommandResult:
        """Without signing in."""
        answer = self.desk.run("case", *words, "--database", self.desk.path)
        assert answer.code == 0, answer.err
        return answer

    def number(self, kind: str = "ULT") -> str:
        """The first of its kind this year."""
        return f"0001/{kind}/{self.desk.year}"

    def open(self) -> dict[str, Any]:
        return self.run("open", "A001", "Tunjangan belum cair")[0]


@pytest.fixture
def cases(desk: CommandLine) -> CaseCommands:
    return CaseCommands(desk)


def test_a_case_from_its_number_to_its_end(cases: CaseCommands) -> None:
    opened = cases.open()
    assert (opened["number"], opened["detail"], opened["state"]) == (
        cases.number(), "Tunjangan belum cair", "open",
    )  # fmt: skip
    assert opened["opened_at"].endswith(cases.desk.offset)
    number = cases.number().lower()
    (hop,) = cases.run("escalate", number, "Mohon dicek", "--visitor", "fetches", "--due-days", 2)
    assert (hop["to_desk"], hop["state"]) == ("back_office", "sent")
    (item,) = cases.run("inbox", officer="bela")
    assert (item["number"], item["unread"]) == (cases.number(), True)
    cases.run("escalation", "receive", hop["id"], officer="bela")
    cases.run("escalation", "assess", hop["id"], "ya", officer="bela")
    cases.run("escalation", "answer", hop["id"], "Cair Jumat", "--documents", 4, officer="bela")
    cases.run("escalation", "acknowledge", hop["id"])
    cases.run("outcome", number, "dikecualikan", "--ground", "17h")
    (told,) = cases.run("deliver", number, "telepon", "--proof", "0811", "--receipt")
    assert told["receipt"] == cases.number("TT")
    cases.run("close", "1", "--remark", "Lengkap")
    assert cases.look("list", "--json").rows == []
    assert [row["number"] for row in cases.look("list", "--all", "--json").rows] == [cases.number()]
    assert cases.look("list", "0001", "--all", "--overdue", "--json").rows == []


def test_words_for_people(cases: CaseCommands) -> None:
    cases.open()
    assert cases.number() in cases.look("list").out
    assert "Isi permohonan: Tunjangan belum cair" in cases.look("proof", cases.number()).out
    shown = cases.look("show", "1").out
    assert "Jenis: Permohonan dicatat · Petugas: Siti Rahmawati · Teks: Tunjangan belum cair" in shown
    (card,) = cases.look("show", cases.number(), "--json").rows
    assert card["case"]["number"] == cases.number()
    assert "Bela" not in shown


def test_a_complaint_about_an_officer_is_listed_for_who_signs_in_alone(cases: CaseCommands) -> None:
    kind = ("--kind", "pengaduan", "--complaint-class", "pengaduan_biasa")
    opened = cases.run("open", "A001", "Bela meminta uang", *kind, "--about", "bela")[0]
    assert opened["about"] == "Bela"
    assert cases.look("list").out == "Tidak ada.\n"
    assert cases.look("list", "--officer", "siti", "--json").rows[0]["number"] == cases.number()
    shown = cases.look("show", cases.number(), "--officer", "siti").out
    assert "Tentang petugas: Bela" in shown
    assert "Jenis pengaduan: Pengaduan biasa" in shown
    assert cases.say("list", officer="bela").out == "Tidak ada.\n"
    assert cases.say("show", cases.number(), officer="bela").code == 1
    assert cases.say("note", cases.number(), "Tidak benar", officer="bela").code == 1


def test_who_acts_for_another_is_told(cases: CaseCommands, desk: CommandLine) -> None:
    cases.open()
    office = open_office(desk.path)
    store_of(office).write(lambda tx: tx.run("UPDATE case_entry SET for_officer_id = 1 WHERE id = 1"))
    office.close()
    assert "Petugas: Siti Rahmawati atas nama Administrator" in cases.look("show", "1").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "0099/ULT/2026"), "tidak ada"),
        (("show", "99"), "tidak ada"),
        (("receipt", "99"), "tidak ada"),
    ],
)
def test_what_is_not_there(desk: CommandLine, cases: CaseCommands, words: tuple[str, ...], said: str) -> None:
    answer = desk.run("case", *words, "--database", desk.path)
    assert (answer.code, said in answer.err) == (1, True)


def test_who_and_what_are_named_as_people_do(cases: CaseCommands) -> None:
    assert "belum punya kunjungan" in cases.say("open", cases_number(cases), "x").err
    assert "Petugas entah tidak ada" in cases.say("to-helpdesk", "1", "entah").err
    (handed,) = cases.run("to-helpdesk", "1", "hana", "--remark", "Dapodik")
    assert handed["officer"] == "Hana"
    cases.run("helpdesk-received", "A001", officer="hana")
    cases.open()
    (case,) = cases.run("reassign", "1", "hana")
    assert case["owner"] == "Hana"


def cases_number(cases: CaseCommands) -> str:
    """A number that nobody serves yet."""
    answer = cases.desk.queue("issue", "A")
    return str(answer.row["label"])


def test_appointments(cases: CaseCommands) -> None:
    cases.open()
    day = (cases.desk.now + timedelta(days=4)).date().isoformat()
    (made,) = cases.run("appointment", "make", "1", f"{day} 10:00", "Data", "--for-officer", "hana")
    assert made["officer"] == "Hana"
    assert made["at"] == f"{day}T10:00:00{cases.desk.offset}"
    assert [row["id"] for row in cases.look("appointment", "list", "--json").rows] == [made["id"]]
    assert len(cases.look("appointment", "list", day, "--json").rows) == 1
    assert "Janji temu ini untuk" in cases.say("appointment", "check-in", made["code"]).err
    assert f"Kode: {made['code']}" in cases.look("appointment", "slip", made["id"]).out
    assert "belum tiba" in cases.say("appointment", "missed", made["id"]).err
    moved = cases.run("appointment", "move", made["id"], f"{day} 11:00")[0]
    assert (moved["code"], moved["nth"]) == (made["code"], 2)
    cases.run("appointment", "cancel", moved["id"], "Sakit")


def test_half_hours_that_are_free(cases: CaseCommands) -> None:
    first, *_others = cases.look("appointment", "slots", "A", "--for-officer", "hana", "--json").rows
    assert first["free"] == 2
    when, day = first["at"][:16].replace("T", " "), first["at"][:10]
    book = ("appointment", "book", "A", when, "Rini", "Legalisasi", "--phone", "081234567890")
    (made,) = cases.run(*book, "--for-officer", "hana")
    assert (made["name"], made["case_id"], made["at"]) == ("Rini", None, first["at"])
    free = cases.look("appointment", "slots", "A", day, "--json").rows
    assert (free[0]["at"], free[0]["free"]) == (first["at"], 1)
    mine = cases.look("appointment", "slots", "A", day, "--for-officer", "hana", "--json").rows
    assert first["at"] not in [each["at"] for each in mine]
    assert "sudah punya janji temu" in cases.say(*book, "--for-officer", "hana").err
    assert cases.look("appointment", "list", "--json").rows[0]["phone"] == "belum terbuka"
    (opened,) = cases.run("appointment", "open-data", made["id"])
    assert opened["phone"] == "081234567890"
    assert "tidak ada" in cases.say("appointment", "open-data", "99").err


def test_an_information_request_and_its_register(cases: CaseCommands) -> None:
    cases.open()
    (found,) = cases.run(
        *("ppid", "register", "1", "Data mutu", "Skripsi", "--name", "Ani", "--contact", "0811")
    )
    assert found["number"] == cases.number("PPID")
    assert "Nama: Ani" in cases.look("ppid", "proof", found["id"]).out
    cases.run("ppid", "decide", found["id"], "dikabulkan", officer="admin")
    assert "Keputusan: Dikabulkan" in cases.look("ppid", "notice-sheet", found["id"]).out
    year = found["number"][-4:]
    (told,) = cases.run("ppid", "year", year, "--staff", "Dua petugas", officer="admin")
    assert (told["year"], told["staff"], told["budget"]) == (int(year), "Dua petugas", "")
    assert [row["name"] for row in cases.look("ppid", "list", year, "--json").rows] == ["Ani"]
    lines = list(csv.reader(io.StringIO(cases.look("ppid", "list", year, "--csv").out)))
    assert (lines[0][0], lines[1][0], lines[1][2]) == ("No. pendaftaran", cases.number("PPID"), "Ani")


def test_the_answer_bank_and_the_lists(cases: CaseCommands) -> None:
    cases.open()
    (entry,) = cases.run("faq", "add", "Kapan cair?", "Jumat", "--service", "A", officer="bela")
    assert entry["service_id"] == 1
    assert [row["answer"] for row in cases.look("faq", "search", "cai", "--json").rows] == ["Jumat"]
    assert cases.run("faq", "use", "1", entry["id"])[0]["answer"] == "Jumat"
    assert len(cases.look("lists", "grounds", "--json").rows) == 10
    changed = cases.run("lists", "complaint-days", "pengaduan_biasa", "Pengaduan biasa", 1, officer="admin")
    assert [row["days"] for row in changed] == [1, 2, 14, 60]
    assert len(cases.look("lists", "complaints").out.splitlines()) == 4


def test_paper(cases: CaseCommands, tmp_path: Path) -> None:
    cases.open()
    (hop,) = cases.run("escalate", "1", "Mohon dicek")
    pdf = tmp_path / "disposisi.pdf"
    printer = VirtualPrinter()
    cases.look("escalation", "sheet", hop["id"], "--pdf", pdf, "--printer", printer.address)
    assert pdf.read_bytes().startswith(b"%PDF")
    (paper,) = printer.wait_for_papers(1)
    assert "Mohon dicek" in paper.text
    printer.close()
    cases.run("escalation", "answer", hop["id"], "Ya", officer="bela")
    (told,) = cases.run("deliver", "1", "langsung")
    assert "Jawaban: Ya" in cases.look("receipt", told["id"]).out


def test_paper_that_does_not_come(desk: CommandLine, cases: CaseCommands, tmp_path: Path) -> None:
    cases.open()
    (hop,) = cases.run("escalate", "1", "Mohon dicek")
    words = ("case", "escalation", "sheet", hop["id"], "--database", desk.path)
    unwritten = desk.run(*words, "--pdf", tmp_path / "tidak-ada" / "x.pdf")
    assert (unwritten.code, "tidak dapat ditulis" in unwritten.err) == (1, True)
    unprinted = desk.run(*words, "--printer", "tcp://127.0.0.1:9")
    assert (unprinted.code, "Belum tercetak" in unprinted.err) == (1, True)


def test_a_printer_that_goes_in_the_middle_leaves_the_file(
    desk: CommandLine, cases: CaseCommands, tmp_path: Path
) -> None:
    """Over a real socket: the sheet is on the disk, and the words say what became of the paper."""
    cases.open()
    (hop,) = cases.run("escalate", "1", "Mohon dicek")
    pdf, printer = tmp_path / "disposisi.pdf", VirtualPrinter()
    words = ("case", "escalation", "sheet", hop["id"], "--database", desk.path, "--pdf", pdf)
    printer.paper_out()
    without = desk.run(*words, "--printer", printer.address)
    assert (without.code, "Belum tercetak: Kertas printer habis" in without.err) == (1, True), without.err
    assert pdf.read_bytes().endswith(b"%%EOF\n")
    printer.restore()
    printer.vanish(200)
    gone = desk.run(*words, "--printer", printer.address)
    assert (gone.code, gone.err) == (0, "Terkirim ke printer. Lihat kertasnya.\n")
    assert pdf.read_bytes().endswith(b"%%EOF\n")
    assert list(tmp_path.glob("*.part")) == []
    printer.close()


def test_paper_of_a_printer_that_never_answers(
    desk: CommandLine, cases: CaseCommands, tmp_path: Path
) -> None:
    """A queue of Windows or CUPS, or a device file, takes it and says no more."""
    cases.open()
    (hop,) = cases.run("escalate", "1", "Mohon dicek")
    (device := tmp_path / "lp0").touch()
    words = ("case", "escalation", "sheet", hop["id"], "--database", desk.path)
    sent = desk.run(*words, "--printer", device.as_uri())
    assert (sent.code, sent.err) == (0, "Terkirim ke printer. Lihat kertasnya.\n")
    assert b"Mohon dicek" in device.read_bytes()


@pytest.mark.slow
def test_two_back_office_officers_answer_at_once(desk: CommandLine, cases: CaseCommands) -> None:
    """Two programs on one file: one answer stands, the other officer is told whose it is."""
    cases.open()
    (hop,) = cases.run("escalate", "1", "Mohon dicek")
    words = ("case", "escalation", "answer", hop["id"])
    both = [
        start(*words, f"Dari {who}", "--database", desk.path, "--officer", who, ULT_PASSWORD=PASSWORD)
        for who in ("bela", "bono")
    ]
    answers = [answer_of(process) for process in both]
    assert sorted(answer.code for answer in answers) == [0, 1]
    (loser,) = [answer for answer in answers if answer.code]
    (row,) = cases.look("show", "1", "--json").rows
    winner = row["escalations"][0]["answered_by"]
    assert f"sudah dijawab oleh {winner}" in loser.err
    assert row["case"]["answer"] == f"Dari {winner.lower()}"


LOOKING = {
    "inbox",
    "receipt",
    "proof",
    "list",
    "file",
    "slip",
    "sheet",
    "notice-sheet",
}  # as somebody, and nothing changes


def commands_of(group: click.Group) -> Iterator[click.Command]:
    """Each is made when it is asked for."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands_of(command)
        else:
            yield command


def test_every_operation_on_cases_has_its_command() -> None:
    """There are as many commands that act as there are asks; the rest look."""
    every_one = list(commands_of(case_group))
    acting = [
        command
        for command in every_one
        if any(option.name == "by_login" for option in command.params) and command.name not in LOOKING
    ]
    elsewhere = (OpenAppointment, TellPpidYear)
    of_visits: tuple[type, ...] = (FollowUp, ComeForResult)  # asked for where a visitor is received
    homes = {kind.__module__ for kind in (OpenCase, Escalate, Reschedule, RegisterInformationRequest)}
    every = [kind for kind in every_ask() if kind.__module__ in homes or kind in elsewhere]
    assert len(acting) == len(set(every) - set(of_visits))
    assert len(every_one) > len(acting)


def test_a_day_off_in_a_file_names_the_deadlines_that_move(cases: CaseCommands, tmp_path: Path) -> None:
    ends = datetime.fromisoformat(cases.open()["due_at"])
    day = (ends - timedelta(minutes=1)).date()  # midnight ends the day before
    file, there = tmp_path / "kantor.toml", ("--database", cases.desk.path)
    assert cases.desk.run("office", "export", file, *there).code == 0
    text = file.read_text(encoding="utf-8")
    file.write_text(f'{text}\n[[closures]]\ndate = {day}\nreason = "Cuti bersama"\n', encoding="utf-8")
    answer = cases.desk.run("office", "apply", file, *there, typed="y\n")
    assert answer.code == 0, answer.err
    assert "Tenggat yang berubah:\n0001/ULT/" in answer.out
    (row,) = cases.look("list", "--json").rows
    assert datetime.fromisoformat(row["due_at"]) > ends
