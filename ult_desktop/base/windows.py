"""The one way to this PC's Windows: PowerShell, an account for a share, its password, what a share answers.

No password stands on a command line or in a script, for Windows may log both: what needs one calls Windows
itself.
"""

import socket
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _

if sys.platform == "win32":
    import pywintypes
    import win32cred
    import win32net
    import win32netcon
    import win32security
    import win32wnet

POWERSHELL = ("powershell", "-NoProfile", "-NonInteractive", "-Command")
PATIENCE_S = 120.0
_SMB, _CONNECT_S = 445, 3.0  # the port of shared folders, and seconds
_EXISTS, _WEAK = 2224, 2245  # NERR_UserExists, NERR_PasswordTooShort
_PASSWORD_ALONE = 1003  # the level of NetUserSetInfo that sets nothing else
_NETWORK_ONLY = ("SeDenyInteractiveLogonRight", "SeDenyRemoteInteractiveLogonRight")
# A policy of the PC may keep PowerShell to its own types (Constrained Language). Then this line is refused,
# what follows works, and the answer comes in the PC's old code page:
# https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_language_modes
_UTF_8 = "try { [Console]::OutputEncoding = [Text.Encoding]::UTF8 } catch { }; "
_PREAMBLE = "$ErrorActionPreference = 'Stop'; " + _UTF_8
_CONSTRAINED = "ConstrainedLanguage"  # is in the error's id, which Windows does not translate
# The characters that PowerShell reads as a single quote, ' and four typographic ones, each doubled.
_DOUBLED = {mark: 2 * chr(mark) for mark in (0x27, 0x2018, 0x2019, 0x201A, 0x201B)}


class ShareAnswer(StrEnum):
    """The answer of a PC that is asked whether it shares folders."""

    UNKNOWN = "unknown"  # no PC of this name is found
    SILENT = "silent"  # nothing answers: a firewall, a public network, or the PC is off
    REFUSES = "refuses"  # the PC answers, and shares nothing
    YES = "yes"


def quoted(text: str) -> str:
    """Return a PowerShell literal, in which nothing is special but single quotes, typographic ones too."""
    return f"'{text.translate(_DOUBLED)}'"


class Windows:
    """The settings of this PC's Windows.

    `shell` is the command that takes a script as its last word.
    """

    def __init__(self, shell: Sequence[str] = POWERSHELL) -> None:
        self._shell = shell

    def ask(self, script: str, patience_s: float | None = PATIENCE_S) -> str:
        """Run a PowerShell script; return what it prints.

        Raises:
            UserError: it failed, or there is no PowerShell.
        """
        try:
            result = subprocess.run(  # noqa: S603
                [*self._shell, _PREAMBLE + script],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                timeout=patience_s,
                check=False,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # a console would flash up
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise windows_refusal(str(error)) from error
        if result.returncode:
            raise windows_refusal(_decode(result.stderr) or _decode(result.stdout))
        return _decode(result.stdout)

    def open_folder(self, folder: str) -> int:
        """Return Windows' number of the error with which it opens the folder.

        It is 0 if the folder opens, and on other systems.
        """
        if sys.platform == "win32":
            try:
                next(Path(folder).iterdir(), None)
            except OSError as error:
                return error.winerror or -1
        return 0

    def ask_for_shares(self, host: str) -> ShareAnswer:
        """Ask a PC of the network whether it shares folders at all; this waits for 3 seconds."""
        try:
            socket.create_connection((host, _SMB), _CONNECT_S).close()
        except ConnectionRefusedError:
            return ShareAnswer.REFUSES
        except (socket.gaierror, UnicodeError):  # no name that a PC can have
            return ShareAnswer.UNKNOWN
        except OSError:
            return ShareAnswer.SILENT
        return ShareAnswer.YES

    def add_account(self, name: str, password: str, about: str) -> bool:
        """Make an account that comes in over the network alone, and whose password never ends.

        An account that this program made before, as its description `about` says, gets the password. Returns
        whether the account is new.

        Raises:
            UserError: Windows refused, or the account is another one's.
        """
        if sys.platform == "win32":
            try:
                is_new = _make_account(name, password, about)
                try:
                    _deny_local_sign_in(name)
                except pywintypes.error:
                    if is_new:
                        win32net.NetUserDel(None, name)
                    raise
            except pywintypes.error as error:
                if error.winerror == _WEAK:
                    raise _nothing_changed(
                        _("Windows di PC ini menolak kata sandi itu: terlalu pendek atau terlalu mudah."),
                        _("Pilih yang lebih panjang, dengan huruf besar, huruf kecil, dan angka."),
                    ) from error
                raise windows_refusal(error.strerror) from error
            return is_new
        raise windows_refusal("")

    def sign_in(self, share: str, account: str, password: str) -> int:
        r"""Open a share (`\\PC\name`) as an account until the next sign-out.

        Returns Windows' number of the error; 0 is none.
        """
        if sys.platform == "win32":
            resource = win32wnet.NETRESOURCE()
            resource.lpRemoteName = share
            try:
                win32wnet.WNetAddConnection2(resource, password, account, win32netcon.CONNECT_TEMPORARY)
            except pywintypes.error as error:
                return int(error.winerror)
            return 0
        return -1

    def keep_password(self, host: str, account: str, password: str) -> None:
        """Let this Windows account sign in to the shares of `host` as `account` from now on.

        Raises:
            UserError: Windows refused.
        """
        if sys.platform == "win32":
            # What `cmdkey /add` does, without the password on its line.
            credential = {
                "Type": win32cred.CRED_TYPE_DOMAIN_PASSWORD,
                "TargetName": host,
                "UserName": account,
                "CredentialBlob": password,
                "Persist": win32cred.CRED_PERSIST_LOCAL_MACHINE,
            }
            try:
                win32cred.CredWrite(credential, 0)
            except pywintypes.error as error:
                raise windows_refusal(error.strerror) from error
        else:
            raise windows_refusal("")

    def forget_password(self, host: str) -> None:
        """Let this Windows account sign in to `host` as itself again."""
        if sys.platform == "win32":
            try:
                win32cred.CredDelete(host, win32cred.CRED_TYPE_DOMAIN_PASSWORD, 0)
            except pywintypes.error:
                return  # nothing was kept


def _decode(output: bytes) -> str:
    try:
        return output.decode("utf-8").strip()
    except UnicodeDecodeError:  # a constrained PowerShell
        return output.decode("oem" if sys.platform == "win32" else "cp850", errors="replace").strip()


def windows_refusal(message: str) -> UserError:
    """Return the error for a message of Windows, of which the first line is shown."""
    if _CONSTRAINED in message:
        return _nothing_changed(
            _("Kebijakan PC ini membatasi PowerShell (Constrained Language), dan setelan ini memerlukannya."),
            _(
                "Petugas TI mengizinkan program ini di AppLocker atau WDAC, atau menyetelnya sendiri menurut"
                " panduan TI."
            ),
        )
    first = message.splitlines()[0] if message else "-"
    return _nothing_changed(
        _("Windows menolak: {said}").format(said=first),
        _("Masuk dengan akun administrator PC ini, atau minta petugas TI."),
    )


def _nothing_changed(what: str, todo: str) -> UserError:
    return UserError(what, _("Pengaturan Windows tetap seperti semula."), todo)


if sys.platform == "win32":

    def _make_account(name: str, password: str, about: str) -> bool:
        """Make the account, or set the password of the one that is there; return whether it is new."""
        usual = win32netcon.UF_SCRIPT | win32netcon.UF_NORMAL_ACCOUNT
        flags = usual | win32netcon.UF_DONT_EXPIRE_PASSWD | win32netcon.UF_PASSWD_CANT_CHANGE
        account = {"name": name, "password": password, "comment": about, "flags": flags}
        try:
            win32net.NetUserAdd(None, 1, {**account, "priv": win32netcon.USER_PRIV_USER})
        except pywintypes.error as error:
            if error.winerror != _EXISTS:
                raise
            if win32net.NetUserGetInfo(None, name, 1)["comment"] != about:
                raise _nothing_changed(
                    _("Akun {name} sudah ada di PC ini, dan bukan buatan program ini.").format(name=name),
                    _("Ganti nama akun itu, atau sebut sendiri akun Windows yang boleh membuka folder."),
                ) from error
            win32net.NetUserSetInfo(None, name, _PASSWORD_ALONE, {"password": password})
            return False
        return True

    def _deny_local_sign_in(name: str) -> None:
        """Refuse the account a sign-in at the screen: whoever knows its password gets the share alone."""
        access = win32security.POLICY_CREATE_ACCOUNT | win32security.POLICY_LOOKUP_NAMES
        policy = win32security.LsaOpenPolicy(None, access)
        try:
            account_sid = win32security.LookupAccountName(None, f"{socket.gethostname()}\\{name}")[0]
            win32security.LsaAddAccountRights(policy, account_sid, _NETWORK_ONLY)
        finally:
            win32security.LsaClose(policy)
