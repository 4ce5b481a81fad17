"""`care`: the care for vulnerable visitors from the command line."""

from typing import Any

import pytest

from tests.cli.conftest import Desk


@pytest.fixture
def visit(desk: Desk) -> int:
    """A visitor who took a priority number."""
    desk.queue("issue", "A", "--priority", "lansia")
    rows = desk.run("care", "today", "--database", desk.path, "--json").row
    return int(rows["visits"][0]["visit_id"])


def done(desk: Desk, command: str, *words: object) -> dict[str, Any]:
    return desk.run("care", command, *words, "--database", desk.path, "--json").row


def test_from_the_alert_to_the_way_out(desk: Desk, visit: int) -> None:
    plain = desk.run("care", "today", "--database", desk.path).out
    assert plain.splitlines()[0].split()[:3] == ["!1", "vulnerable", "P001"]
    assert done(desk, "acknowledge", 1)["acknowledged_by"] == "Administrator"
    assert done(desk, "declare", visit, "--ground", "disabilitas", "--help-wanted", "tongkat")["vulnerable"]
    assert done(desk, "escort", visit, "--leg", "in", "--from", "pintu")["from_place"] == "pintu"
    assert done(desk, "escort-done", 1)["ended_at"]
    assert done(desk, "escort", visit, "--leg", "out", "--declined")["declined"]
    done(desk, "call-security", visit, "--place", "Loket 3")
    today = done(desk, "today")
    assert [alert["place"] for alert in today["alerts"]] == ["Loket 3"]
    assert today["visits"][0]["grounds"] == ["disabilitas"]
    refused = desk.run("care", "again", visit, "--database", desk.path)
    assert (refused.code, "dari hari ini" in refused.err) == (1, True)


def test_devices_go_out_and_come_back(desk: Desk, visit: int) -> None:
    assert (
        desk.run("care", "add-device", "Tongkat", "Tongkat 1", "--database", desk.path).out == "Tercatat.\n"
    )
    assert done(desk, "lend", 1, visit)["ticket"] == "P001"
    assert f"kunjungan {visit}" in desk.run("care", "devices", "--database", desk.path).out
    assert done(desk, "return", 1, "--condition", "broken", "--remark", "patah")["condition"] == "broken"
    assert done(desk, "device-condition", 1, "good")["condition"] == "good"
    assert done(desk, "devices")["label"] == "Tongkat 1"
