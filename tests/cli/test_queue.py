"""The queue from the command line: every verb, its JSON, its refusals."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD, open_office, sign_in
from tests.program import PATIENCE_S
from ult_desktop.base.paths import journal_path
from ult_desktop.core.offline import NoteCall
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.operations.offline import manual_calls

PROMISED = (
    "label", "series", "number", "service", "state", "counter", "priority", "ahead", "issued_at", "called_at",
)  # fmt: skip


@pytest.fixture
def printer(unhurried_printer: None) -> Iterator[VirtualPrinter]:
    device = VirtualPrinter()
    yield device
    device.close()


def test_a_number(desk: CommandLine) -> None:
    row = desk.take()
    assert [name for name in PROMISED if name not in row] == []
    known = {
        name: row[name] for name in ("label", "series", "number", "state", "counter", "priority", "ahead")
    }
    assert known == {
        "label": "A001", "series": "A", "number": 1, "state": "waiting",
        "counter": None, "priority": None, "ahead": 0,
    }  # fmt: skip
    assert datetime.fromisoformat(row["issued_at"]).utcoffset() is not None
    assert row["called_at"] is None


@pytest.mark.parametrize("name", ["b", "TUNJANGAN PROFESI", "Teacher Allowance"])
def test_a_service_is_named_by_prefix_or_name(desk: CommandLine, name: str) -> None:
    assert desk.take(name)["series"] == "B"


def test_a_priority_number_has_its_own_series(desk: CommandLine) -> None:
    """Its ground is sealed: without somebody's keys the command line cannot tell it."""
    row = desk.take("A", "--priority", "lansia")
    assert (row["label"], row["priority"]) == ("P001", "prioritas")


def test_many_numbers_are_many_lines(desk: CommandLine) -> None:
    answer = desk.queue("issue", "A", "--count", 5)
    assert [row["label"] for row in answer.rows] == [f"A00{n}" for n in range(1, 6)]
    assert [row["ahead"] for row in answer.rows] == [0, 1, 2, 3, 4]


def test_words_for_people(desk: CommandLine) -> None:
    answer = desk.run("queue", "issue", "A", "--database", desk.path)
    assert answer.out == "A001  Informasi & Konsultasi  menunggu\n"
    called = desk.run(
        "queue", "call", "--counter", 2, "--officer", "budi", "--database", desk.path, ULT_DATABASE=None
    )
    assert called.out == "A001  Informasi & Konsultasi  dipanggil  loket 2\n"


def test_a_whole_visit(desk: CommandLine) -> None:
    desk.take()
    who = ("--counter", 1, "--officer", "siti")
    called = desk.call()
    assert (called["state"], called["counter"], called["calls"], called["ahead"]) == ("called", 1, 1, None)
    assert datetime.fromisoformat(called["called_at"]) >= datetime.fromisoformat(called["issued_at"])
    assert desk.queue("recall", *who).row["calls"] == 2
    assert desk.queue("recall", *who, "--by-mouth").row["calls"] == 3
    assert desk.queue("arrive", *who).row["state"] == "serving"
    assert desk.queue("finish", *who).row["state"] == "done"
    assert desk.queue("undo", *who, "--ticket", "A001").row["state"] == "serving"
    done = desk.queue("finish", *who).row
    assert done["arrived_at"] <= done["finished_at"]
    verdict = desk.run("verify", desk.path, "--json").row
    assert (verdict["ok"], verdict["tickets"]) == (True, 1)


def test_who_did_not_come_comes_back(desk: CommandLine) -> None:
    desk.take()
    desk.call()
    missed = desk.queue("no-show", "--counter", 1, "--officer", "siti").row
    assert missed["state"] == "no_show"
    assert desk.queue("return", "a1", "--officer", "siti").row["state"] == "waiting"


def test_held_and_resumed(desk: CommandLine) -> None:
    code = desk.take()["code"]
    assert (
        desk.queue("hold", "A001", "--officer", "siti", "--reason", "mengambil berkas").row["state"] == "held"
    )
    assert desk.queue("resume", code, "--officer", "siti").row["state"] == "waiting"


def test_cancelled(desk: CommandLine) -> None:
    desk.take()
    assert desk.queue("cancel", "A001", "--officer", "siti", "--reason", "pulang").row["state"] == "cancelled"
    again = desk.queue("cancel", "A001", "--officer", "siti")
    assert (again.code, again.out) == (1, "")
    assert "A001 tidak dapat dibatalkan" in again.err


def test_a_certain_number_is_called_out_of_order(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 3)
    assert desk.call("A003")["label"] == "A003"
    assert desk.call("A002", "--by-mouth", counter=2)["counter"] == 2


@pytest.fixture
def served(desk: CommandLine) -> CommandLine:
    """A001 is served at counter 1, and Budi sits at counter 2."""
    desk.take()
    desk.call()
    desk.queue("arrive", "--counter", 1, "--officer", "siti")
    assert desk.queue("call", "--counter", 2, "--officer", "budi").code == 1
    return desk


def test_transferred_to_a_service(served: CommandLine) -> None:
    words = ("--to-service", "Dapodik", "--remark", "mohon dibantu")
    row = served.queue("transfer", "--counter", 1, "--officer", "siti", *words).row
    assert (row["label"], row["state"], row["service"]) == ("A001", "waiting", "Dapodik")
    assert (row["target_counter"], row["remark"]) == (None, "mohon dibantu")


def test_finished_with_an_outcome(served: CommandLine) -> None:
    words = ("finish", "--counter", 1, "--officer", "siti", "--outcome")
    wrong = served.queue(*words, "Senang")
    assert (wrong.code, "Yang ada: Informasi diberikan, " in wrong.err) == (1, True)
    assert served.queue(*words, "Berkas diserahkan").row["outcome"] == "Berkas diserahkan"


def test_transferred_to_an_officer(served: CommandLine) -> None:
    words = ("transfer", "--counter", 1, "--officer", "siti", "--to-officer")
    absent = served.queue(*words, "nina")
    assert (absent.code, "Nina Kartika tidak sedang di loket" in absent.err) == (1, True)
    assert "Budi Santoso (loket 2)" in absent.err
    row = served.queue(*words, "budi").row
    assert (row["target_officer"], row["target_counter"]) == ("Budi Santoso", None)
    told = served.run("queue", "list", "--database", served.path).out
    assert "menunggu  untuk Budi Santoso" in told


def test_transferred_to_a_counter_and_sent_back(served: CommandLine) -> None:
    row = served.queue("transfer", "--counter", 1, "--officer", "siti", "--to-counter", 2).row
    assert row["target_counter"] == 2
    for step in ("call", "arrive"):
        assert served.queue(step, "--counter", 2, "--officer", "budi").row["counter"] == 2
    row = served.queue("transfer", "--counter", 2, "--officer", "budi", "--back").row
    assert row["target_counter"] == 1


def test_a_visitor_without_a_number(desk: CommandLine) -> None:
    row = desk.queue("walk-in", "B", "--counter", 1, "--officer", "siti").row
    assert (row["state"], row["series"]) == ("serving", "B")


def test_the_list(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 2)
    desk.call()
    assert {row["label"]: row["state"] for row in desk.queue("list").rows} == {
        "A001": "called",
        "A002": "waiting",
    }
    assert [row["label"] for row in desk.queue("list", "--state", "waiting").rows] == ["A002"]


def test_the_board(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 2)
    desk.call()
    rows = desk.queue("board").rows
    counters = {row["counter"]: row for row in rows if "counter" in row}
    assert counters[1]["label"] == "A001"
    assert (counters[1]["officer"], counters[1]["ticket_state"]) == ("Siti Rahmawati", "called")
    assert counters[2]["label"] is None
    waiting = {row["prefix"]: row["waiting"] for row in rows if "prefix" in row}
    assert waiting["A"] == 1
    words = desk.run("queue", "board", "--database", desk.path).out
    assert [line.split()[:3] for line in words.splitlines()[:2]] == [
        ["Loket", "1", "buka"],
        ["Loket", "2", "tutup"],
    ]
    assert "Siti Rahmawati" in words
    assert "1 antrean" in words


def test_the_day_is_closed(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 3)
    assert desk.queue("close-day", "--yes", "--officer", "siti").row == {"closed": 3}
    words = desk.run("queue", "close-day", "--yes", "--officer", "siti", "--database", desk.path)
    assert words.out == "0 nomor ditutup.\n"
    assert {row["state"] for row in desk.queue("list").rows} == {"cancelled"}


def test_closing_the_day_says_what_it_closes_and_asks(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 2)
    desk.call()
    said = ("queue", "close-day", "--officer", "siti", "--database", desk.path)
    nobody = desk.run(*said)
    assert (nobody.code, "Ulangi dengan --yes" in nobody.err) == (1, True)
    no = desk.run(*said, typed="n\n")
    assert no.code == 1
    assert "Masih terbuka: 1 menunggu, 1 dipanggil." in no.err
    assert sorted(row["state"] for row in desk.queue("list").rows) == ["called", "waiting"]
    assert desk.run(*said, typed="y\n").out == "2 nomor ditutup.\n"
    told = desk.run("queue", "closing", "--database", desk.path).out
    assert "ditutup petugas\nkembali: A001, A002\n" in told
    assert desk.run("queue", "take-back-day", "--database", desk.path).out == "2 nomor kembali.\n"
    assert sorted(row["state"] for row in desk.queue("list").rows) == ["called", "waiting"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("issue", "Q"), "Tidak ada layanan “Q”"),
        (("issue", ""), "Tidak ada layanan “”"),
        (("call", "--counter", "1", "--officer", "siti"), "Tidak ada yang menunggu"),
        (("call", "A009", "--counter", "1", "--officer", "siti"), "Nomor “A009” tidak ditemukan"),
        (
            ("call", "--counter", "77", "--officer", "siti"),
            "Loket 77 tidak ada.\nTidak ada yang berubah.\nYang ada: 1, 2",
        ),
        (("finish", "--counter", "1", "--officer", "siti"), "Tidak ada pengunjung di loket 1"),
        (("call", "--counter", "1", "--officer", "hantu"), "sandi"),
        (("close-day", "--yes", "--officer", "joko"), "tidak berwenang"),
    ],
)
def test_refusals_are_words_on_standard_error(desk: CommandLine, words: tuple[str, ...], said: str) -> None:
    answer = desk.queue(*words)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_a_printer_that_cannot_be_is_a_wrong_setting(desk: CommandLine) -> None:
    answer = desk.queue("issue", "A", "--printer", "gopher://x")
    assert (answer.code, answer.out) == (2, "")
    assert "gopher" in answer.err


@pytest.mark.parametrize(
    "words",
    [
        ("issue",), ("issue", "A", "--count", "0"), ("issue", "A", "--count", "banyak"),
        ("issue", "A", "--priority", "vip"), ("call",), ("call", "--counter", "satu"),
        ("list", "--state", "lost"), ("juggle",),
    ],
)  # fmt: skip
def test_bad_usage(desk: CommandLine, words: tuple[str, ...]) -> None:
    assert desk.queue(*words).code == 2


def test_without_a_database(desk: CommandLine) -> None:
    answer = desk.run("queue", "list")
    assert answer.code == 2
    assert "--database" in answer.err
    assert desk.run("queue", "list", ULT_DATABASE=str(desk.path)).code == 0


def test_an_office_that_is_not_there(desk: CommandLine, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere.db"
    answer = desk.run("queue", "issue", "A", "--database", missing)
    assert answer.code == 1
    assert "nowhere.db tidak ditemukan" in answer.err
    assert not missing.exists()


def test_a_wrong_password(desk: CommandLine) -> None:
    answer = desk.queue("call", "--counter", 1, "--officer", "siti", password="salah")
    assert answer.code == 1
    assert "sandi" in answer.err


def test_the_password_is_asked_for_on_the_terminal(desk: CommandLine) -> None:
    desk.take()
    words = ("queue", "call", "--counter", 1, "--officer", "siti", "--database", desk.path, "--json")
    answer = desk.run(*words, typed="rahasia-kita\n", ULT_PASSWORD=None)
    assert answer.row["label"] == "A001"
    assert "Kata sandi" in answer.err
    assert "rahasia" not in answer.err + answer.out
    nothing = desk.run(*words, ULT_PASSWORD=None)
    assert nothing.code == 1


def test_the_officer_comes_from_the_environment(desk: CommandLine) -> None:
    desk.take()
    words = ("queue", "call", "--counter", 1, "--database", desk.path, "--json")
    row = desk.run(*words, ULT_OFFICER="siti").row
    assert row["state"] == "called"
    assert next(r for r in desk.queue("board").rows if r.get("counter") == 1)["officer"] == "Siti Rahmawati"


def paper_of(desk: CommandLine, label: str) -> str:
    office = open_office(desk.path)
    ticket = office.find_ticket(label)
    office.close()
    assert ticket is not None
    return ticket.paper.value


def test_a_number_on_paper(desk: CommandLine, printer: VirtualPrinter) -> None:
    answer = desk.queue("issue", "A", "--count", 2, "--printer", printer.address)
    first, second = printer.wait_for_papers(2)
    assert "A001" in first.text
    assert "Menunggu di depan Anda: 0" in first.text
    assert "A002" in second.text
    assert answer.rows[0]["code"] in first.text
    assert (answer.err, printer.refused) == ("", [])
    assert [paper_of(desk, label) for label in ("A001", "A002")] == ["printed", "printed"]


def test_without_a_printer_no_paper_is_promised(desk: CommandLine) -> None:
    desk.take()
    assert paper_of(desk, "A001") == "none"


def test_a_printer_that_is_out_of_paper(desk: CommandLine, printer: VirtualPrinter) -> None:
    printer.paper_out()
    answer = desk.queue("issue", "A", "--printer", printer.address)
    assert answer.row["label"] == "A001"
    assert "A001: Kertas printer habis" in answer.err
    assert paper_of(desk, "A001") == "failed"


def test_a_printer_that_vanished_does_not_undo_the_number(desk: CommandLine, printer: VirtualPrinter) -> None:
    printer.vanish()
    answer = desk.queue("issue", "A", "--printer", printer.address)
    assert answer.row["state"] == "waiting"
    assert "A001: Printer mati" in answer.err
    assert paper_of(desk, "A001") == "failed"


def test_all_kiosks_are_paused_and_opened_again(desk: CommandLine) -> None:
    words = ("queue", "pause-kiosks", "--database", desk.path, "--officer", "siti")
    paused = desk.run(*words, "--reason", "rapat")
    assert (paused.code, paused.out) == (0, "Kios dijeda: rapat\n")
    opened = desk.run(*words)
    assert (opened.code, opened.out) == (0, "Kios dibuka.\n")


def test_a_counter_is_paused_opened_and_left(desk: CommandLine) -> None:
    desk.take()
    desk.call()
    desk.queue("no-show", "--counter", 1, "--officer", "siti")
    assert desk.queue("state", 1, "paused", "--reason", "Salat", "--officer", "siti").row["state"] == "paused"
    assert desk.queue("state", 1, "open", "--officer", "siti").row["state"] == "open"
    assert desk.queue("leave", 1, "--officer", "siti").row["state"] == "closed"


def test_a_call_by_mouth_noted_afterwards(desk: CommandLine) -> None:
    label = desk.take()["label"]
    desk.call(label)
    desk.queue("no-show", "--counter", 1, "--officer", "siti")
    times = ("--called", "00:00", "--from", "00.00", "--to", "00:00")
    served = desk.queue("note", label.lower(), "--counter", 1, *times, "--officer", "siti").row
    assert (served["label"], served["state"]) == (label, "done")
    other = desk.take()["label"]
    missed = desk.queue("note", other, "--counter", 1, "--called", "00:00", "--officer", "siti").row
    assert missed["state"] == "no_show"
    again = desk.queue("note", label, "--counter", 1, "--called", "00:00", "--officer", "siti")
    assert again.code == 1
    assert "tidak digabung" in again.err


def test_what_a_counter_noted_while_cut_off(desk: CommandLine) -> None:
    office = open_office(desk.path)
    uid, now, actor = office.uid, office.clock(), sign_in(office, 1)
    office.close()
    assert desk.queue("notes").rows == []
    with closing(OfflineJournal(journal_path("loket-1"))) as book:
        first, second = (
            manual_calls.store_note(NoteCall(counter=1, label=label, called_at=now), actor, uid, now, book)
            for label in ("A001", "A002")
        )
        assert first.command.label == "A001"
        book.close_entry(second.request, "refused", "Sudah dipanggil.")
    rows = desk.queue("notes", "--station", "loket-1", "--read").rows
    assert [(row["label"], row["state"], row["why"]) for row in rows] == [
        ("A001", "waiting", ""),
        ("A002", "refused", "Sudah dipanggil."),
    ]
    left = desk.run("queue", "notes", "--station", "loket-1", "--database", desk.path)
    assert left.out.startswith("A001")
    assert left.out.rstrip().endswith("menunggu digabung")


def test_an_end_says_what_it_left_in_the_register(desk: CommandLine) -> None:
    """A script is told with the answer; an officer who gives the reason leaves nothing open."""
    at = ("--counter", 1, "--officer", "siti")
    labels = [desk.take()["label"] for _each in range(3)]
    desk.call()
    desk.queue("arrive", *at)
    left = desk.queue("finish", *at)
    assert left.row["label"] == labels[0]
    assert any("buku tamu" in each.lower() for each in left.row["deviations"])
    desk.call()
    desk.queue("arrive", *at)
    told = desk.run("queue", "finish", *at, "--database", desk.path)
    assert told.out.startswith(labels[1])
    assert (told.code, told.err.startswith("Penyimpangan tanpa alasan: Tanpa buku tamu")) == (0, True)
    desk.call()
    desk.queue("arrive", *at)
    explained = desk.queue("finish", *at, "--reason", "Antrean sedang ramai")
    assert "deviations" not in explained.row
    visit = desk.run("visit", "welcome", "--officer", "joko", "--database", desk.path, "--json").row["id"]
    desk.run("visit", "purpose", visit, "informasi", "--officer", "nina", "--database", desk.path)
    words = ("visit", "end", visit, "--officer", "nina", "--database", desk.path)
    ended = desk.run(*words, "--json")
    assert any("buku tamu" in each.lower() for each in ended.row["deviations"]), "it takes no reason"


@pytest.mark.slow
@pytest.mark.posix_only("serial line")
def test_at_a_terminal_the_reason_is_asked_for_before_the_end(desk: CommandLine) -> None:
    label = desk.take()["label"]
    at = ("--counter", 1, "--officer", "siti", "--database", desk.path)
    desk.call()
    desk.run("queue", "arrive", *at)
    ours, terminal = os.openpty()
    words = [sys.executable, "-m", "ult_desktop", "queue", "finish", *map(str, at)]
    ending = subprocess.Popen(
        words, stdin=terminal, stdout=terminal, stderr=terminal, env={**os.environ, "ULT_PASSWORD": PASSWORD}
    )
    os.close(terminal)
    os.write(ours, b"2\n")
    shown = b""
    with suppress(OSError):  # what a terminal says that nobody writes to any more
        while some := os.read(ours, 4096):
            shown += some
    os.close(ours)
    assert ending.wait(PATIENCE_S) == 0
    said = shown.decode()
    assert said.index("Akan tercatat sebagai penyimpangan") < said.index("  2  ") < said.index(f"{label}  ")
    found = desk.run("deviation", "list", "--database", desk.path, "--json").rows
    assert {each["state"] for each in found} == {"dijelaskan"}
