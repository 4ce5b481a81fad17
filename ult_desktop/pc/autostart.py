"""The start of a station's mode with this PC: at the sign-in of each account, or of one.

Windows has a value of the registry for it, Linux a unit of systemd. Installer, wizard and
`ult-desktop autostart` write the same one: a second one would start the station twice.
"""

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from platformdirs import user_config_path

from ult_desktop.base.config import load_station
from ult_desktop.base.own_program import own_command, without_console
from ult_desktop.base.paths import resource
from ult_desktop.pc import accounts
from ult_desktop.pc.registry import Hive, Registry

MODES = ("kiosk", "counter", "display")
UNITS = Path("/etc/systemd/user")  # an account's own unit of the same name takes the place of the PC's
_UNIT, _WANTED = "ult-desktop.service", "graphical-session.target.wants"
_KEY, _NAME = r"Software\Microsoft\Windows\CurrentVersion\Run", "ult-desktop"


def mode_command(*words: str) -> list[str]:
    """Return the command that starts a mode from a shortcut, at sign-in or as a kiosk's shell."""
    return [*without_console(own_command()), "run", *words]


def _start_command(mode: str, args: Sequence[str]) -> list[str]:
    # The mode of the PC's own settings is not named: the wizard may make it another one.
    is_from_settings = not args and mode == load_station().mode
    return mode_command() if is_from_settings else mode_command(mode, *args)


class RegistryStarts:
    """The one start on Windows: a value of the account, or of the PC for all its accounts."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def begin(self, hive: Hive, mode: str, args: Sequence[str] = ()) -> str:
        """Let `mode` start at sign-in, and no other; return where that is written. Raises OSError."""
        line = subprocess.list2cmdline(_start_command(mode, args))
        self._registry.write(hive, _KEY, _NAME, line)
        return rf"{hive}\{_KEY}"

    def end(self, hive: Hive) -> None:
        """Let no mode start any more. Raises OSError."""
        self._registry.delete(hive, _KEY, _NAME)

    def is_on(self, hive: Hive) -> bool:
        return self._registry.read(hive, _KEY, _NAME) is not None


class SystemdStarts:
    """The one start on Linux: a unit of the account, or of the PC for all its accounts."""

    def begin(self, hive: Hive, mode: str, args: Sequence[str] = ()) -> str:
        """Begin with the PC as `RegistryStarts.begin` does."""
        unit, wanted = _unit_and_link(hive)
        wanted.parent.mkdir(parents=True, exist_ok=True)
        unit.unlink(missing_ok=True)  # where `stay_out` was called, it leads to /dev/null
        unit.write_text(unit_text(_start_command(mode, args)), encoding="utf-8")
        if hive is Hive.PC:  # each account's systemd reads it, whatever this process keeps to itself
            unit.chmod(0o644)
            wanted.parent.chmod(0o755)
        # What `systemctl enable` would do:
        # https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
        wanted.unlink(missing_ok=True)  # `symlink_to` does not replace a link that is there
        wanted.symlink_to(unit)
        return str(unit)

    def end(self, hive: Hive) -> None:
        for path in _unit_and_link(hive):
            path.unlink(missing_ok=True)

    def stay_out(self) -> None:
        """Keep the PC's start out of this account, which has none of its own. Raises OSError."""
        unit, _wanted = _unit_and_link(Hive.ACCOUNT)
        unit.parent.mkdir(parents=True, exist_ok=True)
        # What `systemctl --user mask` does:
        # https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
        unit.symlink_to(os.devnull)

    def is_on(self, hive: Hive) -> bool:
        _unit, wanted = _unit_and_link(hive)
        return wanted.is_symlink()


def of_this_pc() -> RegistryStarts | SystemdStarts:
    return RegistryStarts(Registry()) if sys.platform == "win32" else SystemdStarts()


def begin_for_all(mode: str, args: Sequence[str] = ()) -> str:
    """Let `mode` start with the PC in all accounts, and on Windows take each account's own start out.

    On Linux an account's own unit stays in its home folder, and is started instead of the PC's.
    Return where the PC's start is written. Raises OSError.
    """
    end_for_all()
    return of_this_pc().begin(Hive.PC, mode, args)


def end_for_all() -> None:
    """End the PC's start, and on Windows those of its accounts as far as their settings can be loaded."""
    of_this_pc().end(Hive.PC)
    for account in accounts.people():
        with suppress(OSError), accounts.hive_of(account) as whose:
            RegistryStarts(Registry(whose)).end(Hive.ACCOUNT)


def _unit_and_link(hive: Hive) -> tuple[Path, Path]:
    """Return the path of the unit, and of the link by which systemd knows that it is wanted."""
    units = UNITS if hive is Hive.PC else user_config_path("systemd") / "user"
    return units / _UNIT, units / _WANTED / _UNIT


def unit_text(command: Sequence[str]) -> str:
    """Return the unit by which systemd starts the command; there "%" begins a name of its own."""
    template = resource("autostart", _UNIT).read_text(encoding="utf-8")
    return template.format(command=shlex.join(command).replace("%", "%%"))
