"""`phone`: calls and call-backs from the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.office import make_office
from tests.program import CommandResult


@pytest.fixture
def desk(tmp_path: Path, own_home: Path) -> CommandLine:
    """An office that runs POS Sumut telepon."""
    return CommandLine(make_office(tmp_path, "bpmp-sumut"))


def run(desk: CommandLine, command: str, *words: object) -> CommandResult:
    return desk.run("phone", command, *words, "--database", desk.path)


def done(desk: CommandLine, command: str, *words: object) -> dict[str, Any]:
    return desk.run("phone", command, *words, "--database", desk.path, "--json").row


@pytest.fixture
def call(desk: CommandLine) -> int:
    started = done(desk, "start")
    assert started["state"] == "talking"
    assert "dengan petugas Administrator" in started["opening"]
    assert started["closing"].startswith("Terima kasih")
    return int(started["call"])


def record(desk: CommandLine, call: int) -> dict[str, Any]:
    fields = (
        "--name",
        "Rahmat",
        "--institution",
        "SMPN 3",
        "--regency",
        "Kota Binjai",
        "--phone",
        "0811555012",
    )
    return done(desk, "record", call, *fields, "--supporting", "NUPTK", "--question", "Kapan dibayarkan?")


def test_answered_at_once(desk: CommandLine, call: int) -> None:
    assert done(desk, "greet", call)["call"] == call
    assert record(desk, call)["question"] == "Kapan dibayarkan?"
    assert done(desk, "answer", call, "--answer", "15 Desember")["told_at"]
    assert done(desk, "close", call)["state"] == "ended"
    assert [row["call"] for row in desk.run("phone", "list", "--database", desk.path, "--json").rows] == [
        call
    ]


def test_put_through_promised_and_called_back(desk: CommandLine, call: int) -> None:
    record(desk, call)
    assert done(desk, "forward", call, "--live", "--instruction", "Tolong")["state"] == "transferred"
    assert done(desk, "take", call)["state"] == "talking"
    promised = done(desk, "promise", call, "--promised", "2099-11-24 10.00")
    assert promised["promised_at"] == f"2099-11-24T10:00:00{desk.offset}"
    plain = run(desk, "callbacks").out
    assert "Rahmat" in plain
    assert f"Dijanjikan: 24/11/2099 10.00 {desk.now.tzname()}" in plain
    assert done(desk, "attempt", call)["attempts"] == 1
    assert done(desk, "attempt", call, "--result", "tidak_diangkat")["last_result"] == "tidak_diangkat"
    done(desk, "attempt", call)
    assert done(desk, "tell", call, "--answer", "15 Desember")["answer"] == "15 Desember"
    assert "selesai" in run(desk, "close", call).out
    assert run(desk, "callbacks").out == "Tidak ada.\n"


def test_a_time_alone_is_promised_for_today(desk: CommandLine, call: int) -> None:
    record(desk, call)
    done(desk, "forward", call, "--live", "--instruction", "Tolong")
    done(desk, "take", call)
    today = desk.now
    promised = done(desk, "promise", call, "--promised", "23:59")
    assert promised["promised_at"] == f"{today:%Y-%m-%d}T23:59:00{desk.offset}"
    past = run(desk, "promise", call, "--promised", "00.00")
    assert (past.code, "Waktu yang dijanjikan sudah lewat." in past.err) == (1, True)


def test_a_lost_call(desk: CommandLine, call: int) -> None:
    assert done(desk, "close", call, "--lost", "--remark", "Putus")["state"] == "lost"


def test_what_is_refused_says_why(desk: CommandLine, call: int) -> None:
    record(desk, call)
    wrong = run(desk, "forward", call, "--promised", "besok")
    assert (wrong.code, "bukan waktu" in wrong.err) == (2, True)
    twice = run(desk, "start")
    assert (twice.code, "Anda masih dalam telepon Rahmat" in twice.err) == (1, True)
    nobody = run(desk, "greet", 999)
    assert (nobody.code, "Telepon 999 tidak ada." in nobody.err) == (1, True)


def test_a_call_without_a_procedure_has_no_greeting_to_tick(desk: CommandLine) -> None:
    desk.run("procedure", "retire", "sumut-telepon", "--database", desk.path)
    plain = run(desk, "start").out
    assert "Selamat" in plain.splitlines()[1]
    refused = run(desk, "greet", 1)
    assert (refused.code, "tidak mencatat salam" in refused.err) == (1, True)
