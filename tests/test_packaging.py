"""The make of the installers: pinned source, everybody's licences, a Debian package that is whole."""

import ast
import re
import subprocess
import sysconfig
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from tools.installer import debian, sqlite, windows
from tools.installer.notices import notices, shipped
from tools.windows.fetch import PACKAGER
from ult_desktop.core.office.template import OfficeIdentity

ROOT = Path(__file__).parents[1]
PACKAGES = Path(sysconfig.get_path("purelib"))


def test_every_package_that_the_program_runs_with_has_its_licence() -> None:
    names = {each.name.lower() for each in shipped(PACKAGES, windows=False)}
    assert {"click", "sqlite-utils", "pyusb", "msgspec", "pillow"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis"}
    text = notices(PACKAGES, windows=False)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    for name in names:
        assert f"\n{name} " in text.lower()


def test_a_source_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / sqlite.TARBALL).write_bytes(b"something else")
    with pytest.raises(SystemExit, match="is not the file that was pinned"):
        sqlite.library(tmp_path, "gcc", windows=False)
    assert not list(tmp_path.rglob("libsqlite3*"))


def test_both_systems_are_packed_by_one_version() -> None:
    def version(lock: Path) -> str:
        return next(line for line in lock.read_text().splitlines() if line.startswith("pyinstaller=="))

    assert version(PACKAGER) == version(ROOT / "tools/installer/packager.lock")


def test_every_zone_that_an_office_can_have_is_packed() -> None:
    recipe = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
    (packed,) = re.findall(r"^ZONES = (\(.+\))$", recipe, re.MULTILINE)
    zones = OfficeIdentity.__annotations__["timezone"]
    assert set(ast.literal_eval(packed)) == {"utc", *(zone.lower() for zone in get_args(zones))}


@pytest.mark.slow  # the gate of that name installs NSIS
@pytest.mark.posix_only("nsis")
def test_the_script_of_the_installer_for_windows_packs_a_program(tmp_path: Path) -> None:
    program, target = tmp_path / "program", tmp_path / "ULT-setup.exe"
    (program / "app" / "icons").mkdir(parents=True)
    for face in ("counter", "display", "kiosk"):
        Image.new("RGBA", (256, 256)).save(
            program / "app" / "icons" / f"{face}.ico", sizes=[(16, 16), (32, 32)]
        )
    for name in ("ult-desktop.exe", "ult-desktopw.exe", "app/THIRD-PARTY.txt"):
        (program / name).write_text(f"the whole of {name}")
    packed = windows.pack(program, "1.2.3", target, fast=True).read_bytes()
    assert packed.startswith(b"MZ")
    for name in ("ult-desktop.exe", "ult-desktopw.exe", "app/THIRD-PARTY.txt"):
        assert f"the whole of {name}".encode() in packed
    assert "station install --prepare".encode("utf-16-le") in packed
    assert "1.2.3".encode("utf-16-le") in packed


@pytest.mark.posix_only("dpkg")
def test_the_debian_package_has_its_entries_units_and_scripts(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "app").mkdir(parents=True)
    (program / "ult-desktop").touch()
    (program / "app" / "THIRD-PARTY.txt").touch()
    (program / "app" / "libQt.so.6").write_bytes(bytes(500 * 1024))
    (program / "libQt.so").symlink_to("app/libQt.so.6")
    package = debian.pack(program, "1.2.3", tmp_path)
    assert package.name == "ult-desktop_1.2.3_amd64.deb"
    shown = subprocess.run(
        ["dpkg-deb", "--field", package], capture_output=True, text=True, check=True
    ).stdout
    assert "\nVersion: 1.2.3\n" in shown
    assert "\nInstalled-Size: 50" in shown, "a link takes no room of its own"
    assert "@" not in shown.replace("ult-desktop@localhost", "")
    laid = tmp_path / "laid"
    subprocess.run(["dpkg-deb", "--raw-extract", package, laid], check=True)
    for mode in debian.NAMES:
        assert f" run {mode}\n" in (laid / f"usr/lib/systemd/user/ult-desktop-{mode}.service").read_text()
        assert f" run {mode}\n" in (laid / f"usr/share/applications/ult-desktop-{mode}.desktop").read_text()
    for script in ("preinst", "postinst", "prerm", "postrm"):
        subprocess.run(["sh", "-n", laid / "DEBIAN" / script], check=True)
    assert "rm " not in (laid / "DEBIAN" / "postrm").read_text()
