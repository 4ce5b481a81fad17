"""A Python for Windows, put together on Linux: python.exe, its libraries and the wheels of the locks."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from tools.windows import fetch
from tools.windows.cache import made

LAUNCHER = Path(__file__).parent / "launcher"
GCC, WINDRES, OBJDUMP = (f"x86_64-w64-mingw32-{tool}" for tool in ("gcc", "windres", "objdump"))
LINUX_ALONE = ("lib-dynload", "config-*", "_sysconfigdata*", "sitecustomize.py", "EXTERNALLY-MANAGED")
OWN = sys.version_info[:2]
NOT_COPIED = shutil.ignore_patterns(*LINUX_ALONE, "site-packages", "test", "__pycache__")
# Tk, CPython's tests, the build without an interpreter's lock, an old runtime. And WMI, which Wine lacks:
# where there is none, the module `platform` asks Windows in another way.
NOT_TAKEN = r"tcl|tk|_tkinter|vcruntime|api-ms|_wmi|_(x?x|test)|.*cp\d+t-"

# Wine's kernel32 has no CopyFile2, and Python ends where it is called; `shutil` has another way of its own.
WITHOUT_COPY_FILE_2 = """\
import _winapi

if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
"""


def windows_python() -> Path:
    """Return the folder of `python.exe`, made at the first call.

    It is the version that ships where its standard library is at hand: in the Python that runs this, or in
    the build that is pinned of Debian. Else it is the version that runs this.
    """
    locks = (fetch.RUNTIME, fetch.PROGRAM, fetch.PACKAGER)
    files = [Path(__file__), Path(fetch.__file__), *sorted(LAUNCHER.iterdir()), *locks]
    return made("python", [*files, str(OWN)], _make)


def _make(folder: Path) -> None:
    version = _standard_library(folder / "Lib")
    (folder / "Lib" / "sitecustomize.py").write_text(WITHOUT_COPY_FILE_2)
    print("==> Python {}.{} for Windows (the first time some 350 MB to fetch)".format(*version), flush=True)
    _libraries(folder, version)
    _programs(folder, version)
    _stable_abi(folder, version)
    for lock in (fetch.PROGRAM, fetch.PACKAGER):
        place = ["--no-compile", "--upgrade", "--target", str(folder / "Lib" / "site-packages")]
        fetch.pip("install", version, fetch.for_windows(lock, version), *place)


def _standard_library(target: Path) -> tuple[int, int]:
    with tempfile.TemporaryDirectory() as temporary:
        version, source = OWN, Path(sysconfig.get_path("stdlib"))
        if OWN != fetch.SHIPPED:
            if fetch.standard_library(Path(temporary)):
                version, source = fetch.SHIPPED, Path(temporary, "usr/lib/python{}.{}".format(*fetch.SHIPPED))
            else:
                print(f"==> {fetch.DEBIAN} is out of reach: raise its pins for what ships", flush=True)
        shutil.copytree(source, target, ignore=NOT_COPIED)
    return version


def _libraries(folder: Path, version: tuple[int, int]) -> None:
    """CPython's own files, as the Python Software Foundation signed them, and Microsoft's runtime."""
    (folder / "DLLs").mkdir()
    with tempfile.TemporaryDirectory() as temporary:
        fetch.pip("download", version, fetch.RUNTIME.read_text(), "--dest", temporary)
        for wheel in Path(temporary).iterdir():
            with zipfile.ZipFile(wheel) as archive:
                for member in archive.namelist():
                    if place := _place(member):
                        (folder / place).write_bytes(archive.read(member))


def _place(member: str) -> str | None:
    """Where a wheel's file goes in the folder of a Python; None: it is not needed."""
    name = Path(member).name
    if re.search(r"Scripts/(msvcp140|vcruntime140)\w*\.dll$", member):
        return name
    if not member.startswith("deploy_libs/") or re.match(NOT_TAKEN, name, re.IGNORECASE):
        return None
    if re.fullmatch(r"python\d+\.dll", name):
        return name
    return f"DLLs/{name}" if re.search(r"\.pyd$|^lib.*\.dll$|^sqlite3\.dll$", name) else None


def _programs(folder: Path, version: tuple[int, int]) -> None:
    """`python.exe`, and `pythonw.exe` without a console: all that they do stands in the library."""
    library, resource = folder / _library(version), folder / "python.res"
    subprocess.run([WINDRES, "python.rc", "-O", "coff", "-o", resource], cwd=LAUNCHER, check=True)
    for name, options in (("python.exe", []), ("pythonw.exe", ["-mwindows", "-DGUI"])):
        sources = [str(LAUNCHER / "python.c"), str(resource), str(library)]
        subprocess.run([GCC, "-O2", "-municode", *options, *sources, "-o", str(folder / name)], check=True)
    resource.unlink()


def _stable_abi(folder: Path, version: tuple[int, int]) -> None:
    """`python3.dll`, which wheels of the stable ABI link to: each name leads into the real library."""
    library = _library(version)
    untranslated = {**os.environ, "LC_ALL": "C"}
    asked = [OBJDUMP, "-p", str(folder / library)]
    listing = subprocess.run(asked, capture_output=True, text=True, check=True, env=untranslated)
    exports = listing.stdout.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    names = re.findall(r"\s(_?Py\w+)$", exports, re.MULTILINE)
    if not names:
        raise RuntimeError(f"{OBJDUMP} lists no exports of {folder / library}.")
    forwards = [f"{name} = {Path(library).stem}.{name}" for name in names]
    with tempfile.TemporaryDirectory() as temporary:
        source, definition = Path(temporary, "main.c"), Path(temporary, "python3.def")
        source.write_text("int __stdcall DllMain(void *a, unsigned b, void *c) { return 1; }\n")
        definition.write_text("\n".join(["LIBRARY python3.dll", "EXPORTS", *forwards, ""]))
        build = [GCC, "-s", "-shared", "-nostdlib", "-e", "DllMain", str(source), str(definition)]
        subprocess.run([*build, "-o", str(folder / "python3.dll")], check=True)


def _library(version: tuple[int, int]) -> str:
    return "python{}{}.dll".format(*version)
