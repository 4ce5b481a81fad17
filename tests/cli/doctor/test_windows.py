"""The words of `doctor` on Windows' own settings, and on a server's version."""

import platform
from pathlib import Path

import pytest
from typing_extensions import override

from tests.operations.office.windows_shell import OtherWindows
from tests.pc.test_lock_down import RegistryOfValues, Values
from ult_desktop.base import UserError
from ult_desktop.cli.doctor.server import FIXED_MINOR, check_version
from ult_desktop.cli.doctor.windows import check_settings
from ult_desktop.core.office.share_plan import client_steps
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.sharing import carry_out
from ult_desktop.pc.registry import Hive

SERVICES = r"SYSTEM\CurrentControlSet\Services"
SHARED = Path(rf"\\{platform.node()}\ult\office.db")
SOUND: Values = {(Hive.PC, rf"{SERVICES}\W32Time\Parameters", "Type"): "NTP"}
POOR: Values = {
    (Hive.PC, rf"{SERVICES}\mrxsmb10", "Start"): 2,
    (Hive.PC, r"SYSTEM\CurrentControlSet\Control\Session Manager\Power", "HiberbootEnabled"): 1,
    (Hive.PC, rf"{SERVICES}\W32Time\Parameters", "Type"): "NoSync",
}


class Pc(OtherWindows):
    """One that Offline Files keeps `copies` of the share on, and that shares `folder`."""

    copies, folder, silent = "0", r"C:\ult", False

    @override
    def ask(self, script: str, patience_s: float | None = None) -> str:
        if self.silent:
            raise UserError("Windows menolak: -", "", "Minta petugas TI.")
        answers = {"Win32_OfflineFilesItem": self.copies, "Win32_Share": self.folder}
        own = next((answer for asked, answer in answers.items() if asked in script), None)
        return super().ask(script, patience_s) if own is None else own


def bad(lines: list[CheckResult]) -> list[tuple[str, str]]:
    assert all(line.todo for line in lines if line.level != "ok"), "each has its remedy"
    return [(line.check, line.found) for line in lines if line.level != "ok"]


def test_a_pc_as_the_guide_wants_it_is_in_order() -> None:
    windows = Pc()
    carry_out(client_steps(), windows)
    lines = list(check_settings(SHARED, RegistryOfValues(dict(SOUND)), windows))
    assert bad(lines) == []
    assert {line.check for line in lines} >= {"SMB 1", "Mulai cepat Windows", "Sumber jam", "Profil jaringan"}


def test_each_setting_that_is_otherwise_is_told() -> None:
    windows = Pc()
    windows.profile, windows.copies = "Public", "3"
    assert bad(list(check_settings(SHARED, RegistryOfValues(dict(POOR)), windows))) == [
        ("SMB 1", "terpasang"),
        ("Mulai cepat Windows", "nyala"),
        ("Sumber jam", "tidak ada"),
        ("Profil jaringan", "Publik"),
        ("Offline Files", "menyimpan salinan folder kantor"),
        *(("Setelan Windows", f"belum: {step.words}") for step in client_steps()),
    ]


def test_a_public_network_hinders_the_pc_with_the_folder_alone() -> None:
    windows = Pc()
    windows.profile = "Public"
    there = check_settings(Path(r"\\SERVER\ult\office.db"), RegistryOfValues(dict(SOUND)), windows)
    assert "Profil jaringan" not in dict(bad(list(there)))


def test_a_shared_folder_that_a_cloud_copies_is_a_failure_at_its_pc() -> None:
    windows = Pc()
    windows.folder = r"C:\Users\siti\OneDrive - Kantor\ult"
    carry_out(client_steps(), windows)
    (line,) = (each for each in check_settings(SHARED, RegistryOfValues(dict(SOUND)), windows) if each.todo)
    assert (line.level, line.check, line.found) == ("fail", "Tempat berkas", windows.folder)
    assert "Folder sinkronisasi" in line.todo
    elsewhere = check_settings(Path(r"\\SERVER\ult\office.db"), RegistryOfValues(dict(SOUND)), windows)
    assert bad(list(elsewhere)) == []


def test_an_office_on_this_disk_needs_nothing_of_a_share() -> None:
    lines = check_settings(Path("/srv/ult/office.db"), RegistryOfValues(dict(SOUND)), Pc())
    assert [line.check for line in lines] == ["SMB 1", "Mulai cepat Windows", "Sumber jam"]


def test_a_clock_service_that_is_off_is_told() -> None:
    registry = RegistryOfValues({**SOUND, (Hive.PC, rf"{SERVICES}\W32Time", "Start"): 4})
    assert ("Sumber jam", "tidak ada") in bad(list(check_settings(None, registry, Pc())))


def test_what_windows_does_not_tell_is_said() -> None:
    windows = Pc()
    windows.silent = True
    lines = list(check_settings(SHARED, RegistryOfValues(dict(SOUND)), windows))
    assert [found for _check, found in bad(lines)] == [
        f"tidak terbaca: {step.words}" for step in client_steps()
    ]


@pytest.mark.parametrize("major", FIXED_MINOR)
def test_a_server_with_a_known_weakness_is_told(major: int) -> None:
    (line,) = check_version(f"{major}.{FIXED_MINOR[major] - 1}")
    assert (line.level, f"{major}.{FIXED_MINOR[major]}" in line.todo) == ("warn", True)
    assert list(check_version(f"{major}.{FIXED_MINOR[major]}")) == []


@pytest.mark.parametrize("version", ["19.0", "19beta1", "", "15", "15.²", "²"])
def test_of_an_unknown_version_nothing_is_said(version: str) -> None:
    assert list(check_version(version)) == []
