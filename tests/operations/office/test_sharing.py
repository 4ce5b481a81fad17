"""A folder shared by Windows: each setting looked at, changed, told, and taken back where one is refused."""

import re
import sys

import msgspec
import pytest

from tests.operations.office.windows_shell import FRESH, PASSWORD, SHARED, OtherWindows
from ult_desktop.base.errors import UserError
from ult_desktop.base.windows import Windows
from ult_desktop.core.office.setup_answers import SHARE_ACCOUNT, SetupAnswers, SharedFolder
from ult_desktop.core.office.share_plan import client_steps, host_steps, undo_of
from ult_desktop.operations.office.sharing import (
    carry_out,
    changing_windows,
    require_windows,
    share,
    take_back,
    undo,
)

pytestmark = pytest.mark.by_engine

HOST = SetupAnswers(database=r"\\PC-1\ult\office.db", mode="counter", share=SHARED)
OF_OFFICE = msgspec.structs.replace(HOST, share=SharedFolder(folder=r"C:\ult", password=PASSWORD))
CLIENT = SetupAnswers(database=r"\\PC-1\ult\office.db", mode="counter", tune_windows=True)
UPDATES = r"'HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate'"


def test_what_is_changed_is_told_and_goes_back() -> None:
    windows = OtherWindows()
    changes = carry_out(host_steps(SHARED), windows)
    power = [step.wanted for step in client_steps()[1:]]
    assert windows.now == ["True", "O:SY", r"C:\ult", "", "None", "False", "True", "0 0 0", *power]
    assert [change.words for change in changes] == [step.words for step in host_steps(SHARED)]
    take_back(changes, windows)
    assert windows.now == list(FRESH)


def test_what_is_right_already_is_left_alone() -> None:
    windows = OtherWindows()
    carry_out(host_steps(SHARED), windows)
    again = carry_out(host_steps(SHARED), windows)
    assert [change.words for change in again] == [host_steps(SHARED)[1].words], "rights are set each time"


def test_a_folder_that_a_cloud_copies_is_not_shared() -> None:
    """The other PCs, and this one, open it by the share's name, which tells nothing of the cloud."""
    windows = OtherWindows()
    copied = SharedFolder(folder="/srv/OneDrive - Kantor/ult", password=PASSWORD)
    with pytest.raises(UserError, match="Folder sinkronisasi"):
        share(copied, windows)
    assert (windows.now, windows.accounts) == (list(FRESH), {})


@pytest.mark.parametrize("refused", range(len(FRESH)))
def test_a_step_that_windows_refuses_leaves_nothing(refused: int) -> None:
    windows = OtherWindows(broken=refused)
    with pytest.raises(UserError, match="Windows menolak: Access is denied"):
        carry_out(host_steps(SHARED), windows)
    assert windows.now == list(FRESH)


def test_the_administrator_is_asked_once_and_the_changes_come_back() -> None:
    windows = OtherWindows()
    with changing_windows(HOST, windows) as changes:
        assert len(changes) == len(FRESH)
    assert windows.asked == 1
    assert windows.now[2] == r"C:\ult"


def test_a_client_gets_what_a_client_needs() -> None:
    windows = OtherWindows()
    with changing_windows(CLIENT, windows) as changes:
        assert [change.words for change in changes] == [step.words for step in client_steps()]
    assert windows.now[:7] == list(FRESH[:7])


def test_where_nothing_is_asked_of_windows_nobody_is_asked() -> None:
    windows = OtherWindows()
    with changing_windows(msgspec.structs.replace(CLIENT, tune_windows=False), windows) as changes:
        assert changes == ()
    assert windows.asked == 0


def test_what_follows_fails_and_windows_is_as_before() -> None:
    windows = OtherWindows()
    with pytest.raises(UserError, match="no office"), changing_windows(HOST, windows):
        raise UserError("no office")
    assert windows.now == list(FRESH)


@pytest.mark.parametrize(
    ("windows", "words"),
    [
        (OtherWindows(agrees=False), "canceled by the user"),
        (OtherWindows(broken=4), "Access is denied"),
        (OtherWindows(tells=False), "Windows menolak"),
    ],
)
def test_a_refusal_is_told_and_nothing_is_changed(windows: OtherWindows, words: str) -> None:
    with pytest.raises(UserError, match=words), changing_windows(HOST, windows):
        pytest.fail("went on")
    assert words == "Windows menolak" or windows.now == list(FRESH)


def test_the_office_gets_an_account_of_its_own_and_no_line_has_its_password() -> None:
    windows = OtherWindows()
    with changing_windows(OF_OFFICE, windows) as changes:
        assert windows.accounts == {SHARE_ACCOUNT: PASSWORD}
    assert "ult-kantor dibuat" in changes[0].words
    assert any("'ult-kantor:(OI)(CI)M'" in script for script in windows.said)
    assert any("-ChangeAccess 'ult-kantor'" in script for script in windows.said)
    assert not any(PASSWORD in script for script in windows.said)
    undo(changes, windows)
    assert (windows.accounts, windows.now) == ({}, list(FRESH))


def test_an_account_that_was_there_gets_the_password_and_is_told() -> None:
    windows = OtherWindows()
    windows.accounts[SHARE_ACCOUNT] = "an older one"
    with changing_windows(OF_OFFICE, windows) as changes:
        assert "diganti" in changes[0].words
    undo(changes, windows)
    assert windows.accounts == {SHARE_ACCOUNT: PASSWORD}, "what it had before is not known"


@pytest.mark.parametrize("refused", range(len(FRESH)))
def test_a_share_that_fails_leaves_no_account(refused: int) -> None:
    windows = OtherWindows(broken=refused)
    with pytest.raises(UserError, match="denied"), changing_windows(OF_OFFICE, windows):
        pytest.fail("went on")
    assert (windows.accounts, windows.now) == ({}, list(FRESH))


def shell(program: str) -> Windows:
    """One whose PowerShell is this program of Python."""
    return Windows((sys.executable, "-c", program))


def test_a_powershell_that_a_policy_constrains_answers_or_says_so() -> None:
    old = "import sys; sys.stdout.buffer.write('Kantor Bupati caf\u00e9'.encode('cp850'))"
    assert shell(old).ask("whatever") == "Kantor Bupati caf\u00e9", "in the code page of the PC"
    number = "MethodInvocationNotSupportedInConstrainedLanguage"
    with pytest.raises(UserError, match="membatasi PowerShell") as told:
        shell(f"raise SystemExit('Metode tidak dapat dipanggil.\\n + {number}')").ask("whatever")
    assert "AppLocker" in told.value.todo


def test_no_step_needs_what_a_constrained_powershell_refuses() -> None:
    """Types of .NET, their methods and `New-Object` are refused there, but for a handful of types."""
    steps = (*host_steps(SHARED), *host_steps(OF_OFFICE.share or SHARED))
    free = [piece for step in steps for piece in (step.look, step.act)]
    free += [step.undo for step in steps if not step.undo.startswith("try {")]
    assert [piece for piece in free if "New-Object" in piece or "Add-Type" in piece] == []
    types = {found for piece in free for found in re.findall(r"\[([A-Za-z.]+)\]", piece)}
    assert types <= {"bool", "int", "regex"}
    assert [piece for piece in free if re.search(r"\$\w+\.\w+\(", piece)] == []


def test_a_script_is_a_process_of_its_own() -> None:
    assert Windows((sys.executable, "-c", "print('ya')")).ask("whatever") == "ya"
    with pytest.raises(UserError, match="Windows menolak: -"):
        Windows((sys.executable, "-c", "raise SystemExit(3)")).ask("whatever")
    with pytest.raises(UserError, match="Windows menolak: aduh"):
        Windows((sys.executable, "-c", "raise SystemExit('aduh')")).ask("whatever")
    with pytest.raises(UserError, match="Windows menolak"):
        Windows(("/no/such/powershell",)).ask("whatever")


def test_elsewhere_it_is_said_what_a_person_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(UserError, match="Samba"):
        require_windows()
    monkeypatch.setattr(sys, "platform", "win32")
    require_windows()


def test_no_name_breaks_out_of_its_quotes() -> None:
    odd = msgspec.structs.replace(SHARED, folder="C:\\o'hara\N{RIGHT SINGLE QUOTATION MARK}s; calc")
    quoted = "'C:\\o''hara\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}s; calc'"
    assert quoted in host_steps(odd)[0].act


def test_the_hours_without_a_restart_come_back_each_as_it_was() -> None:
    """An office that had its own keeps them; one that had none has none again."""
    hours = client_steps()[-1]
    assert hours.wanted == "1 6 20"
    for name, value in (("SetActiveHours", 1), ("ActiveHoursStart", 6), ("ActiveHoursEnd", 20)):
        assert f"-Name {name} -Type DWord -Value {value}" in hours.act
        assert f"Remove-ItemProperty -LiteralPath {UPDATES} -Name {name} }}" in hours.undo
    assert undo_of(hours, "1 8 17").startswith("$n = ('1 8 17') -split ' '; if ($n[0] -eq '-')")


def test_the_power_plan_is_asked_and_set_by_the_names_of_windows() -> None:
    """Sleep, hibernation, the lid of a laptop, and USB, on mains power alone."""
    plan = [step for step in client_steps() if "powercfg" in step.act]
    names = ("STANDBYIDLE", "HIBERNATEIDLE", "LIDACTION", "48e6b7a6-50f5-4782-a5d4-53bb8f07e226")
    for step, name in zip(plan, names, strict=True):
        assert f"{name} | Select-String" in step.look
        assert f"{name} 0; powercfg /setactive" in step.act
        assert f"{name} ([int]('0x00000708'));" in undo_of(step, "0x00000708")
        assert "/setdcvalueindex" not in step.act
