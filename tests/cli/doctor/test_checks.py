"""The words of `doctor` about this PC."""

import sys
from pathlib import Path
from typing import Literal

import pytest

from tests.pc.test_lock_down import RegistryOfValues
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.base.paths import program_folder
from ult_desktop.base.policy import FILE_NAME, Policy, policy_or_nothing
from ult_desktop.cli.doctor import checks
from ult_desktop.cli.doctor.checks import check_policy, check_screens, check_system_voice, check_windows
from ult_desktop.pc import lock_down
from ult_desktop.pc.desktop import Desktop
from ult_desktop.pc.registry import Hive


@pytest.mark.parametrize(("build", "level"), [(17134, "fail"), (17763, "ok"), (26100, "ok")])
def test_the_oldest_windows_is_1809(build: int, level: str) -> None:
    (line,) = check_windows(build)
    assert (line.level, line.found) == (level, f"versi 10.0.{build}")
    assert ("1809" in line.todo) is (level == "fail")


def test_of_another_system_nothing_is_said_about_windows() -> None:
    assert list(check_windows(None)) == []


@pytest.mark.parametrize(
    ("where", "level", "found"),
    [
        (Desktop.HERE, "ok", "1920×1080"),
        (Desktop.REMOTE, "warn", "1920×1080, lewat Desktop Jarak Jauh (RDP)"),
        (Desktop.NOWHERE, "warn", "tidak ada"),
    ],
)
def test_a_screen_that_nobody_at_this_pc_sees_is_told(where: Desktop, level: str, found: str) -> None:
    line = check_screens(["1920×1080"], where)
    assert (line.level, line.found, bool(line.todo)) == (level, found, level == "warn")


@pytest.mark.parametrize(
    ("program", "level", "found"),
    [
        ("print('ready')", "ok", "berbahasa Indonesia"),
        ("print('none')", "warn", "tidak ada yang berbahasa Indonesia"),
        ("import os; os.abort()", "warn", "mesin suara berhenti sendiri"),
        ("import time; time.sleep(99)", "warn", "mesin suara tidak menjawab"),
    ],
)
def test_the_voice_of_the_system_is_asked_in_a_process_that_may_die(
    monkeypatch: pytest.MonkeyPatch, program: str, level: str, found: str
) -> None:
    monkeypatch.setattr(checks, "own_command", lambda: (sys.executable, "-c", program))
    line = check_system_voice(timeout_s=0.5 if "sleep" in program else 60.0)
    assert (line.level, line.found) == (level, found)


@pytest.mark.not_on_wine("voice")
def test_this_program_answers_for_it() -> None:
    assert check_system_voice(60.0).found != "mesin suara berhenti sendiri"


@pytest.mark.parametrize(
    ("mode", "pin", "found"),
    [
        ("kiosk", "", ["belum dipilih; kios menanyakannya saat mulai"]),
        ("kiosk", "4444", ["mudah ditebak"]),
        ("kiosk", "74185", []),
        ("counter", "", []),
    ],
)
def test_the_pin_of_a_kiosk(mode: Literal["kiosk", "counter"], pin: str, found: list[str]) -> None:
    config = StationConfig(mode=mode, kiosk=KioskConfig(exit_pin=pin))
    assert [line.found for line in checks.check_exit_pin(config)] == found


def test_what_the_administrators_switched_off_is_told(own_home: Path) -> None:
    """A file that is wrong forbids all: somebody meant to forbid something."""
    assert (list(check_policy()), policy_or_nothing()) == ([], Policy())
    place = program_folder() / FILE_NAME
    place.parent.mkdir(parents=True)
    place.write_text("updates = false\n")
    assert [(each.level, each.found) for each in check_policy()] == [("ok", "dimatikan: pembaruan")]
    place.write_text("updates = nein\n")
    assert [each.level for each in check_policy()] == ["fail"]
    assert policy_or_nothing() == Policy(updates=False, repair=False)


def test_how_far_a_kiosk_is_locked() -> None:
    registry = RegistryOfValues({})
    assert list(checks.check_lock_down("counter", registry)) == []
    (open_one,) = checks.check_lock_down("kiosk", registry)
    assert (open_one.level, "Kunci kios" in open_one.todo) == ("warn", True)
    lock_down.turn_on(registry, "kiosk", (Hive.ACCOUNT,))
    (half,) = checks.check_lock_down("kiosk", registry)
    assert (half.level, "administrator" in half.todo) == ("warn", True)
    lock_down.turn_on(registry, "kiosk", (Hive.PC,))
    (whole,) = checks.check_lock_down("kiosk", registry)
    assert (whole.level, whole.found) == ("ok", "tingkat 2: kios menggantikan desktop")
