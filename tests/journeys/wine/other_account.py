"""Run in a Windows: a kiosk's account is locked down by another account's program, and let go again.

`python -m tests.journeys.wine.other_account` says "let go" at its end.
"""

import subprocess
import sys
from pathlib import Path

from ult_desktop.pc import accounts, installing, lock_down
from ult_desktop.pc.registry import Hive, Registry

if sys.platform == "win32":
    import winreg

    import win32api

    SHELL = "ult-desktopw.exe run kiosk"
    KIOSK = "S-1-5-21-1-2-3-1099"
    PROFILE = Path(r"C:\users\kios")
    PROFILES = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
    WINLOGON = r"Software\Microsoft\Windows NT\CurrentVersion\Winlogon"

    def shell_of(account: str) -> object:
        return Registry(account).read(Hive.ACCOUNT, WINLOGON, "Shell")

    def sign_in() -> None:
        """An account of this PC with settings of its own, beside the one that runs this."""
        profiles = rf"{PROFILES}\{KIOSK}"
        with winreg.CreateKey(winreg.HKEY_LOCAL_MACHINE, profiles) as key:
            winreg.SetValueEx(key, "ProfileImagePath", 0, winreg.REG_EXPAND_SZ, str(PROFILE))
        winreg.CreateKey(winreg.HKEY_USERS, KIOSK).Close()

    def sign_out() -> None:
        """Its settings lie in its file from now on."""
        PROFILE.mkdir()
        accounts._take_hive_privileges()
        with winreg.OpenKey(winreg.HKEY_USERS, KIOSK) as key:
            win32api.RegSaveKey(key.handle, str(PROFILE / "NTUSER.DAT"), None)
        subprocess.run(["reg", "delete", rf"HKU\{KIOSK}", "/f"], check=True, capture_output=True)

    def main() -> None:
        assert accounts.who_sits_here() == "", "the account before the screen runs this"
        sign_in()
        assert KIOSK in accounts.people()
        lock_down.turn_on(Registry(KIOSK), SHELL, (Hive.ACCOUNT,))
        assert shell_of(KIOSK) == SHELL
        assert shell_of("") is None, "of who runs this nothing is changed"
        sign_out()
        with accounts.hive_of(KIOSK) as brought_in:  # Wine does not write it back: that is for a real Windows
            assert brought_in != KIOSK
            assert shell_of(brought_in) == SHELL
            lock_down.turn_off(Registry(brought_in), (Hive.ACCOUNT,))
            assert shell_of(brought_in) is None
        sign_in()
        lock_down.turn_on(Registry(KIOSK), SHELL, (Hive.ACCOUNT,))
        installing.remove()
        assert shell_of(KIOSK) is None
        print("let go")  # noqa: T201

    if __name__ == "__main__":
        main()
