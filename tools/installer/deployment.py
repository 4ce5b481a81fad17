"""Files for those who hand the installer out: manifests for winget, and what Intune asks of a Win32 app."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

FOLDER = Path(__file__).parents[2] / "packaging" / "deployment"
WINGET = "ult-desktop.ULTDesktop"
INTUNE = ".intune.json"
ADDRESS = "ULT_DOWNLOAD"
"""The variable that names the folder's address from which the installer will be fetched (https://…/)."""
FOLDER_THERE = r"C:\Program Files\ULT Desktop"
UNINSTALL = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\ULT Desktop"


class Status(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One exit status of the installer; the list's head says what each field is."""

    code: int
    says: str
    windows: int
    intune: Literal["success", "failed", "retry"]
    winget: str = ""


class _Listed(msgspec.Struct, frozen=True):
    status: tuple[Status, ...]


def statuses() -> tuple[Status, ...]:
    return msgspec.toml.decode((FOLDER / "exit-codes.toml").read_bytes(), type=_Listed).status


def write(installer: Path, version: str) -> None:
    """Lay what Intune asks beside the installer, and winget's manifests where `ULT_DOWNLOAD` is set."""
    installer.with_name(installer.name + INTUNE).write_bytes(_intune(installer.name, version))
    if address := os.environ.get(ADDRESS):
        for name, text in _winget(installer, version, address):
            (installer.parent / name).write_text(text, encoding="utf-8")


def _intune(name: str, version: str) -> bytes:
    """Return the fields of a win32LobApp of Microsoft Graph that the installer decides.

    https://learn.microsoft.com/en-us/graph/api/resources/intune-apps-win32lobapp
    """
    graph = "#microsoft.graph.win32LobApp"
    detection = {
        "@odata.type": f"{graph}RegistryRule",
        "ruleType": "detection",
        "keyPath": UNINSTALL,
        "valueName": "DisplayVersion",
        "operationType": "version",
        "operator": "greaterThanOrEqual",
        "comparisonValue": version,
        "check32BitOn64System": False,
    }
    codes = [
        {"@odata.type": f"{graph}ReturnCode", "returnCode": each.code, "type": each.intune}
        for each in statuses()
    ]
    app = {
        "@odata.type": graph,
        "displayName": "ULT Desktop",
        "displayVersion": version,
        "setupFilePath": name,
        "installCommandLine": f'"{name}" /S',
        "uninstallCommandLine": rf'"{FOLDER_THERE}\uninstall.exe" /S _?={FOLDER_THERE}',
        "applicableArchitectures": "x64",
        "minimumSupportedWindowsRelease": "1809",
        "installExperience": {"runAsAccount": "system", "deviceRestartBehavior": "suppress"},
        "rules": [detection],
        "returnCodes": codes,
    }
    return msgspec.json.format(msgspec.json.encode(app), indent=2) + b"\n"


def _winget(installer: Path, version: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield names and texts of the three manifests."""
    rows = [
        f"  - InstallerReturnCode: {each.code}\n    ReturnResponse: {each.winget}"
        for each in statuses()
        if each.winget
    ]
    marks = {
        "@VERSION@": version,
        "@STATUSES@": "\n".join(rows),
        "@ADDRESS@": f"{address.rstrip('/')}/{installer.name}",
        "@DIGEST@": hashlib.sha256(installer.read_bytes()).hexdigest().upper(),
    }
    for template, name in (("version", ""), ("locale.id-ID", ".locale.id-ID"), ("installer", ".installer")):
        text = (FOLDER / "winget" / f"{template}.yaml").read_text(encoding="utf-8")
        for mark, value in marks.items():
            text = text.replace(mark, value)
        yield f"{WINGET}{name}.yaml", text
