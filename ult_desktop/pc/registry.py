"""The registry of Windows, which is read and written here alone. On Linux there is nothing in it."""

import sys
from contextlib import suppress
from enum import StrEnum

if sys.platform == "win32":
    import winreg

Value = int | str


class Hive(StrEnum):
    """Whose settings: those of the account that is signed in, or the PC's, which an administrator writes."""

    ACCOUNT = "HKEY_CURRENT_USER"
    PC = "HKEY_LOCAL_MACHINE"


class Registry:
    """Values by hive, key and name. Raises PermissionError where this account may not write."""

    def read(self, hive: Hive, key: str, name: str) -> Value | None:
        """None: there is no such value."""
        if sys.platform == "win32":
            with suppress(FileNotFoundError), winreg.OpenKey(getattr(winreg, hive), key) as opened:
                value: Value = winreg.QueryValueEx(opened, name)[0]
                return value
        return None

    def write(self, hive: Hive, key: str, name: str, value: Value) -> None:
        if sys.platform == "win32":
            kind = winreg.REG_DWORD if isinstance(value, int) else winreg.REG_SZ
            with winreg.CreateKeyEx(getattr(winreg, hive), key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.SetValueEx(opened, name, 0, kind, value)

    def delete(self, hive: Hive, key: str, name: str) -> None:
        """One that is not there is no error."""
        if sys.platform == "win32":
            with (
                suppress(FileNotFoundError),
                winreg.OpenKey(getattr(winreg, hive), key, 0, winreg.KEY_SET_VALUE) as opened,
            ):
                winreg.DeleteValue(opened, name)
