"""`setup`: a PC from a file of answers, and the elevated helper that sets Windows."""

from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import CommandLine
from tests.operations.office.windows_shell import FRESH, PASSWORD, SHARED, OtherWindows
from ult_desktop.base.config import default_path, load_station
from ult_desktop.cli.station import setup
from ult_desktop.core.access.keys import pair_of_code
from ult_desktop.core.office.share_plan import client_steps


def answers(folder: Path, text: str) -> Path:
    path = folder / "answers.toml"
    path.write_text(f"{text}\n", encoding="utf-8")
    return path


def test_a_pc_joins_with_a_path_and_a_role(desk: CommandLine, tmp_path: Path) -> None:
    file = answers(tmp_path, f"database = '{desk.path}'\nmode = \"display\"\nautostart = false")
    told = desk.run("setup", "--answers", file)
    assert (told.code, told.err) == (0, "")
    assert load_station().mode == "display"
    again = desk.run("setup", "--answers", file)
    assert (again.code, "sudah punya pengaturan" in again.err) == (1, True)
    assert desk.run("setup", "--answers", file, "--force", "--json").row["database"] == str(desk.path)


@pytest.mark.slow
def test_an_office_is_made_and_its_recovery_code_told_once(desk: CommandLine, tmp_path: Path) -> None:
    place = tmp_path / "share"
    place.mkdir()
    made = "\n".join(
        (
            f"database = '{place}'",
            'mode = "kiosk"\nexit_pin = "1379"\nautostart = false',
            '[office]\ntemplate = "bpmp-kepri"\nadmin_password = "rahasia-kita"',
        )
    )
    told = desk.run("setup", "--answers", answers(tmp_path, made))
    code = told.out.split("Kode pemulihan: ")[1].splitlines()[0]
    assert pair_of_code(code).public
    assert (place / "office.db").exists()


def test_a_wrong_file_is_wrong_settings(desk: CommandLine, tmp_path: Path) -> None:
    told = desk.run("setup", "--answers", answers(tmp_path, 'database = "/x.db"\nmode = "kiosk"'))
    assert told.code == 2
    assert "baris 1: exit_pin: kios perlu PIN keluar" in told.err
    assert not default_path().exists()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> OtherWindows:
    here = OtherWindows()
    monkeypatch.setattr(setup, "Windows", lambda: here)
    monkeypatch.setattr(setup, "require_windows", lambda: None)
    return here


def test_the_helper_tells_what_it_changed_and_takes_it_back(
    desk: CommandLine, windows: OtherWindows, tmp_path: Path
) -> None:
    accounts = [word for who in SHARED.accounts for word in ("--account", who)]
    report = tmp_path / "report.json"
    told = desk.run("setup", "share", SHARED.folder, *accounts, "--report", report)
    changes = msgspec.json.decode(told.out)
    assert len(changes) == len(FRESH)
    assert msgspec.json.decode(report.read_bytes()) == {"changes": changes, "refused": "", "todo": ""}
    kept = tmp_path / "changes.json"
    kept.write_text(told.out, encoding="utf-8")
    assert desk.run("setup", "unshare", kept).code == 0
    assert windows.now == list(FRESH)


def test_the_helper_makes_the_offices_account_and_deletes_its_password(
    desk: CommandLine, windows: OtherWindows, tmp_path: Path
) -> None:
    windows.shared = msgspec.structs.replace(SHARED, accounts=(), password=PASSWORD)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    told = desk.run("setup", "share", SHARED.folder, "--password-file", secret)
    assert windows.accounts == {"ult-kantor": PASSWORD}
    assert not secret.exists()
    assert PASSWORD not in told.out + told.err
    gone = desk.run("setup", "share", SHARED.folder, "--password-file", secret)
    assert (gone.code, "tidak dapat dibaca" in gone.err) == (1, True)
    secret.write_text("short", encoding="utf-8")
    assert "sedikitnya" in desk.run("setup", "share", SHARED.folder, "--password-file", secret).err


def test_the_helper_sets_a_client(desk: CommandLine, windows: OtherWindows) -> None:
    assert len(msgspec.json.decode(desk.run("setup", "share").out)) == len(client_steps())
    assert windows.now[:7] == list(FRESH[:7])


@pytest.mark.posix_only("samba")
def test_elsewhere_the_helper_says_what_to_do(desk: CommandLine, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    told = desk.run("setup", "share", r"C:\ult", "--account", "siti", "--report", report)
    assert (told.code, "Samba" in told.err) == (1, True)
    assert "Windows" in msgspec.json.decode(report.read_bytes())["refused"]
    nobody = desk.run("setup", "share", r"C:\ult")
    assert (nobody.code, "--account" in nobody.err) == (1, True)


def test_the_account_for_the_share_is_asked_for_and_proved(
    desk: CommandLine, windows: OtherWindows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.base.windows.Windows", lambda: windows)
    local = desk.run("station", "account", r"PC-1\ult-kantor")
    assert (local.code, "tidak di folder bersama Windows" in local.err) == (1, True)
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text("database = '\\\\PC-1\\ult\\office.db'\n", encoding="utf-8")
    odd = desk.run("station", "account", "ult-kantor")
    assert (odd.code, r"Tulis seperti PC-1\ult-kantor" in odd.err) == (1, True)
    wrong = desk.run("station", "account", r"PC-1\ult-kantor")
    assert (wrong.code, "salah" in wrong.err, windows.kept) == (1, True, {})
    windows.members[r"PC-1\ult-kantor"] = PASSWORD
    told = desk.run("station", "account", r"PC-1\ult-kantor", ULT_PASSWORD=PASSWORD)
    assert (told.err, windows.kept) == ("", {"PC-1": (r"PC-1\ult-kantor", PASSWORD)})
    assert PASSWORD not in told.out + told.err
