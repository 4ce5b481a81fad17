"""`care`: the care for vulnerable visitors from the command line."""

from typing import Any

import pytest

from tests.cli.conftest import CommandLine


def done(desk: CommandLine, command: str, *words: object) -> dict[str, Any]:
    return desk.run("care", command, *words, "--database", desk.path, "--json").row


@pytest.fixture
def visit(desk: CommandLine) -> int:
    """A visitor who took a priority number."""
    desk.queue("issue", "A", "--priority", "lansia")
    return int(done(desk, "today")["visit_id"])


def test_from_the_alert_to_the_way_out(desk: CommandLine, visit: int) -> None:
    assert "P001" in desk.run("care", "alerts", "--database", desk.path).out
    assert done(desk, "acknowledge", 1)["acknowledged_by"] == "Administrator"
    assert done(desk, "declare", visit, "disabilitas", "--help-wanted", "tongkat")["vulnerable"]
    assert done(desk, "escort", visit, "in", "--from-place", "pintu")["from_place"] == "pintu"
    assert done(desk, "escort-done", 1)["ended_at"]
    assert done(desk, "decline", visit, "out")["declined"]
    done(desk, "call-security", "P001", "--place", "Loket 3")
    assert done(desk, "alerts")["place"] == "Loket 3"
    assert done(desk, "today")["grounds"] == ["belum terbuka"]
    refused = desk.run("care", "again", visit, "--database", desk.path)
    assert (refused.code, "dari hari ini" in refused.err) == (1, True)


def test_answers_are_read_as_words(desk: CommandLine, visit: int) -> None:
    declared = desk.run(
        "care", "declare", visit, "lansia", "--help-wanted", "tongkat", "--database", desk.path
    ).out
    alerts = desk.run("care", "alerts", "--database", desk.path).out
    assert "kelompok rentan" in declared
    assert "tongkat" in alerts
    assert not [sign for sign in ("True", "False", "None", "[", "{", "(") if sign in declared + alerts]


def test_devices_go_out_and_come_back(desk: CommandLine, visit: int) -> None:
    assert done(desk, "add-device", "Tongkat", "Tongkat 1")["label"] == "Tongkat 1"
    assert done(desk, "lend", 1, visit)["ticket"] == "P001"
    assert "P001" in desk.run("care", "devices", "--database", desk.path).out
    assert done(desk, "return", 1, "--condition", "broken", "--remark", "patah")["condition"] == "broken"
    assert done(desk, "device-condition", 1, "good")["condition"] == "good"
    assert done(desk, "devices")["label"] == "Tongkat 1"


def test_a_seat_is_given_and_given_back(desk: CommandLine, visit: int) -> None:
    done(desk, "seat", visit)
    assert done(desk, "seats")["sits"] is True
    assert desk.run("care", "seats", "--database", desk.path).out.startswith("Kursi prioritas 1/4 terpakai")
    done(desk, "seat-back", visit)
    assert done(desk, "seats")["sits"] is False
