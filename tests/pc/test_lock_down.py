"""A locked kiosk: what was there before comes back, and the level is told."""

import pytest
from typing_extensions import override

from ult_desktop.pc import lock_down
from ult_desktop.pc.lock_down import Level, level, parts, turn_off, turn_on
from ult_desktop.pc.registry import Hive, Registry, Value

SHELL = r'"C:\Program Files\ULT Desktop\program\ult-desktopw.exe" run kiosk'
Values = dict[tuple[Hive, str, str], Value]


class RegistryOfValues(Registry):
    """One that lies in memory; `closed` hives take nothing."""

    def __init__(self, values: Values, closed: tuple[Hive, ...] = ()) -> None:
        self.values, self.closed = values, closed

    @override
    def read(self, hive: Hive, key: str, name: str) -> Value | None:
        return self.values.get((hive, key, name))

    @override
    def write(self, hive: Hive, key: str, name: str, value: Value) -> None:
        self._require_open(hive)
        self.values[hive, key, name] = value

    @override
    def delete(self, hive: Hive, key: str, name: str) -> None:
        self._require_open(hive)
        self.values.pop((hive, key, name), None)

    def _require_open(self, hive: Hive) -> None:
        if hive in self.closed:
            raise PermissionError(hive)


def before() -> Values:
    """Two of the values have an owner already, one in each hive."""
    account, pc = (next(part for part in parts(SHELL) if part.hive is hive) for hive in Hive)
    return {(account.hive, account.key, account.name): "explorer.exe", (pc.hive, pc.key, pc.name): 1}


def test_all_is_as_before_when_it_is_undone() -> None:
    registry = RegistryOfValues(before())
    turn_on(registry, SHELL)
    assert {registry.read(part.hive, part.key, part.name) == part.value for part in parts(SHELL)} == {True}
    turn_on(registry, SHELL)  # what it finds now is its own
    turn_off(registry)
    assert registry.values == before()
    turn_off(registry)
    assert registry.values == before()


def test_without_an_administrator_the_accounts_part_is_done() -> None:
    registry = RegistryOfValues({}, closed=(Hive.PC,))
    with pytest.raises(PermissionError):
        turn_on(registry, SHELL)
    assert lock_down.is_on(registry, Hive.ACCOUNT)
    assert not lock_down.is_on(registry, Hive.PC)
    turn_off(registry)
    assert registry.values == {}, "the PC's part was never locked"


def test_the_level_that_was_reached() -> None:
    registry = RegistryOfValues({})
    assert level(registry, starts_by_itself=False) is Level.NONE
    assert level(registry, starts_by_itself=True) is Level.AUTOSTART
    turn_on(registry, SHELL, (Hive.ACCOUNT,))
    assert level(registry, starts_by_itself=False) is Level.SHELL
    registry.write(Hive.PC, r"SYSTEM\CurrentControlSet\Services\MsKeyboardFilter", "Start", 2)
    assert level(registry, starts_by_itself=False) is Level.KEYBOARD
    assert len({each.words for each in Level}) == len(Level)
