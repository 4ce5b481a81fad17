"""The program's folder with all that it needs: PyInstaller, in the Python of the system that is meant."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tools.installer import sqlite
from tools.installer.notices import notices
from tools.windows.fetch import SHIPPED
from ult_desktop import __version__
from ult_desktop.base.late import late

if TYPE_CHECKING:
    from tools.windows import python as windows_python, wine
else:  # of Linux alone
    windows_python, wine = late("tools.windows.python"), late("tools.windows.wine")

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SPEC = ROOT / "build_installer.spec"
ON_WINDOWS: bool = sys.platform == "win32"
MINGW = "gcc" if ON_WINDOWS else "x86_64-w64-mingw32-gcc"


def for_windows(work: Path) -> Path:
    """Make the folder `program` for Windows; on Linux through Wine."""
    made_of = _parts(work, packages(windows=True), MINGW, windows=True)
    if ON_WINDOWS:
        return _freeze(work, [_shipped_python()], {**_with_packager(work), **_spelt(made_of, str)})
    with wine.screen() as display:
        python = ["wine", str(windows_python.windows_python() / "python.exe")]
        environment = wine.environment(wine.prefix(), display) | _spelt(made_of, wine.windows_path)
        return _freeze(work, python, environment, wine.windows_path)


def for_linux(work: Path) -> Path:
    """Make the folder `program` for this Debian, with Debian's own Python, which Debian mends."""
    made_of = _parts(work, packages(windows=False), "gcc", windows=False)
    own_packages = {"PYTHONUSERBASE": sys.prefix}  # which another Python looks for there
    _freeze(work, [debians_python()], {**_with_packager(work), **_spelt(made_of, str), **own_packages})
    app = work / "program" / "app"
    # Seven megabytes of names for debuggers; what wheels bring in `*.libs`, and Qt, has next to none.
    modules = (
        each for each in app.rglob("*.so") if each.parent.suffix != ".libs" and "PySide6" not in each.parts
    )
    for library in (*app.glob("libpython*.so*"), *modules):
        subprocess.run(["strip", "--strip-unneeded", library], check=True)
    _require_whole_plugins(app)
    return work / "program"


def _require_whole_plugins(app: Path) -> None:
    """End with words where a plugin lacks a library of Qt, which Qt passes over without a word."""
    plugins = sorted((app / "PySide6" / "Qt" / "plugins").rglob("*.so"))
    listing = subprocess.run(["ldd", *plugins], capture_output=True, text=True, check=True).stdout
    if lacking := sorted(set(re.findall(r"(libQt6\S+) => not found", listing))):
        raise SystemExit(f"Plugins of the bundle lack {', '.join(lacking)}: build_installer.spec.")


def debians_python() -> str:
    """Return Debian's program of this Python's version. Ends the program where Debian has none."""
    name = "python{}.{}".format(*sys.version_info[:2])
    if not Path("/usr/bin", name).exists():
        raise SystemExit(f"Debian has no {name} here: make .venv anew with `/usr/bin/python3 dev.py setup`.")
    return f"/usr/bin/{name}"


def _shipped_python() -> str:
    """Return the program that runs this. Ends the program where it is not the Python that ships."""
    shipped = "{}.{}".format(*SHIPPED)
    if sys.version_info[:2] != SHIPPED:
        raise SystemExit(
            f"What ships has Python {shipped}: make .venv anew with `py -{shipped} dev.py setup`."
        )
    return sys.executable


def _freeze(
    work: Path, python: list[str], environment: dict[str, str], spell: Callable[[Path], str] = str
) -> Path:
    """Make the folder `program` with this Python's PyInstaller, for which `spell` writes paths."""
    shutil.rmtree(work / "program", ignore_errors=True)
    places = ["--distpath", spell(work), "--workpath", spell(work / "frozen")]
    done = subprocess.run(
        [*python, "-m", "PyInstaller", "--noconfirm", *places, spell(SPEC)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,  # for Wine all three streams are pipes or nothing
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        sys.stdout.buffer.write(done.stdout)
        raise SystemExit(done.returncode)
    return work / "program"


def _parts(work: Path, site_packages: Path, compiler: str, *, windows: bool) -> dict[str, Path]:
    """Return what the recipe asks for, by the names of its variables."""
    work.mkdir(parents=True, exist_ok=True)
    icons, pictures, licences = work / "icons", work / "pictures", work / "THIRD-PARTY.txt"
    icons.mkdir(exist_ok=True)
    for drawn, folder in (("tools.installer.icons", icons), ("tools.manual_pictures", pictures)):
        subprocess.run([sys.executable, "-m", drawn, folder], cwd=ROOT, check=True)
    licences.write_text(notices(site_packages, windows=windows), encoding="utf-8")
    library = sqlite.library(work, compiler, windows=windows)
    parts = {"ULT_SQLITE": library, "ULT_ICONS": icons, "ULT_PICTURES": pictures}
    return {**parts, "ULT_NOTICES": licences}


def _spelt(parts: dict[str, Path], spell: Callable[[Path], str]) -> dict[str, str]:
    smallest = {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "9"}
    return {"ULT_VERSION": __version__, **smallest, **{name: spell(path) for name, path in parts.items()}}


def packages(*, windows: bool) -> Path:
    """Return the folder of the Python packages that a bundle is made with."""
    if windows and not ON_WINDOWS:
        return windows_python.windows_python() / "Lib" / "site-packages"
    return Path(sysconfig.get_path("purelib"))


def _with_packager(work: Path) -> dict[str, str]:
    """Return an environment with PyInstaller for this Python, which lies apart from the project's own."""
    target, lock = work / "packager", HERE / "packager.lock"
    if not target.exists():
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
        subprocess.run([*pip, "--require-hashes", "--target", target, "--requirement", lock], check=True)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT, target)))}
