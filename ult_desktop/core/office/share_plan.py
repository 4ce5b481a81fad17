"""The Windows settings for a folder that PCs share, each step with the way back.

The settings are those of docs/store.md, rule 2. A step is three pieces of PowerShell: `look` prints how it is
now, `act` makes it so that `look` prints `wanted`, `undo` puts back what was printed before.
"""

from msgspec import Struct

from ult_desktop.base import _
from ult_desktop.base.private_files import ADMINISTRATORS, SYSTEM
from ult_desktop.base.windows import quoted
from ult_desktop.core.office.setup_answers import SharedFolder

_FILE_SHARING = "@FirewallAPI.dll,-28502"  # the group of firewall rules, whose name is translated too
_CLIENT_KEY = r"HKLM:\SYSTEM\CurrentControlSet\Services\LanmanWorkstation\Parameters"
# The caches of Windows' client for shares, with the seconds for which each usually keeps an answer.
_CACHE_SECONDS = {"FileInfoCacheLifetime": 10, "DirectoryCacheLifetime": 10, "FileNotFoundCacheLifetime": 5}
_NEVER = "0x00000000"  # as `powercfg` prints 0: never sleep, never switch off
# A ticket printer or a keypad that Windows puts to sleep misses what comes first. The setting has no name:
# https://learn.microsoft.com/en-us/windows-hardware/customize/power-settings/usb-settings
_USB_SLEEP = "2a737441-1930-4402-8d77-b2bebba308a3 48e6b7a6-50f5-4782-a5d4-53bb8f07e226"
# https://learn.microsoft.com/en-us/windows/deployment/update/waas-restart
_UPDATES_KEY = r"HKLM:\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate"
_ACTIVE_HOURS = {"SetActiveHours": 1, "ActiveHoursStart": 6, "ActiveHoursEnd": 20}


class ShareStep(Struct, frozen=True, kw_only=True):
    """A step of the plan. `{before}` in `undo` is replaced by what `look` printed before `act`."""

    words: str
    look: str
    wanted: str
    act: str
    undo: str


class ShareChange(Struct, frozen=True, kw_only=True):
    """A change that was made: in words, and the PowerShell that takes it back."""

    words: str
    undo: str


def host_steps(shared: SharedFolder) -> tuple[ShareStep, ...]:
    """Return the steps for the PC that keeps the folder; it is a client of its own share too."""
    return (
        _folder_step(shared),
        _rights_step(shared),
        _share_step(shared),
        _access_step(shared),
        _offline_files_step(shared),
        _smb1_step(),
        _firewall_step(),
        *client_steps(),
    )


def client_steps() -> tuple[ShareStep, ...]:
    """Return the steps for every PC that opens the office file."""
    return (
        _cache_step(),
        _power_step(_("PC ini tidak tidur sendiri"), "SUB_SLEEP STANDBYIDLE"),
        _power_step(_("PC ini tidak berhibernasi sendiri"), "SUB_SLEEP HIBERNATEIDLE"),
        _power_step(_("Menutup layar laptop tidak menidurkannya"), "SUB_BUTTONS LIDACTION"),
        _power_step(_("USB tidak dimatikan untuk menghemat daya"), _USB_SLEEP),
        _active_hours_step(),
    )


def undo_of(step: ShareStep, before: str) -> str:
    """Return the PowerShell that undoes a step; `before` is what its `look` printed at first."""
    return step.undo.replace("{before}", quoted(before))


def _folder_step(shared: SharedFolder) -> ShareStep:
    folder = quoted(shared.folder)
    return ShareStep(
        words=_("Folder {folder} dibuat").format(folder=shared.folder),
        look=f"Test-Path -LiteralPath {folder} -PathType Container",
        wanted="True",
        act=f"New-Item -ItemType Directory -Force -Path {folder} | Out-Null",
        undo=f"if (-not (Get-ChildItem -Force -LiteralPath {folder}))"
        f" {{ Remove-Item -LiteralPath {folder} }}",
    )


def _rights_step(shared: SharedFolder) -> ShareStep:
    """Return the step for the rights to the folder.

    They replace those inherited from the disk, by which every account of the PC may read.
    """
    folder = quoted(shared.folder)
    grants = [
        f"{SYSTEM}:(OI)(CI)F",
        f"{ADMINISTRATORS}:(OI)(CI)F",
        *(f"{who}:(OI)(CI)M" for who in shared.admitted_accounts),
    ]
    return ShareStep(
        words=_("Hanya {accounts} yang boleh membuka folder itu").format(
            accounts=", ".join(shared.admitted_accounts)
        ),
        look=f"(Get-Acl -LiteralPath {folder}).Sddl",
        wanted="",
        act=f"icacls {folder} /inheritance:r /grant:r {' '.join(map(quoted, grants))} /q | Out-Null;"
        " if ($LASTEXITCODE) { throw 'icacls' }",
        # A constrained PowerShell calls no method of the list: there the folder inherits its rights again.
        undo=f"try {{ $acl = Get-Acl -LiteralPath {folder}; $acl.SetSecurityDescriptorSddlForm({{before}});"
        f" Set-Acl -LiteralPath {folder} -AclObject $acl }} catch {{ icacls {folder} /reset /q | Out-Null }}",
    )


def _share_step(shared: SharedFolder) -> ShareStep:
    name, accounts = quoted(shared.name), ",".join(map(quoted, shared.admitted_accounts))
    return ShareStep(
        words=_("Folder dibagikan dengan nama {name}").format(name=shared.name),
        look=f"(Get-SmbShare -Name {name} -ErrorAction SilentlyContinue).Path",
        wanted=shared.folder,
        act=f"New-SmbShare -Name {name} -Path {quoted(shared.folder)} -ChangeAccess {accounts}"
        # Offline Files would let a PC write to a copy of the office file:
        # https://learn.microsoft.com/powershell/module/smbshare/new-smbshare
        " -CachingMode None | Out-Null",
        undo=f"Remove-SmbShare -Name {name} -Force",
    )


def _access_step(shared: SharedFolder) -> ShareStep:
    """Return the step for a share that was there before; its look prints who may not write in it yet."""
    name, accounts = quoted(shared.name), ",".join(map(quoted, shared.admitted_accounts))
    return ShareStep(
        words=_("Folder bersama dibuka untuk {accounts}").format(
            accounts=", ".join(shared.admitted_accounts)
        ),
        look=f"$in = @(Get-SmbShareAccess -Name {name} | Where-Object {{ $_.AccessControlType -eq 'Allow'"
        " -and $_.AccessRight -ne 'Read' } | ForEach-Object { ($_.AccountName -split '\\\\')[-1] });"
        f" ({accounts} | Where-Object {{ $in -notcontains ($_ -split '\\\\')[-1] }}) -join '|'",
        wanted="",
        act=f"Grant-SmbShareAccess -Name {name} -AccountName {accounts} -AccessRight Change -Force"
        " | Out-Null",
        undo="({before} -split '\\|') | ForEach-Object"
        f" {{ Revoke-SmbShareAccess -Name {name} -AccountName $_ -Force | Out-Null }}",
    )


def _offline_files_step(shared: SharedFolder) -> ShareStep:
    name = quoted(shared.name)
    return ShareStep(
        words=_("Offline Files mati untuk folder itu"),
        look=f"(Get-SmbShare -Name {name}).CachingMode",
        wanted="None",
        act=f"Set-SmbShare -Name {name} -CachingMode None -Force",
        undo=f"Set-SmbShare -Name {name} -CachingMode {{before}} -Force",
    )


def _smb1_step() -> ShareStep:
    return ShareStep(
        words=_("SMB 1 mati"),
        look="(Get-SmbServerConfiguration).EnableSMB1Protocol",
        wanted="False",
        act="Set-SmbServerConfiguration -EnableSMB1Protocol $false -Force",
        undo="Set-SmbServerConfiguration -EnableSMB1Protocol ({before} -eq 'True') -Force",
    )


def _firewall_step() -> ShareStep:
    # By the group's resource name, since Windows translates the words of the rule.
    group = quoted(_FILE_SHARING)
    return ShareStep(
        words=_("Firewall mengizinkan folder bersama di jaringan kantor"),
        look=f"[bool](Get-NetFirewallRule -Group {group} | Where-Object"
        " { $_.Enabled -eq 'True' -and $_.Profile -match 'Private|Any' })",
        wanted="True",
        act=f"Get-NetFirewallRule -Group {group} | Where-Object {{ $_.Profile -match 'Private|Domain' }}"
        " | Enable-NetFirewallRule",
        undo=f"Get-NetFirewallRule -Group {group} | Where-Object {{ $_.Profile -match 'Private|Domain' }}"
        " | Disable-NetFirewallRule",
    )


def _cache_step() -> ShareStep:
    """Return the step against caches: they show an outdated size or date of the office file."""
    arguments = " ".join(f"-{name} {{{number}}}" for number, name in enumerate(_CACHE_SECONDS))
    defaults = ", ".join(f"({quoted(name)}, {seconds})" for name, seconds in _CACHE_SECONDS.items())
    return ShareStep(
        words=_("Singgahan folder bersama di PC ini mati"),
        # The registry is read, for an account without administrator rights may not ask the cmdlet.
        # https://learn.microsoft.com/en-us/windows-server/administration/performance-tuning/role/file-server/
        look=f"$c = Get-ItemProperty -LiteralPath {quoted(_CLIENT_KEY)}; ({defaults} | ForEach-Object"
        " { if ($null -eq $c.($_[0])) { $_[1] } else { $c.($_[0]) } }) -join ' '",
        wanted="0 0 0",
        act=f"Set-SmbClientConfiguration {arguments.format(0, 0, 0)} -Force",
        undo="$n = ({before}) -split ' '; Set-SmbClientConfiguration "
        f"{arguments.format('$n[0]', '$n[1]', '$n[2]')} -Force",
    )


def _power_step(words: str, setting: str) -> ShareStep:
    """Return the step that sets a setting of the power plan to 0 on mains power: *never*, *off*.

    Of the numbers that `powercfg` prints, the last but one is that for mains power. It is found by its place,
    for Windows translates the words around it. A PC without that setting, a lid's for one, has nothing to do.
    """
    set_value = f"powercfg /setacvalueindex SCHEME_CURRENT {setting}"
    return ShareStep(
        words=words,
        # `/qh` shows what Windows hides in its settings too; no method is called, for a constrained
        # PowerShell calls none.
        look=f"$n = @(powercfg /qh SCHEME_CURRENT {setting} | Select-String '0x[0-9a-f]{{8}}'"
        " | Select-Object -Last 2 | ForEach-Object { ($_ -split ' ')[-1] });"
        f" if ($n.Count -eq 2) {{ $n[0] }} else {{ '{_NEVER}' }}",
        wanted=_NEVER,
        act=f"{set_value} 0; powercfg /setactive SCHEME_CURRENT",
        undo=f"{set_value} ([int]({{before}})); powercfg /setactive SCHEME_CURRENT",
    )


def _active_hours_step() -> ShareStep:
    """Return the step for Windows' *active hours*, in which it does not restart by itself for an update."""
    key = quoted(_UPDATES_KEY)
    names = ", ".join(map(quoted, _ACTIVE_HOURS))
    set_value = f"Set-ItemProperty -LiteralPath {key} -Name {{name}} -Type DWord -Value {{value}}"
    set_back = (
        f"if ($n[{number}] -eq '-') {{ Remove-ItemProperty -LiteralPath {key} -Name {name} }} else"
        f" {{ {set_value.format(name=name, value=f'([int]$n[{number}])')} }}"
        for number, name in enumerate(_ACTIVE_HOURS)
    )
    return ShareStep(
        words=_("Windows tidak mulai ulang sendiri antara pukul {start} dan {end}").format(
            start=_ACTIVE_HOURS["ActiveHoursStart"], end=_ACTIVE_HOURS["ActiveHoursEnd"]
        ),
        look=f"$p = Get-ItemProperty -LiteralPath {key} -ErrorAction SilentlyContinue; ({names} |"
        " ForEach-Object { if ($null -eq $p.$_) { '-' } else { $p.$_ } }) -join ' '",
        wanted=" ".join(map(str, _ACTIVE_HOURS.values())),
        act=f"if (-not (Test-Path -LiteralPath {key})) {{ New-Item -Force -Path {key} | Out-Null }}; "
        + "; ".join(set_value.format(name=name, value=value) for name, value in _ACTIVE_HOURS.items()),
        undo="$n = ({before}) -split ' '; " + "; ".join(set_back),
    )
