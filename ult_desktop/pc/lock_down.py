"""The lock-down of a kiosk, so that visitors cannot leave it: shell, edges, notifications, power plan.

It consists of values in the registry; Windows Pro offers nothing that locks more. The earlier values are kept
in the registry too, and `turn_off` brings them back.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

from ult_desktop.base.i18n import _
from ult_desktop.pc.registry import Hive, Registry, Value

_BEFORE = r"Software\ult-desktop\before lock-down"
_LOCKED = "locked"
_POLICIES = r"Software\Policies\Microsoft"
# GUIDs of power settings:
# https://learn.microsoft.com/en-us/windows-hardware/customize/power-settings/configure-power-settings
_SLEEP, _SCREEN_OFF = "29f6c1db-86da-48c5-9fdb-f2b67b1f44da", "3c0bc021-c8a8-4e07-a973-6b14cbcb2b7e"
_WINLOGON = r"Software\Microsoft\Windows NT\CurrentVersion\Winlogon"
_KEYBOARD_FILTER = r"SYSTEM\CurrentControlSet\Services\MsKeyboardFilter"
_STARTS_BY_ITSELF = 2  # a service's `Start`


class Part(NamedTuple):
    """A value of the registry that belongs to the lock-down."""

    hive: Hive
    key: str
    name: str
    value: Value


def parts(shell: str) -> tuple[Part, ...]:
    """Return the values of the lock-down.

    `shell` is the command line that this account gets instead of desktop and task bar.
    """
    power = (
        Part(Hive.PC, rf"{_POLICIES}\Power\PowerSettings\{setting}", source, 0)
        for setting in (_SLEEP, _SCREEN_OFF)
        for source in ("ACSettingIndex", "DCSettingIndex")
    )
    return (
        # The account's own value goes before the PC's; Shell Launcher, which is made for this, is not in
        # Windows Pro. https://learn.microsoft.com/en-us/windows/configuration/shell-launcher/
        Part(Hive.ACCOUNT, _WINLOGON, "Shell", shell),
        Part(Hive.ACCOUNT, r"Software\Microsoft\Windows\CurrentVersion\PushNotifications", "ToastEnabled", 0),
        Part(Hive.PC, rf"{_POLICIES}\Windows\EdgeUI", "AllowEdgeSwipe", 0),
        Part(Hive.PC, rf"{_POLICIES}\Windows\Explorer", "DisableNotificationCenter", 1),
        *power,
    )


class Level(IntEnum):
    """The degree to which a visitor is kept in."""

    NONE = 0
    AUTOSTART = 1
    SHELL = 2
    KEYBOARD = 3

    @property
    def words(self) -> str:
        return {
            Level.NONE: _("tidak terkunci"),
            Level.AUTOSTART: _("mulai bersama PC"),
            Level.SHELL: _("kios menggantikan desktop"),
            Level.KEYBOARD: _("kios menggantikan desktop, tombol disaring"),
        }[self]


def turn_on(registry: Registry, shell: str, hives: Iterable[Hive] = Hive) -> None:
    """Lock down; the account's part holds from its next sign-in on.

    Raises:
        PermissionError: the PC's part needs an administrator; the account's part was done before.
    """
    for hive in hives:
        was_locked = registry.read(hive, _BEFORE, _LOCKED)
        for part in (each for each in parts(shell) if each.hive is hive):
            before = registry.read(hive, part.key, part.name)
            # A second lock-down must not keep the first one's values as the earlier ones.
            if before is not None and not was_locked:
                registry.write(hive, _BEFORE, _mark(part), before)
            registry.write(hive, part.key, part.name, part.value)
        registry.write(hive, _BEFORE, _LOCKED, 1)


def turn_off(registry: Registry, hives: Iterable[Hive] = Hive) -> None:
    """Bring back what was there before; if nothing is locked, nothing changes.

    Raises:
        PermissionError: as `turn_on`.
    """
    for hive in hives:
        if not registry.read(hive, _BEFORE, _LOCKED):
            continue
        for part in (each for each in parts("") if each.hive is hive):
            before = registry.read(hive, _BEFORE, _mark(part))
            if before is None:
                registry.delete(hive, part.key, part.name)
            else:
                registry.write(hive, part.key, part.name, before)
                registry.delete(hive, _BEFORE, _mark(part))
        registry.delete(hive, _BEFORE, _LOCKED)


def is_on(registry: Registry, hive: Hive) -> bool:
    return bool(registry.read(hive, _BEFORE, _LOCKED))


def level(registry: Registry, *, starts_by_itself: bool) -> Level:
    """Return the level of this account on this PC."""
    if not is_on(registry, Hive.ACCOUNT):
        return Level.AUTOSTART if starts_by_itself else Level.NONE
    keyboard = registry.read(Hive.PC, _KEYBOARD_FILTER, "Start") == _STARTS_BY_ITSELF
    return Level.KEYBOARD if keyboard else Level.SHELL


def _mark(part: Part) -> str:
    return rf"{part.key}\{part.name}"
