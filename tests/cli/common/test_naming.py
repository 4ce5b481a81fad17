"""Each thing is asked for by the number that people use: on a ticket, a case, a register, a device."""

import pytest

from tests.cli.conftest import CommandLine
from tests.cli.test_case import CaseCommands
from tests.program import CommandResult

TOO_LONG = "1" * 20


def say(desk: CommandLine, *words: object) -> CommandResult:
    answer = desk.run(*words, "--database", desk.path, "--json")
    assert answer.code == 0, answer.err
    return answer


@pytest.fixture
def cases(desk: CommandLine) -> CaseCommands:
    """A001 is at counter 1."""
    return CaseCommands(desk)


def test_what_a_guest_has_goes_by_the_queue_number(desk: CommandLine, cases: CaseCommands) -> None:
    visit = say(desk, "visit", "show", "a001").row["visit"]["id"]
    assert say(desk, "step", "list", "A001").row["visit"] == visit
    assert say(desk, "visit", "guest", "A001", "Dedi").row["id"] == visit
    held = say(desk, "visit", "lend-card", "A001", "--held", "--place", "laci").row
    badge = say(desk, "visit", "badge", "A001", "07").row
    assert say(desk, "visit", "return-card", "A001").row["id"] == held["id"]
    assert say(desk, "visit", "return-badge", "A001").row["id"] == badge["id"]
    say(desk, "care", "declare", "A001", "lansia")
    say(desk, "care", "call-security", "A001")
    assert say(desk, "care", "acknowledge", "A001").row["visit_id"] == visit
    say(desk, "care", "escort", "A001", "in")
    assert say(desk, "care", "escort-done", "A001").row["ended_at"]
    say(desk, "care", "add-device", "Kursi roda", "Kursi roda 2")
    say(desk, "care", "lend", "kursi roda 2", "A001")
    assert say(desk, "care", "return", "A001").row["loan_id"] is None
    assert say(desk, "care", "device-condition", "Kursi roda 2", "broken").row["condition"] == "broken"
    assert say(desk, "deviation", "list", "--visit", "A001").rows == []
    assert say(desk, "retention", "erased", "A001").rows == []


def test_a_visit_goes_by_the_number_of_a_case_of_it(desk: CommandLine, cases: CaseCommands) -> None:
    here = say(desk, "visit", "show", "A001").row["visit"]["id"]
    first = cases.open()["number"]
    further = cases.run("open", "A001", "Hal lain", "--another")[0]["number"]
    for number in (first, further.lower()):
        assert say(desk, "visit", "show", number).row["visit"]["id"] == here
    asked = say(desk, "online", "add", "--name", "Budi", "--detail", "Kapan?", "--email", "b@dinas.go.id").row
    assert "Kunjungan" not in desk.run("online", "show", asked["number"], "--database", desk.path).out
    say(desk, "online", "take", asked["number"])
    say(desk, "online", "reply", asked["number"], "--answer", "Besok")
    for number in (asked["number"], asked["case_number"]):
        assert say(desk, "visit", "show", number).row["visit"]["id"] == asked["visit_id"]
    say(desk, "survey", "confirm", "--visit", asked["number"])
    states = [step["state"] for step in say(desk, "step", "list", asked["number"]).row["steps"]]
    assert states[-1] == "in_time"


def test_what_a_case_does_not_have_is_told_of_it(cases: CaseCommands) -> None:
    case = cases.open()["number"]
    untold = cases.say("receipt", case)
    assert (untold.code, f"Jawaban permohonan {case} belum disampaikan." in untold.err) == (1, True)
    here = cases.say("escalation", "receive", case)
    assert (here.code, f"Permohonan {case} belum diteruskan ke meja lain." in here.err) == (1, True)


def test_what_a_case_has_goes_by_its_number(desk: CommandLine, cases: CaseCommands) -> None:
    case = cases.open()["number"]
    passed_on = cases.run("escalate", case, "Mohon telaah")[0]
    assert cases.run("escalation", "receive", case.lower(), officer="bela")[0]["id"] == passed_on["id"]
    cases.run("escalation", "answer", case, "Sudah cair", officer="bela")
    assert cases.run("escalation", "acknowledge", case)[0]["id"] == passed_on["id"]
    cases.run("outcome", case, "tersedia")
    told = cases.run("deliver", case, "langsung", "--receipt")[0]
    assert told["receipt"] in cases.look("receipt", case).out
    call = say(desk, "phone", "start").row["call"]
    said = ("--name", "Rahmat", "--phone", "081234567890", "--question", "Kapan cair?")
    number = say(desk, "phone", "record", call, *said).row["case_number"]
    assert say(desk, "phone", "greet", number).row["call"] == call


def test_registers_go_by_their_numbers(desk: CommandLine, cases: CaseCommands) -> None:
    case = cases.open()["number"]
    made = cases.run(
        "ppid",
        "register",
        case,
        "Data mutu",
        "Skripsi",
        "--name",
        "Ani",
        "--contact",
        "0811",
        officer="admin",
    )[0]
    for number in (case, made["number"], made["id"]):
        assert made["number"] in cases.look("ppid", "proof", number).out
    decided = cases.run("ppid", "decide", made["number"], "ditolak", "--ground", "17h", officer="admin")[0]
    assert decided["id"] == made["id"]
    filed = cases.run("ppid", "object", case, "tidak_ditanggapi", "Belum ditanggapi", officer="admin")[0]
    for number in (filed["number"], made["number"]):
        assert cases.say("ppid", "answer-objection", number, "Sudah").code in (0, 1)
    subject = say(desk, "subject", "register", "akses", "Ani").row["request"]
    assert say(desk, "subject", "show", subject["number"]).row["request"]["id"] == subject["id"]
    breach = say(desk, "breach", "record", "Hilang", "Semalam", "Nama").row
    assert say(desk, "breach", "describe", breach["number"], "--persons", 3).row["persons"] == 3


def test_a_request_from_afar_goes_by_either_number(desk: CommandLine, cases: CaseCommands) -> None:
    asked = say(desk, "online", "add", "--name", "Dedi", "--detail", "Mohon", "--email", "d@dinas.go.id").row
    for number in (asked["number"], asked["case_number"]):
        assert cases.look("show", number, "--json").rows[0]["case"]["id"] == asked["case_id"]
        assert say(desk, "online", "show", number).row["id"] == asked["id"]


@pytest.mark.parametrize(
    "words",
    [
        ("case", "show", TOO_LONG),
        ("case", "escalation", "sheet", TOO_LONG),
        ("case", "receipt", TOO_LONG),
        ("case", "ppid", "proof", TOO_LONG),
        ("case", "ppid", "dispute", TOO_LONG, "Sengketa"),
        ("case", "appointment", "slip", "TIDAKADA"),
        ("phone", "greet", TOO_LONG),
        ("step", "list", TOO_LONG),
        ("visit", "show", "Z999"),
        ("visit", "return-card", TOO_LONG),
        ("care", "return", "Kursi"),
        ("care", "acknowledge", TOO_LONG),
        ("subject", "show", TOO_LONG),
        ("breach", "letter", "0009/X/2026", "subjek"),
        ("retention", "erased", TOO_LONG),
    ],
)
def test_a_number_that_is_not_there_is_refused_in_words(desk: CommandLine, words: tuple[str, ...]) -> None:
    refused = desk.run(*words, "--database", desk.path)
    assert (refused.code, refused.out) == (1, "")
    assert "tidak" in refused.err
