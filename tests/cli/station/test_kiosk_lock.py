"""The account whose settings are meant; tests/journeys/wine/other_account.py has what needs a Windows."""

import pytest

from tests.cli.conftest import CommandLine
from tests.pc.test_lock_down import RegistryOfValues
from ult_desktop.base import UserError
from ult_desktop.base.config import default_path
from ult_desktop.base.windows import Windows
from ult_desktop.cli.station import pc
from ult_desktop.operations.office import sharing
from ult_desktop.pc import accounts, autostart, installing, lock_down
from ult_desktop.pc.registry import Hive

PIN = '[kiosk]\nexit_pin = "1379"\n'


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> RegistryOfValues:
    """That of a Windows whose plain account may not write the PC's part."""
    made = RegistryOfValues({}, closed=(Hive.PC,))
    monkeypatch.setattr(pc, "Registry", lambda _whose: made)
    monkeypatch.setattr(installing, "WINDOWS", True)
    monkeypatch.setattr(autostart.SystemdStarts, "is_on", lambda _starts, _whose: True)
    return made


def choose_pin() -> None:
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text(PIN, encoding="utf-8")


@pytest.mark.usefixtures("own_home")
def test_a_kiosk_that_nobody_could_leave_is_not_locked(registry: RegistryOfValues, desk: CommandLine) -> None:
    answer = desk.run("station", "lock-down", "on")
    assert (answer.code, "belum punya PIN" in answer.err) == (1, True)
    assert registry.values == {}


@pytest.mark.usefixtures("own_home")
def test_an_administrator_who_agrees_does_the_pcs_part(
    registry: RegistryOfValues, desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_pin()
    asked: list[tuple[str, ...]] = []

    def agree(words: tuple[str, ...], _windows: Windows) -> None:
        asked.append(words)
        registry.closed = ()
        lock_down.turn_on(registry, "kiosk", (Hive.PC,))

    monkeypatch.setattr(sharing, "run_as_administrator", agree)
    answer = desk.run("station", "lock-down", "on", "--ask")
    assert (answer.code, answer.out) == (0, "Tingkat 2: kios menggantikan desktop.\n")
    assert asked == [("station", "lock-down", "on", "--pc")]
    assert lock_down.is_on(registry, Hive.ACCOUNT)


@pytest.mark.usefixtures("own_home")
def test_where_nobody_agrees_the_accounts_part_stands_and_is_told(
    registry: RegistryOfValues, desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_pin()

    def refuse(_words: tuple[str, ...], _windows: Windows) -> None:
        raise UserError("Windows menolak: The operation was canceled by the user.")

    monkeypatch.setattr(sharing, "run_as_administrator", refuse)
    answer = desk.run("station", "lock-down", "on", "--ask")
    assert (answer.code, "memerlukan administrator" in answer.err) == (1, True)
    assert lock_down.is_on(registry, Hive.ACCOUNT)
    assert not lock_down.is_on(registry, Hive.PC)


def test_an_account_that_is_here_needs_no_bringing_in() -> None:
    assert accounts.who_sits_here() == ""
    for each in accounts.people()[:1]:
        with accounts.hive_of(each) as whose:
            assert whose == each
