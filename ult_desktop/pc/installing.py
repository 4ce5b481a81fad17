"""An installation on this PC: its rights, starts and firewall rule."""

import ctypes
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from ult_desktop.base import paths
from ult_desktop.base.config import StationConfig, default_path, load_station
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.base.own_program import own_command
from ult_desktop.base.station_file import write_station
from ult_desktop.pc import accounts, autostart, event_log, lock_down
from ult_desktop.pc.registry import Hive, Registry

if sys.platform == "win32":
    import pywintypes
    import win32net
    import win32security
    import win32ts
else:
    import pwd
    import shutil

log = logging.getLogger(__name__)
GROUP = "ult-desktop"
_SYSTEM, _ADMINISTRATORS, _WHO_SITS_HERE = "S-1-5-18", "S-1-5-32-544", "S-1-5-4"
# The installer runs again at each update, over what it made before.
_EXISTS = (1378, 1379, 2223)  # ERROR_MEMBER_IN_ALIAS, ERROR_ALIAS_EXISTS, NERR_GroupExists
_HUMAN = range(1000, 60_000)  # Debian's numbers of accounts that people sign in with
_NO_WINDOW = 0x0800_0000
_ENVIRONMENT = r"SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
_LONGEST_PATH = 32_767  # characters that Windows keeps of a variable


def share_folder(folder: Path) -> None:
    """Make the folder and let the group into it; a folder that is there keeps its files.

    Raises:
        UserError: this account is no administrator, or the system refuses.
    """
    try:
        for path in (folder, folder / "Logs"):
            path.mkdir(parents=True, exist_ok=True)
        _make_group()
        _grant_rights(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            _("Folder {path} tidak dapat disiapkan bagi semua akun PC ini ({error}).").format(
                path=folder, error=error
            ),
            todo=_("Ulangi sebagai administrator."),
        ) from error


def windows_rights(folder: Path, present_account: str) -> list[str]:
    """Return the command that sets the rights.

    The system and the administrators are given by number, for Windows translates their names.

    A member of the group has its rights only from the next sign-in on. So `present_account`, the one that is
    signed in now, is given them by its own name.
    """
    person = [f"{present_account}:(OI)(CI)M"] if present_account else []
    full_rights = [f"*{account}:(OI)(CI)F" for account in (_SYSTEM, _ADMINISTRATORS)]
    # `/inheritance:r` takes the rights away that came from above: everybody may read below C:\ProgramData.
    # https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/icacls
    grants = [*full_rights, f"{GROUP}:(OI)(CI)M", *person]
    return ["icacls", str(folder), "/inheritance:r", "/grant:r", *grants, "/q"]


def run(command: Sequence[str]) -> None:
    """Run a program of the system, without a window. Raises OSError or CalledProcessError.

    Its output is dropped: a service that it starts would hold a pipe open, and this call would never return.
    """
    nothing = subprocess.DEVNULL
    subprocess.run(  # noqa: S603
        command,
        check=True,
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
    )


if sys.platform == "win32":

    def _make_group() -> None:
        """Make the group.

        Its one member is Windows' group of all who sit at this PC; an office that wants fewer takes it out.
        """
        members = win32security.ConvertStringSidToSid(_WHO_SITS_HERE)
        about = {"name": GROUP, "comment": "Pemakai ULT Desktop di PC ini"}
        try:
            with _ignore_existing():
                win32net.NetLocalGroupAdd(None, 1, about)
            with _ignore_existing():
                win32net.NetLocalGroupAddMembers(None, GROUP, 0, [{"sid": members}])
        except pywintypes.error as error:
            raise OSError(error.strerror) from error

    @contextmanager
    def _ignore_existing() -> Iterator[None]:
        try:
            yield
        except pywintypes.error as error:
            if error.winerror not in _EXISTS:
                raise

    def _grant_rights(folder: Path) -> None:
        present_account = ""  # nobody is before this PC's screen at its start
        with suppress(pywintypes.error):
            present_account = accounts.account_in(win32ts.WTSGetActiveConsoleSessionId())
        run(windows_rights(folder, present_account))

else:

    def _make_group() -> None:
        """Make the group of all accounts of people; the administrator adds those that are made later."""
        # `--force` succeeds where the group is there already.
        run(["groupadd", "--system", "--force", GROUP])
        for account in pwd.getpwall():
            if account.pw_uid in _HUMAN:
                run(["usermod", "--append", "--groups", GROUP, account.pw_name])

    def _grant_rights(folder: Path) -> None:
        for path in (folder, folder / "Logs"):
            shutil.chown(path, "root", GROUP)
            path.chmod(0o2770)  # what is made there is the group's too


WINDOWS: bool = sys.platform == "win32"
UPDATE_TASK, FIREWALL_RULE = "ult-desktop update", "ult-desktop hint"


def install(config: StationConfig, *, starts: bool) -> None:
    """Let this PC's accounts use the program; `starts`: the mode of `config` begins with the PC.

    Raises:
        UserError: this account is no administrator, or the system refuses.
    """
    share_folder(paths.data_folder())
    if config != load_station():
        write_station(default_path(), config)
    if starts:
        autostart.begin_for_all(config.mode)
    if _is_installed_on_windows():
        put_on_path(Registry(), Path(sys.executable).parent)
        event_log.register(Registry())
    with TemporaryDirectory(prefix="ult-install-") as folder:
        task = Path(folder, "task.xml")
        task.write_text(update_task([*own_command(), "update", "apply", "--at-start"]), encoding="utf-16")
        for command in system_commands(config.sync.hint_port, task):
            # Without the firewall's rule changes are seen half a second later; without the task an update
            # waits until an administrator applies it.
            try:
                run(command)
            except (OSError, subprocess.CalledProcessError) as error:
                log.warning("%s: %s", " ".join(command), error)


def remove() -> None:
    """Take back what `install` set, and each account's start and lock-down; settings, journals, data stay."""
    autostart.end_for_all()
    if _is_installed_on_windows():
        with suppress(OSError):
            take_off_path(Registry(), Path(sys.executable).parent)
            event_log.unregister(Registry())
    for hive in Hive:
        with suppress(PermissionError):
            lock_down.turn_off(Registry(), (hive,))
    for account in accounts.people():  # else its shell is a program that is gone: a black screen
        with suppress(OSError), accounts.hive_of(account) as whose:
            lock_down.turn_off(Registry(whose))
            lock_down.keep_quiet(Registry(whose), on=False)
    for command in removing_commands():
        with suppress(OSError, subprocess.CalledProcessError):
            run(command)


def _is_installed_on_windows() -> bool:
    return WINDOWS and getattr(sys, "frozen", False)


def put_on_path(registry: Registry, folder: Path) -> None:
    """Let each new cmd and PowerShell of this PC find the programs of `folder` by their names.

    Other entries stay as they are spelt. Where the variable would become too long, nothing is written.

    Raises:
        PermissionError: this account is no administrator.
    """
    entries = _path_entries(registry)
    new_path = ";".join([*entries, str(folder)])
    if any(_is_folder(entry, folder) for entry in entries):
        return
    if len(new_path) > _LONGEST_PATH:
        log.warning("PATH is too long for %s", folder)
        return
    _write_path(registry, new_path)


def take_off_path(registry: Registry, folder: Path) -> None:
    """Take back what `put_on_path` did. Raises PermissionError as it does."""
    entries = _path_entries(registry)
    others = [entry for entry in entries if not _is_folder(entry, folder)]
    if others != entries:
        _write_path(registry, ";".join(others))


def _path_entries(registry: Registry) -> list[str]:
    value = registry.read(Hive.PC, _ENVIRONMENT, "Path")
    return str(value).split(";") if value else []


def _is_folder(entry: str, folder: Path) -> bool:
    return entry.strip(' "').rstrip("\\").casefold() == str(folder).casefold()


def _write_path(registry: Registry, whole: str) -> None:
    registry.write(Hive.PC, _ENVIRONMENT, "Path", whole)
    if sys.platform == "win32":
        # Explorer, which starts every window, reads the variable again only when it is told:
        # https://learn.microsoft.com/en-us/windows/win32/procthread/environment-variables
        everybody, changed, unless_hung = 0xFFFF, 0x1A, 0x2
        ctypes.windll.user32.SendMessageTimeoutW(
            everybody, changed, 0, "Environment", unless_hung, 5000, None
        )


def kiosk_shell() -> str:
    """Return the command line that a locked kiosk's account has in place of a desktop."""
    return subprocess.list2cmdline(autostart.mode_command("kiosk"))


def update_task(command: Sequence[str]) -> str:
    """Return the task of Windows that applies updates, as the XML of its scheduler.

    It runs at the PC's start, before anybody signs in, and at each sign-in: with Fast Startup, which every
    Windows has on, a PC that is switched off and on again does not start but goes on.
    """
    program, *words = command
    # https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers><BootTrigger /><LogonTrigger /></Triggers>
  <Principals>
    <Principal id="system"><UserId>{_SYSTEM}</UserId><RunLevel>HighestAvailable</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT1H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="system">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(words))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def system_commands(port: int, task: Path) -> list[list[str]]:
    """Return the commands for the firewall, which lets the hint through, and for the updates' `task`."""
    if not WINDOWS:
        return []
    # `localsubnet` alone: the hint never comes from further away.
    rule = ["netsh", "advfirewall", "firewall", "add", "rule", f"name={FIREWALL_RULE}", "dir=in"]
    permission = ["action=allow", "protocol=UDP", f"localport={port}", "remoteip=localsubnet"]
    task_command = ["schtasks", "/create", "/f", "/tn", UPDATE_TASK, "/xml", str(task)]
    # The old rule first: netsh would add a second one of the same name.
    return [*removing_commands()[:1], [*rule, *permission], task_command]


def removing_commands() -> list[list[str]]:
    if not WINDOWS:
        return []
    return [
        ["netsh", "advfirewall", "firewall", "delete", "rule", f"name={FIREWALL_RULE}"],
        ["schtasks", "/delete", "/f", "/tn", UPDATE_TASK],
    ]
