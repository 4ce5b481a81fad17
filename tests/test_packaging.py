"""The make of the installers: pinned source, everybody's licences, a Debian package that is whole."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, get_args

import pytest
from PIL import Image

from tools.installer import bundle, debian, npm, sqlite, windows
from tools.installer.notices import NOT_CARRIED, notices, shipped
from tools.windows import wine
from tools.windows.fetch import PACKAGER, SHIPPED, for_windows
from ult_desktop.core.office.template import OfficeIdentity

ROOT = Path(__file__).parents[1]
PACKAGES = Path(sysconfig.get_path("purelib"))


def test_every_package_that_the_program_runs_with_has_its_licence() -> None:
    names = {each.name.lower() for each in shipped(PACKAGES, windows=False)}
    assert {"click", "sqlite-utils", "pyusb", "msgspec", "pillow"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis"}
    text = notices(PACKAGES, windows=False)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    for name in names - set(NOT_CARRIED):
        assert f"\n{name} " in text.lower()


def test_a_source_that_is_not_the_pinned_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "better-sqlite3-13.2.0.tgz").write_bytes(b"something else")
    with pytest.raises(SystemExit, match="is not the file that was pinned"):
        sqlite.library(tmp_path, "gcc", windows=False)
    assert not list(tmp_path.rglob("libsqlite3*"))


def test_npm_is_found_where_it_is_a_script_of_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`npm.cmd`, which is started by its whole name alone."""
    there, started = str(tmp_path / "npm.cmd"), list[str]()

    def run(command: list[str], cwd: Path, **_how: object) -> None:
        started.append(command[0])
        (cwd / "part-1.0.tgz").write_bytes(b"packed")

    monkeypatch.setattr(shutil, "which", {"npm": there}.get)
    monkeypatch.setattr(subprocess, "run", run)
    assert npm.packed("part@1.0", hashlib.sha256(b"packed").hexdigest(), tmp_path).exists()
    assert started == [there]


def test_the_packager_has_what_it_needs_on_either_system() -> None:
    windows_lock = for_windows(PACKAGER, SHIPPED)
    assert set(re.findall(r"^([\w-]+)==", windows_lock, re.MULTILINE)) == {
        *("altgraph", "pefile", "pyinstaller", "pyinstaller-hooks-contrib", "pywin32-ctypes")
    }
    (pyinstaller,) = re.findall(r"^pyinstaller==.+\n((?:    .+\n)+)", windows_lock, re.MULTILINE)
    assert pyinstaller.count("--hash=") == 2, "a wheel for Windows and one for Linux"


def test_on_windows_the_packager_lies_beside_the_projects_own_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Look into no `.venv` for PyInstaller, as on Linux."""
    started = list[tuple[list[str], dict[str, str]]]()

    def run(command: list[str], env: dict[str, str], **_how: object) -> subprocess.CompletedProcess[bytes]:
        started.append((command, env))
        return subprocess.CompletedProcess(command, 0, b"")

    (tmp_path / "packager").mkdir()
    monkeypatch.setattr(bundle, "ON_WINDOWS", True)
    monkeypatch.setattr(bundle, "SHIPPED", sys.version_info[:2])
    monkeypatch.setattr(bundle, "_parts", lambda *_where, **_how: {"ULT_ICONS": tmp_path})
    monkeypatch.setattr(subprocess, "run", run)
    assert bundle.for_windows(tmp_path) == tmp_path / "program"
    ((command, environment),) = started
    assert command[:3] == [sys.executable, "-m", "PyInstaller"]
    assert str(tmp_path / "packager") in environment["PYTHONPATH"].split(os.pathsep)
    assert environment["ULT_ICONS"] == str(tmp_path)
    monkeypatch.setattr(bundle, "SHIPPED", (3, 99))
    with pytest.raises(SystemExit, match=r"py -3\.99 dev\.py setup"):
        bundle.for_windows(tmp_path)


def test_the_workflow_packs_with_the_python_that_ships() -> None:
    workflow = (ROOT / ".github/workflows/gate.yml").read_text(encoding="utf-8")
    job = workflow.partition("\n  installer:\n")[2]
    assert re.findall(r"python-version: \"(.+)\"", job) == ["{}.{}".format(*SHIPPED)]


@pytest.mark.parametrize(
    ("next_to_python", "kept"), [({"vcruntime140.dll"}, True), ({"msvcp140.dll"}, False)]
)
def test_the_bundle_has_microsofts_runtime_once(next_to_python: set[str], kept: bool) -> None:
    """Wherever it is built: a Python of Windows has no msvcp140.dll beside it, the one under Wine has."""
    recipe = ast.parse((ROOT / "build_installer.spec").read_text(encoding="utf-8"))
    names = ("MICROSOFT", "UNUSED_QT")
    wanted: list[ast.stmt] = [
        each
        for each in recipe.body
        if (isinstance(each, ast.FunctionDef) and each.name == "is_kept")
        or (
            isinstance(each, ast.Assign)
            and isinstance(each.targets[0], ast.Name)
            and each.targets[0].id in names
        )
    ]
    space: dict[str, Any] = {"Path": Path, "WINDOWS": True, "next_to_python": next_to_python}
    exec(compile(ast.Module(wanted, []), "build_installer.spec", "exec"), space)
    assert space["is_kept"]((r"PySide6\MSVCP140.dll", r"C:\Qt\MSVCP140.dll", "BINARY")) is kept
    assert space["is_kept"]((r"PySide6\Qt6Core.dll", r"C:\Qt\Qt6Core.dll", "BINARY"))


def test_every_zone_that_an_office_can_have_is_packed() -> None:
    recipe = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
    (packed,) = re.findall(r"^ZONES = (\(.+\))$", recipe, re.MULTILINE)
    zones = OfficeIdentity.__annotations__["timezone"]
    assert set(ast.literal_eval(packed)) == {"utc", *(zone.lower() for zone in get_args(zones))}


# The program that the script asks: it answers in the encoding that it is told, and refuses one property.
ANSWERING = r"""
#include <windows.h>
int wmain(int count, wchar_t **words) {
    wchar_t encoding[40] = L"", *said = L"PC ini siap.\r\n";
    wchar_t *wrong = L"COUNTER=abc \x2014 1 \x2026 99, \x0100.\r\n";
    DWORD written, status = 0;
    for (int i = 1; i < count; i++) {
        if (!lstrcmpW(words[i], L"COUNTER=abc")) { said = wrong; status = 2; }
        if (!lstrcmpW(words[i], L"PRINTER=win32://EPSON TM-T82")) said = L"EPSON.\r\n";
    }
    GetEnvironmentVariableW(L"ULT_ENCODING", encoding, 40);
    if (!lstrcmpW(encoding, L"utf-16-le"))
        WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), said, lstrlenW(said) * 2, &written, NULL);
    return status;
}
"""
AMD64, I386 = 0x8664, 0x14C
UNINSTALL = r"HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall\ULT Desktop"


def machine_of(program: bytes) -> int:
    """Return the processor that a program of Windows is made for, by its header."""
    header = int.from_bytes(program[0x3C:0x40], "little")
    return int.from_bytes(program[header + 4 : header + 6], "little")


@pytest.fixture
def answering(tmp_path: Path) -> Path:
    """A program's folder with no more in it than the script of the installer needs."""
    program = tmp_path / "program"
    (program / "app" / "icons").mkdir(parents=True)
    for face in ("counter", "display", "kiosk"):
        icon = program / "app" / "icons" / f"{face}.ico"
        Image.new("RGBA", (256, 256)).save(icon, sizes=[(16, 16), (32, 32)])
    source, made = tmp_path / "answering.c", program / "ult-desktop.exe"
    source.write_text(ANSWERING)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-municode", "-O1", "-s", source, "-o", made], check=True)
    (program / "ult-desktopw.exe").write_text("the windowed one")
    (program / "app" / "THIRD-PARTY.txt").write_text("the licences of others")
    return program


@pytest.mark.slow  # the gate of that name installs NSIS
@pytest.mark.posix_only("nsis")
def test_the_script_of_the_installer_for_windows_packs_a_program(answering: Path, tmp_path: Path) -> None:
    packed = windows.pack(answering, "1.2.3", tmp_path / "ULT-setup.exe", fast=True).read_bytes()
    assert packed.startswith(b"MZ")
    assert machine_of(packed) == AMD64
    assert b"the windowed one" in packed
    assert "station install --prepare".encode("utf-16-le") in packed
    assert "1.2.3".encode("utf-16-le") in packed


def test_the_script_writes_paths_as_nsis_on_windows_splits_them() -> None:
    """There at a backslash alone; elsewhere NSIS reads both."""
    script = (ROOT / "packaging" / "installer.nsi").read_text(encoding="utf-8")
    paths = re.findall(r"\$\{(?:FOLDER|NSISDIR)\}(.)", script)
    assert len(paths) > 4
    assert set(paths) == {"\\"}


@pytest.mark.slow
@pytest.mark.posix_only("nsis")
def test_the_script_packs_where_nsis_has_32_bits_alone(
    answering: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pack with what NSIS for Windows comes with."""
    shipped = tmp_path / "nsis"
    shutil.copytree("/usr/share/nsis", shipped, ignore=shutil.ignore_patterns("*amd64*"))
    monkeypatch.setenv("NSISDIR", str(shipped))
    packed = windows.pack(answering, "1.2.3", tmp_path / "setup.exe", fast=True).read_bytes()
    assert machine_of(packed) == I386
    assert b"the windowed one" in packed


@pytest.mark.slow_night
@pytest.mark.windows
@pytest.mark.posix_only("wine")
def test_the_script_of_the_installer_for_windows_says_all_and_takes_all_off(
    answering: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words arrive letter by letter, in a log too; "Apps" shows whom to ask; taking it off waits."""
    monkeypatch.setenv("ULT_SUPPORT", "https://ult.example/bantuan")
    setup = windows.pack(answering, "1.2.3", tmp_path / "ULT-setup.exe", fast=True)
    with wine.fresh() as prefix, wine.screen() as display:
        environment = wine.environment(prefix, display)

        def run(*words: str) -> tuple[int, str]:
            done = subprocess.run(
                ["wine", *words], env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False
            )
            return done.returncode, done.stdout.decode("utf-8", "replace")

        shutil.copy(setup, prefix / "drive_c" / "setup.exe")
        home, log = prefix / "drive_c/Program Files/ULT Desktop", prefix / "drive_c/log.txt"
        assert run(str(setup), "/S", r"/LOG=C:\log.txt", "COUNTER=abc", "PIN=1379")[0] == 3
        told = log.read_text("utf-16")
        assert "3: COUNTER=abc — 1 … 99, Ā." in told
        assert "1379" not in told
        assert not home.exists()
        assert run(str(setup), "/S", r"/LOG=C:\log.txt")[0] == 0
        assert r"0: C:\Program Files\ULT Desktop" in log.read_text("utf-16")
        for number, quoted in enumerate((r'"/LOG=C:\an {}.txt"', r'/LOG="C:\an {}.txt"')):
            command = f'/S {quoted.format(number)} PIN=1379 "PRINTER=win32://EPSON TM-T82"'
            script = prefix / "drive_c" / "install.cmd"
            script.write_text(f'@"C:\\setup.exe" {command}\n@exit /b %errorlevel%\n')
            assert run("cmd", "/c", r"C:\install.cmd")[0] == 0
            told = (prefix / f"drive_c/an {number}.txt").read_text("utf-16")
            assert "EPSON" in told
            assert "1379" not in told
        shown = run("reg", "query", UNINSTALL)[1]
        assert "https://ult.example/bantuan" in shown
        assert r"""uninstall.exe" /S _?=C:\Program Files\ULT Desktop""" in shown
        menu = "drive_c/ProgramData/Microsoft/Windows/Start Menu/Programs/ULT Desktop"
        checks = (prefix / menu / "Periksa PC ini.lnk").read_bytes()
        assert 'ult-desktop.exe" doctor"'.encode("utf-16-le") in checks
        uninstall = r"C:\Program Files\ULT Desktop\uninstall.exe"
        assert run(uninstall, "/S", r"_?=C:\Program Files\ULT Desktop")[0] == 0
        assert not home.exists(), "gone before the command that took it off has ended"
        assert run("reg", "query", UNINSTALL)[0] != 0
        assert run(str(setup), "/S", r"/D=C:\ult")[0] == 0
        (prefix / "drive_c/ult/program/ult-desktopw.exe").unlink()
        assert run(str(setup), "/S")[0] == 0
        assert (prefix / "drive_c/ult/program/ult-desktopw.exe").exists(), "where it lies already"
        assert not home.exists()


def test_the_program_lies_where_administrators_alone_write() -> None:
    script = (ROOT / "packaging" / "installer.nsi").read_text(encoding="utf-8")
    assert "\nRequestExecutionLevel admin\n" in script
    assert '\nInstallDir "$PROGRAMFILES64\\${PRODUCT}"\n' in script


@pytest.mark.slow
@pytest.mark.posix_only("nsis")
def test_what_is_signed_has_a_valid_signature(
    answering: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Programs, libraries and the uninstaller; what somebody signed before stays as it is."""
    plain = windows.pack(answering, "1.2.3", tmp_path / "setup.exe", fast=True)
    assert not windows.is_signed(plain)
    key, certificate, both = (tmp_path / name for name in ("key.pem", "office.pem", "office.p12"))
    subject = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Kantor Uji"]
    usage = ["-addext", "extendedKeyUsage=codeSigning"]
    commands: list[list[str | Path]] = [
        ["req", *subject, *usage, "-keyout", key, "-out", certificate],
        ["pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", "pass:rahasia", "-out", both],
    ]
    for command in commands:
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    monkeypatch.setenv(windows.CERTIFICATE, str(both))
    monkeypatch.setenv(windows.PASSWORD, "rahasia")
    unsigned = windows.pack(answering, "1.2.3", tmp_path / "with-uninstaller.exe", fast=True)
    assert b"Kantor Uji" in unsigned.read_bytes(), "that of the uninstaller"
    code = [answering / "ult-desktop.exe", answering / "ult-desktopw.exe", answering / "app" / "part.PYD"]
    for each in code:
        shutil.copy(plain, each)
    windows.sign_programs(answering)
    signed = [each.read_bytes() for each in code]
    for each in code:
        verify: list[str | Path] = ["osslsigncode", "verify", "-CAfile", certificate, "-in", each]
        assert subprocess.run(verify, capture_output=True, check=False).returncode == 0
    windows.sign_programs(answering)
    assert [each.read_bytes() for each in code] == signed


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
        assert f" run {mode}\n" in (laid / f"usr/share/applications/ult-desktop-{mode}.desktop").read_text()
    for script in ("preinst", "postinst", "prerm", "postrm"):
        subprocess.run(["sh", "-n", laid / "DEBIAN" / script], check=True)
    assert "rm " not in (laid / "DEBIAN" / "postrm").read_text()
