"""The Windows accounts of this PC, where a program runs as one of them and means another.

The account that agrees at Windows' question for an administrator may be another than the one that sits here,
and its programs then run as that one: "this account" is the one before the screen, not the one that runs.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

if sys.platform == "win32":
    import winreg

    import pywintypes
    import win32api
    import win32con
    import win32security
    import win32ts

_PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
_PERSON = "S-1-5-21-"  # accounts of this PC and of its domain; the others are the system's own
_LOADED_HIVE = "ult-desktop"


def who_sits_here() -> str:
    """Return the number (SID) of the account before the screen.

    It is empty if that account runs this program itself, or if nobody has signed in.
    """
    if sys.platform == "win32":
        with suppress(pywintypes.error):
            if name := account_in(win32ts.ProcessIdToSessionId(os.getpid())):
                sitting = win32security.LookupAccountName(None, name)[0]
                own_token = win32security.OpenProcessToken(
                    win32api.GetCurrentProcess(), win32security.TOKEN_QUERY
                )
                if sitting != win32security.GetTokenInformation(own_token, win32security.TokenUser)[0]:
                    return str(win32security.ConvertSidToStringSid(sitting))
    return ""


def people() -> list[str]:
    """Return the numbers of the accounts that have signed in to this PC at some time."""
    sids: list[str] = []
    if sys.platform == "win32":
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, _PROFILES) as profiles:
            count = winreg.QueryInfoKey(profiles)[0]
            sids = [winreg.EnumKey(profiles, number) for number in range(count)]
    return [sid for sid in sids if sid.startswith(_PERSON)]


@contextmanager
def hive_of(account: str) -> Iterator[str]:
    """Yield the name that the account's settings have in HKEY_USERS within the block.

    It is the account's number, or a temporary name for an account that is not signed in.

    Raises:
        PermissionError: only an administrator may load the settings of an account that is not signed in.
        OSError: the settings cannot be found.
    """
    if sys.platform == "win32" and not _is_signed_in(account):
        _load_hive(account)
        try:
            yield _LOADED_HIVE
        finally:
            # A hive that stays loaded keeps that account from signing in with its own settings.
            win32api.RegUnLoadKey(win32con.HKEY_USERS, _LOADED_HIVE)
    else:
        yield account


if sys.platform == "win32":

    def account_in(session: int) -> str:
        r"""Return the account that has signed in to a session, as DOMAIN\name. Raises pywintypes.error.

        It is empty where nobody has, as in the session of the services:
        https://learn.microsoft.com/en-us/windows/win32/api/wtsapi32/nf-wtsapi32-wtsquerysessioninformationw
        """
        domain, name = (
            win32ts.WTSQuerySessionInformation(None, session, what)
            for what in (win32ts.WTSDomainName, win32ts.WTSUserName)
        )
        return f"{domain}\\{name}" if name else ""

    def _is_signed_in(account: str) -> bool:
        try:
            winreg.OpenKey(winreg.HKEY_USERS, account).Close()
        except FileNotFoundError:
            return False
        return True

    def _load_hive(account: str) -> None:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_PROFILES}\{account}") as profile:
            folder = str(winreg.QueryValueEx(profile, "ProfileImagePath")[0])
        hive_file = str(winreg.ExpandEnvironmentStrings(folder)) + r"\NTUSER.DAT"
        try:
            _take_hive_privileges()
            win32api.RegLoadKey(win32con.HKEY_USERS, _LOADED_HIVE, hive_file)
        except pywintypes.error as error:
            raise PermissionError(error.strerror) from error

    def _take_hive_privileges() -> None:
        """Switch on the two privileges that loading a hive needs; an administrator's process has them off.

        https://learn.microsoft.com/en-us/windows/win32/api/winreg/nf-winreg-regloadkeyw
        """
        wanted = win32security.TOKEN_ADJUST_PRIVILEGES | win32security.TOKEN_QUERY
        token = win32security.OpenProcessToken(win32api.GetCurrentProcess(), wanted)
        for name in (win32security.SE_BACKUP_NAME, win32security.SE_RESTORE_NAME):
            number = win32security.LookupPrivilegeValue(None, name)
            win32security.AdjustTokenPrivileges(token, False, [(number, win32security.SE_PRIVILEGE_ENABLED)])
