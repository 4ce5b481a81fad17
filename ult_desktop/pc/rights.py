"""Whose the folder of an installed station is: one group's, and nobody else's."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _

if sys.platform == "win32":
    import pywintypes
    import win32net
    import win32security
    import win32ts
else:
    import pwd
    import shutil

GROUP = "ult-desktop"
_SYSTEM, _ADMINISTRATORS, _WHO_SITS_HERE = "S-1-5-18", "S-1-5-32-544", "S-1-5-4"
_EXISTS = (1378, 1379, 2223)  # ERROR_MEMBER_IN_ALIAS, ERROR_ALIAS_EXISTS, NERR_GroupExists
_HUMAN = range(1000, 60_000)  # Debian's numbers of accounts that people sign in with
_NO_WINDOW = 0x0800_0000


def share_folder(folder: Path) -> None:
    """Make the folder and let the group into it; made anew it keeps what is there.

    Raises:
        UserError: this account is no administrator, or the system refuses.
    """
    try:
        for each in (folder, folder / "Logs"):
            each.mkdir(parents=True, exist_ok=True)
        _make_group()
        _let_in(folder)
    except (OSError, subprocess.CalledProcessError) as error:
        raise UserError(
            _("Folder {path} tidak dapat disiapkan bagi semua akun PC ini ({error}).").format(
                path=folder, error=error
            ),
            todo=_("Ulangi sebagai administrator."),
        ) from error


def windows_rights(folder: Path, signed_in: str) -> list[str]:
    """The system and the administrators by number, for Windows translates their names.

    A member of the group is one from the next sign-in on. Who is signed in now need not wait for that.
    """
    now = [f"{signed_in}:(OI)(CI)M"] if signed_in else []
    whole = [f"*{who}:(OI)(CI)F" for who in (_SYSTEM, _ADMINISTRATORS)]
    return ["icacls", str(folder), "/inheritance:r", "/grant:r", *whole, f"{GROUP}:(OI)(CI)M", *now, "/q"]


def run(command: Sequence[str]) -> None:
    """A program of the system, without a window. Raises OSError or CalledProcessError.

    Its words go nowhere: a service that it starts would hold a pipe open, and the end never come.
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
        """Its members: whoever sits at this PC. An office that wants fewer takes that one out."""
        who = win32security.ConvertStringSidToSid(_WHO_SITS_HERE)
        about = {"name": GROUP, "comment": "Pemakai ULT Desktop di PC ini"}
        try:
            with _there_already():
                win32net.NetLocalGroupAdd(None, 1, about)
            with _there_already():
                win32net.NetLocalGroupAddMembers(None, GROUP, 0, [{"sid": who}])
        except pywintypes.error as error:
            raise OSError(error.strerror) from error

    @contextmanager
    def _there_already() -> Iterator[None]:
        try:
            yield
        except pywintypes.error as error:
            if error.winerror not in _EXISTS:
                raise

    def _let_in(folder: Path) -> None:
        run(windows_rights(folder, _signed_in()))

    def _signed_in() -> str:
        """The account before this PC's screen; empty at the PC's start."""
        session = win32ts.WTSGetActiveConsoleSessionId()
        try:
            domain, name = (
                win32ts.WTSQuerySessionInformation(None, session, what)
                for what in (win32ts.WTSDomainName, win32ts.WTSUserName)
            )
        except pywintypes.error:
            return ""
        return f"{domain}\\{name}" if name else ""

else:

    def _make_group() -> None:
        """Its members: the accounts of people. Who gets one later is added by the administrator."""
        run(["groupadd", "--system", "--force", GROUP])
        for each in pwd.getpwall():
            if each.pw_uid in _HUMAN:
                run(["usermod", "--append", "--groups", GROUP, each.pw_name])

    def _let_in(folder: Path) -> None:
        for each in (folder, folder / "Logs"):
            shutil.chown(each, "root", GROUP)
            each.chmod(0o2770)  # what is made there is the group's too
