"""The way into a share: which refusal it is, what mends it, and the account that this PC keeps for it."""

from pathlib import Path

import msgspec
import pytest

from tests.operations.office.windows_shell import PASSWORD, OtherWindows
from ult_desktop.base import UserError, paths
from ult_desktop.base.settings_file import read_settings
from ult_desktop.base.windows import ShareAnswer
from ult_desktop.core.office.setup_answers import SetupAnswers, ShareAccount, SharedFolder, share_account_of
from ult_desktop.operations.office.place import POINTER, OfficePointer, open_share, write_pointer
from ult_desktop.operations.office.share_account import (
    Refusal,
    ShareRefused,
    give_kept_account,
    keeping_account,
    kept_account,
    require_open,
    share_of,
)

pytestmark = pytest.mark.usefixtures("own_home")

OFFICE = r"\\PC-1\ult\office.db"
ACCOUNT = ShareAccount(name=r"PC-1\ult-kantor", password=PASSWORD)


@pytest.fixture
def windows() -> OtherWindows:
    """One that reaches a share of PC-1, which the office's account alone may open."""
    here = OtherWindows()
    here.closed, here.members = 1326, {ACCOUNT.name: PASSWORD}
    return here


@pytest.mark.parametrize(
    ("path", "share"),
    [
        (OFFICE, r"\\PC-1\ult"),
        (r"\\10.0.0.5\ult", r"\\10.0.0.5\ult"),
        ("//PC-1/ult/x", r"\\PC-1\ult"),
        (r"C:\ult\office.db", ""),
        (r"\\?\C:\ult", ""),
        (r"\\PC-1", ""),
        ("/srv/ult/office.db", ""),
        ("", ""),
    ],
)
def test_the_share_in_a_path(path: str, share: str) -> None:
    assert share_of(path) == share


@pytest.mark.parametrize(
    ("code", "host", "refusal", "words", "todo"),
    [
        (53, ShareAnswer.UNKNOWN, Refusal.PATH, "PC-1 tidak ditemukan", "ejaan"),
        (67, ShareAnswer.YES, Refusal.PATH, "tidak membagikan folder", "nama foldernya"),
        (53, ShareAnswer.SILENT, Refusal.NETWORK, "firewall, jaringan Publik", "jadikan jaringan Privat"),
        (53, ShareAnswer.REFUSES, Refusal.NETWORK, "tidak menjawab", "Berbagi file dan printer"),
        (1326, ShareAnswer.YES, Refusal.ACCOUNT, "tidak mengenal akun Windows ini", "kata sandi akun kantor"),
        (1272, ShareAnswer.YES, Refusal.ACCOUNT, "tidak mengenal", "kata sandi akun kantor"),
        (1327, ShareAnswer.YES, Refusal.BLANK, "tidak punya kata sandi", "Beri akun itu kata sandi"),
        (5, ShareAnswer.YES, Refusal.RIGHTS, "tidak boleh membuka", "Beri akun itu hak"),
        (1219, ShareAnswer.YES, Refusal.OTHER_NAME, "dengan nama lain", "keluar dari akun Windows"),
        (384, ShareAnswer.YES, Refusal.OLD, "SMB 1", "SMB 2 atau 3"),
        (4242, ShareAnswer.YES, None, "Windows: 4242", "Periksa jaringan"),
    ],
)
def test_each_refusal_has_its_words_and_its_remedy(
    windows: OtherWindows, code: int, host: ShareAnswer, refusal: Refusal | None, words: str, todo: str
) -> None:
    windows.closed, windows.host = code, host
    with pytest.raises(ShareRefused) as told:
        require_open(OFFICE, windows)
    assert told.value.refusal is refusal
    assert (words in told.value.what, todo in told.value.todo) == (True, True), str(told.value)
    mended_by_a_password = refusal in (Refusal.ACCOUNT, Refusal.BLANK, Refusal.RIGHTS)
    assert told.value.account == (ACCOUNT.name if mended_by_a_password else "")


@pytest.mark.parametrize("code", [86, 1326])
def test_a_wrong_password_is_told_apart_from_an_unknown_account(windows: OtherWindows, code: int) -> None:
    windows.closed = code
    with pytest.raises(ShareRefused, match=r"Kata sandi PC-1.ult-kantor salah") as told:
        require_open(OFFICE, windows, msgspec.structs.replace(ACCOUNT, password="salah"))
    assert told.value.refusal is Refusal.PASSWORD
    require_open(OFFICE, windows, ACCOUNT)


def test_a_public_network_of_this_pc_is_told_too(windows: OtherWindows) -> None:
    windows.closed, windows.host, windows.profile = 53, ShareAnswer.SILENT, "Private Public"
    with pytest.raises(ShareRefused, match="PC ini sendiri juga bertanda Publik"):
        require_open(OFFICE, windows)


def test_a_path_that_is_no_share_is_left_alone(windows: OtherWindows) -> None:
    require_open("/srv/ult/office.db", windows, ACCOUNT)


def test_office_link_names_the_account_and_not_its_password(tmp_path: Path, windows: OtherWindows) -> None:
    link = tmp_path / POINTER
    write_pointer(tmp_path / "office.db", r"NAS\ult")
    assert read_settings(link, OfficePointer).account == r"NAS\ult"
    assert PASSWORD not in link.read_text(encoding="utf-8")
    link.write_text(f"database = '{OFFICE}'\naccount = 'NAS\\ult'\n", encoding="utf-8")
    with pytest.raises(ShareRefused) as told:
        open_share(str(link), None, windows)
    assert told.value.account == r"NAS\ult"
    open_share(str(link), ACCOUNT, windows)


def test_an_account_is_kept_for_all_accounts_of_this_pc(windows: OtherWindows) -> None:
    with keeping_account(OFFICE, ACCOUNT, windows):
        pass
    assert windows.kept == {"PC-1": (ACCOUNT.name, PASSWORD)}
    of_the_kiosk = OtherWindows()
    give_kept_account(of_the_kiosk)
    assert of_the_kiosk.kept == windows.kept


@pytest.mark.posix_only("modes")
def test_the_file_with_the_password_is_this_accounts_own(windows: OtherWindows) -> None:
    with keeping_account(OFFICE, ACCOUNT, windows):
        assert paths.share_account_path().stat().st_mode & 0o077 == 0


def test_what_fails_afterwards_forgets_it_again(windows: OtherWindows) -> None:
    with pytest.raises(UserError, match="no office"), keeping_account(OFFICE, ACCOUNT, windows):
        raise UserError("no office")
    assert (windows.kept, kept_account()) == ({}, None)
    other = msgspec.structs.replace(ACCOUNT, name=r"PC-1\siti")
    windows.members[other.name] = PASSWORD
    with keeping_account(OFFICE, other, windows):
        pass
    with pytest.raises(UserError, match="no office"), keeping_account(OFFICE, ACCOUNT, windows):
        raise UserError("no office")
    assert windows.kept == {"PC-1": (other.name, PASSWORD)}


def test_a_wrong_password_is_never_kept(windows: OtherWindows) -> None:
    wrong = msgspec.structs.replace(ACCOUNT, password="salah")
    with pytest.raises(ShareRefused), keeping_account(OFFICE, wrong, windows):
        pytest.fail("went on")
    assert (windows.kept, kept_account()) == ({}, None)
    with keeping_account("/srv/ult/office.db", ACCOUNT, windows), keeping_account(OFFICE, None, windows):
        assert windows.kept == {}


def test_the_pc_that_shares_opens_its_share_by_the_same_account() -> None:
    shared = SharedFolder(folder=r"C:\ult", password=PASSWORD)
    host = SetupAnswers(database=OFFICE, mode="counter", share=shared)
    assert share_account_of(host) == ACCOUNT
    own = SetupAnswers(database=OFFICE, mode="counter", share=SharedFolder(folder="x", accounts=("a",)))
    assert share_account_of(own) is None
