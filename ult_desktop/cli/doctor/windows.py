"""The checks of this PC's Windows settings, which the IT guide asks for.

A plain account can make them. PowerShell's SMB cmdlets say more, but need an administrator.
"""

import platform
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from ult_desktop.base import UserError, _
from ult_desktop.base.windows import Windows, quoted
from ult_desktop.core.office.share_plan import client_steps
from ult_desktop.db.lock_check.location import problem_with
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.office.share_account import host_of, is_public, share_of
from ult_desktop.pc.registry import Hive, Registry

_SERVICES = r"SYSTEM\CurrentControlSet\Services"
# https://learn.microsoft.com/en-us/windows-server/storage/file-server/troubleshoot/detect-enable-and-disable-smbv1-v2-v3
_SMB_1 = rf"{_SERVICES}\mrxsmb10"
_FAST_START = r"SYSTEM\CurrentControlSet\Control\Session Manager\Power"
# https://learn.microsoft.com/en-us/windows-server/networking/windows-time-service/windows-time-service-tools-and-settings
_TIME = rf"{_SERVICES}\W32Time"
_OFF = 4  # `Start` of a service that is disabled


def check_settings(path: Path | None, registry: Registry, windows: Windows) -> Iterator[CheckResult]:
    """Check a PC whose office file is at `path`; where that is on a share, its way to the share too."""
    yield _check_smb_1(registry)
    yield _check_fast_start(registry)
    yield _check_clock_source(registry)
    share = share_of(path) if path else ""
    if share:
        yield _check_network(share, windows)
        yield from _check_own_folder(share, windows)
        yield from _check_offline_files(share, windows)
        yield from _check_client_settings(windows)


def _check_smb_1(registry: Registry) -> CheckResult:
    start = registry.read(Hive.PC, _SMB_1, "Start")
    if start is None or start == _OFF:
        return CheckResult("ok", "SMB 1", _("mati"))
    todo = _("Copot di Fitur Windows: “Dukungan Berbagi Berkas SMB 1.0/CIFS”. SMB 1 tidak aman.")
    return CheckResult("warn", "SMB 1", _("terpasang"), todo)


def _check_fast_start(registry: Registry) -> CheckResult:
    check = _("Mulai cepat Windows")
    if registry.read(Hive.PC, _FAST_START, "HiberbootEnabled") != 1:
        return CheckResult("ok", check, _("mati"))
    todo = _(
        "PC yang dimatikan tidak sungguh mulai lagi: pakai “Mulai ulang” sesudah pembaruan, atau matikan di"
        " Opsi Daya, “Pilih fungsi tombol daya”."
    )
    return CheckResult("warn", check, _("nyala"), todo)


def _check_clock_source(registry: Registry) -> CheckResult:
    check, todo = (
        _("Sumber jam"),
        _("Nyalakan di Pengaturan Windows, Waktu dan bahasa: “Setel waktu secara otomatis”."),
    )
    source = registry.read(Hive.PC, rf"{_TIME}\Parameters", "Type")
    if registry.read(Hive.PC, _TIME, "Start") == _OFF or source == "NoSync":
        return CheckResult("warn", check, _("tidak ada"), todo)
    return CheckResult("ok", check, str(source or "-"))


def _check_network(share: str, windows: Windows) -> CheckResult:
    check = _("Profil jaringan")
    if not is_public(windows):
        return CheckResult("ok", check, _("bukan Publik"))
    if not _is_own(share):
        return CheckResult("ok", check, _("Publik; cukup untuk membuka folder PC lain"))
    todo = _("PC lain tidak dapat membuka folder PC ini: jadikan Privat di Pengaturan Windows, Jaringan.")
    return CheckResult("warn", check, _("Publik"), todo)


def _is_own(share: str) -> bool:
    """Return whether this PC keeps the share."""
    return host_of(share).casefold() == platform.node().casefold()


def _check_own_folder(share: str, windows: Windows) -> Iterator[CheckResult]:
    """Look for a cloud that copies the folder which this PC shares: the share's name does not show it."""
    if not _is_own(share):
        return
    name = quoted(share.rpartition("\\")[2])
    try:
        folder = windows.ask(
            f"(Get-CimInstance -ClassName Win32_Share | Where-Object {{ $_.Name -eq {name} }}).Path"
        )
    except UserError:  # some Windows refuse a plain account here
        return
    if problem := problem_with(PureWindowsPath(folder), ()):
        yield CheckResult("fail", _("Tempat berkas"), folder, problem)


def _check_offline_files(share: str, windows: Windows) -> Iterator[CheckResult]:
    """Look for copies of the share that Offline Files keeps: a station would work in a copy of the office."""
    below = quoted(f"{share}\\*")
    try:
        count = windows.ask(
            "@(Get-CimInstance -ClassName Win32_OfflineFilesItem -ErrorAction SilentlyContinue |"
            f" Where-Object {{ $_.ItemPath -like {below} }}).Count"
        )
    except UserError:  # a Windows without Offline Files
        return
    if count not in ("", "0"):
        todo = _("Matikan “Selalu tersedia offline” untuk folder itu di Pusat Sinkronisasi.")
        yield CheckResult("warn", "Offline Files", _("menyimpan salinan folder kantor"), todo)


def _check_client_settings(windows: Windows) -> Iterator[CheckResult]:
    """Look at each setting that *Atur Windows* makes on a PC that opens a share."""
    check = _("Setelan Windows")
    for step in client_steps():
        try:
            is_set = windows.ask(step.look) == step.wanted
        except UserError as error:
            yield CheckResult("warn", check, _("tidak terbaca: {words}").format(words=step.words), error.todo)
            continue
        if is_set:
            yield CheckResult("ok", check, step.words)
        else:
            todo = _("Sebagai administrator: `ult-desktop setup share`.")
            yield CheckResult("warn", check, _("belum: {words}").format(words=step.words), todo)
