r"""The Windows account by which this PC opens a share, and the reasons why a share does not open.

All accounts of this PC open the share as one: its name and password lie with this PC's other files, and the
program gives them to each Windows account when it starts there. Nobody can type them at a locked kiosk.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path, PureWindowsPath

import msgspec

from ult_desktop.base import UserError, _, paths
from ult_desktop.base.private_files import open_private
from ult_desktop.base.station_file import unwritable_error
from ult_desktop.base.windows import ShareAnswer, Windows
from ult_desktop.core.office.setup_answers import ShareAccount, share_account_name


class KeptAccount(msgspec.Struct, frozen=True):
    """The account by which this PC opens a share."""

    share: str
    account: ShareAccount


class Refusal(StrEnum):
    """The reason why a share does not open."""

    PATH = "path"
    ACCOUNT = "account"
    PASSWORD = "password"  # noqa: S105  (a reason, no password)
    BLANK = "blank password"
    NETWORK = "network profile"
    RIGHTS = "rights"
    OTHER_NAME = "signed in by another name"
    OLD = "SMB 1"


# https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes
_REFUSALS = {
    **dict.fromkeys((2, 3, 51, 53, 64, 67, 121, 1203, 1222, 1231, 1232), Refusal.PATH),
    **dict.fromkeys((1272, 1317, 1331, 1385, 1909), Refusal.ACCOUNT),
    **dict.fromkeys((86, 1326, 1330, 1907), Refusal.PASSWORD),
    1327: Refusal.BLANK,
    5: Refusal.RIGHTS,
    1219: Refusal.OTHER_NAME,
    384: Refusal.OLD,
}


class ShareRefused(UserError):
    """The error of a share that does not open.

    `account` is the one whose password a person is to type; "" if no password would mend it.
    """

    def __init__(self, refusal: Refusal | None, what: str, todo: str, account: str = "") -> None:
        super().__init__(what, _("Tidak ada yang berubah."), todo)
        self.refusal, self.account = refusal, account


def share_of(place: str | Path) -> str:
    r"""Return the share, `\\PC\name`, in which a path lies; "" if it lies in none."""
    host, _sign, name = PureWindowsPath(place).drive.removeprefix("\\\\").partition("\\")
    return rf"\\{host}\{name}" if host not in ("", "?", ".") and name else ""


def host_of(share: str) -> str:
    return share.split("\\")[2]


def require_open(
    place: str | Path, windows: Windows, account: ShareAccount | None = None, linked_account: str = ""
) -> None:
    """Open the share in which `place` lies, as `account` if one is given. Other places need no opening.

    `linked_account` is the account that `office-link` names. This is slow where the PC of the share is off.

    Raises:
        ShareRefused: with the reason and its remedy.
    """
    share = share_of(place)
    if not share:
        return
    if account is not None:
        code = windows.sign_in(share, account.name, account.password)
    else:
        code = windows.open_folder(share + "\\")
    if code:
        raise _share_refused(share, code, windows, account.name if account else "", linked_account)


def _share_refused(
    share: str, code: int, windows: Windows, account: str, linked_account: str
) -> ShareRefused:
    r"""Return the error that says why the share does not open, and what to do.

    Args:
        share: `\\PC\name`.
        code: Windows' number of the error.
        windows: asked further where the number does not decide.
        account: the account that was tried; "" for that of the person at this PC.
        linked_account: the account that `office-link` names, or "".
    """
    host, refusal = host_of(share), _REFUSALS.get(code)
    if refusal is Refusal.PATH:
        return _path_refused(share, host, windows)
    if refusal is None:
        words = _("{share} tidak terbuka (Windows: {n}).").format(share=share, n=code)
        todo = _("Periksa jaringan, alamatnya, dan apakah akun Windows ini boleh membukanya.")
        return ShareRefused(None, words, todo)
    if refusal is Refusal.PASSWORD and not account:
        # Windows does not tell a wrong password from an unknown account. The person's own is unknown there.
        refusal = Refusal.ACCOUNT
    # Another account, or another password, opens the share only if the account was the reason.
    is_about_account = refusal in (Refusal.ACCOUNT, Refusal.PASSWORD, Refusal.BLANK, Refusal.RIGHTS)
    proposed_account = account or linked_account or share_account_name(host)
    what, todo = _refusal_words(refusal, share, host, account)
    return ShareRefused(refusal, what, todo, proposed_account if is_about_account else "")


def _refusal_words(refusal: Refusal, share: str, host: str, account: str) -> tuple[str, str]:
    """Return what happened and what to do."""
    who = account or _("akun Windows ini")
    ask = _("Isi kata sandi akun kantor: dicetak bersama kode pemulihan saat folder dibagikan di {host}.")
    ask = ask.format(host=host)
    return {
        Refusal.ACCOUNT: (
            _("{host} tidak mengenal {who}, atau akun itu dinonaktifkan atau terkunci.").format(
                host=host, who=who
            ),
            ask,
        ),
        Refusal.PASSWORD: (
            _("Kata sandi {who} salah, atau akun itu tidak ada di {host}.").format(who=who, host=host),
            _("Ketik lagi: huruf besar dan kecil berbeda. {ask}").format(ask=ask),
        ),
        Refusal.BLANK: (
            _("{who} tidak punya kata sandi; Windows menolak akun seperti itu lewat jaringan.").format(
                who=who
            ),
            _("Beri akun itu kata sandi di {host}, atau pakai akun kantor. {ask}").format(host=host, ask=ask),
        ),
        Refusal.RIGHTS: (
            _("{who} tidak boleh membuka {share}.").format(who=who, share=share),
            _(
                "Beri akun itu hak di {host}, pada folder dan pada berbaginya, atau pakai akun kantor. {ask}"
            ).format(host=host, ask=ask),
        ),
        Refusal.OTHER_NAME: (
            _("PC ini sudah masuk ke {host} dengan nama lain, dan Windows mengizinkan satu nama.").format(
                host=host
            ),
            _(
                "Tutup jendela folder dari {host}, keluar dari akun Windows ini, masuk lagi, lalu ulangi."
            ).format(host=host),
        ),
        Refusal.OLD: (
            _("{host} hanya bicara SMB 1, yang tidak aman.").format(host=host),
            _("Nyalakan SMB 2 atau 3 di {host}, atau pakai PC lain untuk folder bersama.").format(host=host),
        ),
    }[refusal]


def _path_refused(share: str, host: str, windows: Windows) -> ShareRefused:
    """Return the error of a path that does not exist: the PC's name, the network or the share is wrong."""
    answer = windows.ask_for_shares(host)
    if answer is ShareAnswer.UNKNOWN:
        return ShareRefused(
            Refusal.PATH,
            _("PC bernama {host} tidak ditemukan di jaringan.").format(host=host),
            _("Periksa ejaan, kabel, dan apakah PC itu menyala; atau tulis alamat IP-nya."),
        )
    if answer is ShareAnswer.YES:
        return ShareRefused(
            Refusal.PATH,
            _("{host} tidak membagikan folder {share}.").format(host=host, share=share),
            _("Periksa ejaan nama foldernya, atau bagikan foldernya di {host}.").format(host=host),
        )
    todo = _(
        "Di {host}: Pengaturan Windows, Jaringan dan Internet, jadikan jaringan Privat; izinkan “Berbagi file"
        " dan printer” di firewall. Periksa juga apakah PC itu menyala."
    ).format(host=host)
    if is_public(windows):
        todo += " " + _("Jaringan PC ini sendiri juga bertanda Publik: jadikan Privat.")
    return ShareRefused(
        Refusal.NETWORK,
        _("{host} tidak menjawab permintaan folder bersama: firewall, jaringan Publik, atau PC mati.").format(
            host=host
        ),
        todo,
    )


def is_public(windows: Windows) -> bool:
    """Return whether Windows takes a network of this PC for a public one; False if Windows does not say."""
    with suppress(UserError):
        return "Public" in windows.ask("(Get-NetConnectionProfile).NetworkCategory -join ' '").split()
    return False


def kept_account() -> KeptAccount | None:
    """Return the account by which this PC opens its share, if one is written down."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(paths.share_account_path().read_bytes(), type=KeptAccount)
    return None


@contextmanager
def keeping_account(place: str | Path, account: ShareAccount | None, windows: Windows) -> Iterator[None]:
    """Sign in to the share of `place` as `account`, and keep the account for all Windows accounts of this PC.

    An error within the block restores the account that was kept before.

    Raises:
        UserError: the share does not open, or the account cannot be kept.
    """
    share = share_of(place)
    if account is None or not share:
        yield
        return
    require_open(place, windows, account)
    before, file = kept_account(), paths.share_account_path()
    try:
        _write(file, KeptAccount(share, account))
        _give_to_windows(KeptAccount(share, account), windows)
        yield
    except BaseException:
        with suppress(OSError, UserError):
            if before is None:
                windows.forget_password(host_of(share))
                file.unlink()
            else:
                _write(file, before)
                _give_to_windows(before, windows)
        raise


def give_kept_account(windows: Windows) -> None:
    """Give this Windows account the account that this PC keeps for its share, if it keeps one."""
    with suppress(UserError):  # the station reports by itself that the share does not open
        if (kept := kept_account()) is not None:
            _give_to_windows(kept, windows)


def _give_to_windows(kept: KeptAccount, windows: Windows) -> None:
    windows.keep_password(host_of(kept.share), kept.account.name, kept.account.password)


def _write(file: Path, kept: KeptAccount) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(file, "wb", opener=open_private) as opened:
            opened.write(msgspec.json.encode(kept))
    except OSError as error:
        raise unwritable_error(file, error) from error
