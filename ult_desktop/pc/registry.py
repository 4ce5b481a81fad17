"""The registry of Windows, which is read and written here alone. On Linux it is empty and stays so."""

import sys
from contextlib import suppress
from enum import StrEnum

if sys.platform == "win32":
    import winreg

Value = int | str


class Hive(StrEnum):
    """The owner of settings: an account, or the PC, whose settings an administrator writes."""

    ACCOUNT = "HKEY_CURRENT_USER"
    PC = "HKEY_LOCAL_MACHINE"


class Registry:
    """The values by hive, key and name. Raises PermissionError where this account may not write.

    Args:
        whose: the number (SID) of the account that `Hive.ACCOUNT` means; empty: the one that runs this.
            Those of another account are there while it is signed in (`accounts.hive_of` brings them in).
    """

    def __init__(self, whose: str = "") -> None:
        self._whose = whose

    def read(self, hive: Hive, key: str, name: str) -> Value | None:
        """Return a value; None: there is no such value."""
        if sys.platform == "win32":
            root, path = self._place(hive, key)
            with suppress(FileNotFoundError), winreg.OpenKey(root, path) as opened:
                value: Value = winreg.QueryValueEx(opened, name)[0]
                return value
        return None

    def write(self, hive: Hive, key: str, name: str, value: Value) -> None:
        """Write a value. One whose text Windows reads with `%NAMES%` replaced, such as PATH, stays so."""
        if sys.platform == "win32":
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            root, path = self._place(hive, key)
            access = winreg.KEY_SET_VALUE | winreg.KEY_QUERY_VALUE
            with winreg.CreateKeyEx(root, path, 0, access) as opened:
                with suppress(FileNotFoundError):
                    if winreg.QueryValueEx(opened, name)[1] == winreg.REG_EXPAND_SZ and kind == winreg.REG_SZ:
                        kind = winreg.REG_EXPAND_SZ
                winreg.SetValueEx(opened, name, 0, kind, value)

    def delete(self, hive: Hive, key: str, name: str) -> None:
        """Delete a value; one that is not there is no error."""
        if sys.platform == "win32":
            root, path = self._place(hive, key)
            with suppress(FileNotFoundError), winreg.OpenKey(root, path, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)

    if sys.platform == "win32":

        def _place(self, hive: Hive, key: str) -> tuple[int, str]:
            if hive is Hive.ACCOUNT and self._whose:
                return winreg.HKEY_USERS, rf"{self._whose}\{key}"
            return getattr(winreg, hive), key
