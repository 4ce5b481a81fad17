"""The lock-down of a kiosk, so that visitors cannot leave it: shell, Task Manager, keys, edges, power plan.

It consists of values in the registry (docs/install.md, "What Windows offers"). The earlier values are kept in
the registry too, and `turn_off` brings them back.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from ult_desktop.base.i18n import _
from ult_desktop.pc.registry import Hive, Registry, Value

_BEFORE = r"Software\ult-desktop\before lock-down"
_POLICIES = r"Software\Policies\Microsoft"
# GUIDs of power settings:
# https://learn.microsoft.com/en-us/windows-hardware/customize/power-settings/configure-power-settings
_SLEEP, _SCREEN_OFF = "29f6c1db-86da-48c5-9fdb-f2b67b1f44da", "3c0bc021-c8a8-4e07-a973-6b14cbcb2b7e"
_WINLOGON = r"Software\Microsoft\Windows NT\CurrentVersion\Winlogon"
_KEYBOARD_FILTER = r"SYSTEM\CurrentControlSet\Services\MsKeyboardFilter"
_STARTS_BY_ITSELF = 2  # a service's `Start`
# Each without its shortcut (five times Shift, eight seconds of Shift, Num Lock held …), whose box covers the
# kiosk and leads to Windows' settings; otherwise as a new Windows has them. The bit is HOTKEYACTIVE, 4:
# https://learn.microsoft.com/en-us/windows/win32/api/winuser/ns-winuser-stickykeys
_SHORTCUTS = {
    "StickyKeys": "506",
    "Keyboard Response": "122",
    "ToggleKeys": "58",
    "MouseKeys": "58",
    "HighContrast": "122",
}


class Part(NamedTuple):
    """A value of the registry that belongs to the lock-down.

    `written_by` is `Hive.PC` if only an administrator may write it: the PC's own values, and the policies of
    an account, which the account itself only reads.
    """

    hive: Hive
    key: str
    name: str
    value: Value
    written_by: Hive


def parts(shell: str) -> tuple[Part, ...]:
    """Return the values of the lock-down.

    `shell` is the command line that this account gets instead of desktop and task bar.
    """
    # Each is a key, the name of a value in it, and the value.
    power = (
        (rf"{_POLICIES}\Power\PowerSettings\{setting}", source, 0)
        for setting in (_SLEEP, _SCREEN_OFF)
        for source in ("ACSettingIndex", "DCSettingIndex")
    )
    account = (
        # The account's own value goes before the PC's; Shell Launcher, which is made for this, is not in
        # Windows Pro. https://learn.microsoft.com/en-us/windows/configuration/shell-launcher/
        (_WINLOGON, "Shell", shell),
        *((rf"Control Panel\Accessibility\{key}", "Flags", flags) for key, flags in _SHORTCUTS.items()),
    )
    # Ctrl+Shift+Esc would start any program:
    # https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-admx-ctrlaltdel
    policies = ((r"Software\Microsoft\Windows\CurrentVersion\Policies\System", "DisableTaskMgr", 1),)
    pc = (
        (rf"{_POLICIES}\Windows\EdgeUI", "AllowEdgeSwipe", 0),
        (rf"{_POLICIES}\Windows\Explorer", "DisableNotificationCenter", 1),
        *power,
    )
    return (
        *(Part(Hive.ACCOUNT, key, name, value, Hive.ACCOUNT) for key, name, value in account),
        *(Part(Hive.ACCOUNT, key, name, value, Hive.PC) for key, name, value in policies),
        *(Part(Hive.PC, key, name, value, Hive.PC) for key, name, value in pc),
    )


# Whatever Windows tells in a corner covers the number that is called. It holds from the next sign-in on:
# https://learn.microsoft.com/en-us/windows/client-management/mdm/policy-csp-notifications
QUIET = (
    Part(
        Hive.ACCOUNT,
        r"Software\Microsoft\Windows\CurrentVersion\PushNotifications",
        "ToastEnabled",
        0,
        Hive.ACCOUNT,
    ),
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
    for flag, group in _groups(parts(shell), hives):
        _write_parts(registry, flag, group)


def turn_off(registry: Registry, hives: Iterable[Hive] = Hive) -> None:
    """Bring back what was there before; if nothing is locked, nothing changes.

    Raises:
        PermissionError: as `turn_on`.
    """
    for flag, group in _groups(parts(""), hives):
        _restore_parts(registry, flag, group)


def keep_quiet(registry: Registry, *, on: bool) -> None:
    """Keep Windows from showing notifications to this account, or let it as before. Raises OSError."""
    if on:
        _write_parts(registry, "quiet", QUIET)
    else:
        _restore_parts(registry, "quiet", QUIET)


def _groups(all_parts: tuple[Part, ...], hives: Iterable[Hive]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    """Yield the parts that one of the `hives` writes, in a group for each hive that they are in.

    With each group comes the name of a flag, which is kept in the group's hive and says that it is written.
    An account's own values and its policies have a flag each: one may be written without the other.
    """
    for writer in hives:
        for hive in Hive:
            flag = "locked" if hive is writer else "policies"
            group = tuple(part for part in all_parts if (part.hive, part.written_by) == (hive, writer))
            if group:
                yield flag, group


def _write_parts(registry: Registry, flag: str, group: tuple[Part, ...]) -> None:
    """Write the values of the parts, keep the earlier ones, and mark with `flag` that they are written."""
    was_set = registry.read(group[0].hive, _BEFORE, flag)
    for part in group:
        before = registry.read(part.hive, part.key, part.name)
        # A second lock-down must not keep the first one's values as the earlier ones.
        if before is not None and not was_set:
            registry.write(part.hive, _BEFORE, _kept_name(part), before)
        registry.write(part.hive, part.key, part.name, part.value)
    registry.write(group[0].hive, _BEFORE, flag, 1)


def _restore_parts(registry: Registry, flag: str, group: tuple[Part, ...]) -> None:
    """Write the earlier values of the parts again, if `flag` says that they were written."""
    if not registry.read(group[0].hive, _BEFORE, flag):
        return
    for part in group:
        before = registry.read(part.hive, _BEFORE, _kept_name(part))
        if before is None:
            registry.delete(part.hive, part.key, part.name)
        else:
            registry.write(part.hive, part.key, part.name, before)
            registry.delete(part.hive, _BEFORE, _kept_name(part))
    registry.delete(group[0].hive, _BEFORE, flag)


def is_on(registry: Registry, hive: Hive) -> bool:
    return bool(registry.read(hive, _BEFORE, "locked"))


def level(registry: Registry, *, starts_by_itself: bool) -> Level:
    """Return the level of this account on this PC."""
    if not is_on(registry, Hive.ACCOUNT):
        return Level.AUTOSTART if starts_by_itself else Level.NONE
    filters_keys = registry.read(Hive.PC, _KEYBOARD_FILTER, "Start") == _STARTS_BY_ITSELF
    return Level.KEYBOARD if filters_keys else Level.SHELL


def _kept_name(part: Part) -> str:
    return rf"{part.key}\{part.name}"
