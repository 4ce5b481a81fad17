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


def written(registry: RegistryOfValues, name: str) -> set[Value]:
    return {
        value for (_hive, key, value_name), value in registry.values.items() if name in rf"{key}\{value_name}"
    }


def test_task_manager_and_the_shortcuts_of_the_keyboard_are_off() -> None:
    registry = RegistryOfValues({})
    turn_on(registry, SHELL)
    assert written(registry, "DisableTaskMgr") == {1}
    for keys, usual in (("StickyKeys", 510), ("Keyboard Response", 126), ("ToggleKeys", 62)):
        assert written(registry, rf"{keys}\Flags") == {str(usual - 4)}, (
            "Windows' own bits without the shortcut"
        )


def test_a_policy_of_the_account_is_written_by_an_administrator() -> None:
    registry = RegistryOfValues({})
    turn_on(registry, SHELL, (Hive.ACCOUNT,))
    assert written(registry, "DisableTaskMgr") == set()
    turn_on(registry, SHELL, (Hive.PC,))
    another = RegistryOfValues(
        {key: value for key, value in registry.values.items() if key[0] is Hive.ACCOUNT}
    )
    turn_off(registry, (Hive.PC,))
    assert written(registry, "DisableTaskMgr") == set()
    assert lock_down.is_on(registry, Hive.ACCOUNT)
    turn_off(another)
    assert another.values == {}, "a second account of the PC, whose part is undone already"


def test_notifications_are_off_and_as_they_were_again() -> None:
    kept = RegistryOfValues({(Hive.ACCOUNT, *lock_down.QUIET[0][1:3]): 1})
    before = dict(kept.values)
    for _start in range(2):
        lock_down.keep_quiet(kept, on=True)
        assert written(kept, "ToastEnabled") == {0, 1}, "and what was before"
    turn_on(kept, SHELL)
    turn_off(kept)
    lock_down.keep_quiet(kept, on=False)
    lock_down.keep_quiet(kept, on=False)
    assert kept.values == before


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
