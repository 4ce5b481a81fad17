"""What an installed program needs of its PC besides its files: a folder, a first set of settings, starts.

The installer for Windows and the Debian package both leave it to the program, which says in words what
failed.
"""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from ult_desktop.base import paths
from ult_desktop.base.config import StationConfig, default_path, load_station
from ult_desktop.base.own_program import own_command, without_console
from ult_desktop.base.station_file import station_written
from ult_desktop.pc import accounts, lock_down, rights
from ult_desktop.pc.registry import Hive, Registry

WINDOWS: bool = sys.platform == "win32"
_STARTS = r"Software\Microsoft\Windows\CurrentVersion\Run"
_NAME, UPDATE_TASK, FIREWALL_RULE = "ult-desktop", "ult-desktop update", "ult-desktop hint"
MODES = ("kiosk", "counter", "display")


def install(config: StationConfig, *, starts: bool) -> None:
    """Let this PC's accounts use the program; `starts`: the mode of `config` begins with the PC.

    Raises:
        UserError: this account is no administrator, or the system refuses.
    """
    rights.share_folder(paths.data_folder())
    if config != load_station():
        with station_written(default_path(), config):
            pass
    if starts:
        start_with_pc(config.mode)
    for command in system_commands(config.sync.hint_port):
        with suppress(
            OSError, subprocess.CalledProcessError
        ):  # without them it works, later by half a second
            rights.run(command)


def remove() -> None:
    """Take back what `install` set, and each account's lock-down; settings, journals and data stay."""
    start_with_pc("")
    for hive in Hive:
        with suppress(PermissionError):
            lock_down.turn_off(Registry(), (hive,))
    for account in accounts.people():  # a shell that is gone leaves a black screen
        with suppress(OSError), accounts.hive_of(account) as whose:
            lock_down.turn_off(Registry(whose), (Hive.ACCOUNT,))
    for command in removing_commands():
        with suppress(OSError, subprocess.CalledProcessError):
            rights.run(command)


def starts_with_pc() -> bool:
    """Whether a mode does so for every account; `autostart` does it for one."""
    if WINDOWS:
        return Registry().read(Hive.PC, _STARTS, _NAME) is not None
    return any(_wanted(mode).is_symlink() for mode in MODES)


def mode_command(mode: str) -> list[str]:
    """What starts the mode from a shortcut, at sign-in or as a kiosk's shell."""
    return [*without_console(own_command()), "run", mode]


def shell() -> str:
    """The command line that a locked kiosk's account has in place of a desktop."""
    return subprocess.list2cmdline(mode_command("kiosk"))


def system_commands(port: int) -> list[list[str]]:
    """The hint's way through the firewall, and the updates at the PC's start, before anybody signs in."""
    if not WINDOWS:
        return []
    program = subprocess.list2cmdline([*own_command(), "update", "apply", "--at-start"])
    rule = ["netsh", "advfirewall", "firewall", "add", "rule", f"name={FIREWALL_RULE}", "dir=in"]
    whom = ["action=allow", "protocol=UDP", f"localport={port}", "remoteip=localsubnet"]
    task = [
        "schtasks",
        "/create",
        "/f",
        "/tn",
        UPDATE_TASK,
        "/sc",
        "onstart",
        "/ru",
        "SYSTEM",
        "/rl",
        "highest",
    ]
    return [*removing_commands()[:1], [*rule, *whom], [*task, "/tr", program]]


def removing_commands() -> list[list[str]]:
    if not WINDOWS:
        return []
    return [
        ["netsh", "advfirewall", "firewall", "delete", "rule", f"name={FIREWALL_RULE}"],
        ["schtasks", "/delete", "/f", "/tn", UPDATE_TASK],
    ]


def start_with_pc(mode: str) -> None:
    """`mode` for every account of the PC, empty for none. Raises PermissionError without the rights."""
    if WINDOWS:
        if mode:
            Registry().write(Hive.PC, _STARTS, _NAME, subprocess.list2cmdline(mode_command(mode)))
        else:
            Registry().delete(Hive.PC, _STARTS, _NAME)
        return
    for each in MODES:
        if each == mode:
            _wanted(each).parent.mkdir(parents=True, exist_ok=True)
            _wanted(each).unlink(missing_ok=True)
            _wanted(each).symlink_to(UNITS / _unit(each))
        else:
            _wanted(each).unlink(missing_ok=True)


UNITS, WANTED = Path("/usr/lib/systemd/user"), Path("/etc/systemd/user/graphical-session.target.wants")


def _unit(mode: str) -> str:
    return f"ult-desktop-{mode}.service"


def _wanted(mode: str) -> Path:
    return WANTED / _unit(mode)
