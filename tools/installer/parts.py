"""The parts of others in a program's folder, as its files show them: names, versions, licences, files."""

import ctypes
import marshal
import re
import struct
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import Distribution
from pathlib import Path
from typing import NamedTuple

from packaging.utils import canonicalize_name

from tools.installer import sqlite
from tools.installer.notices import shipped

ROOT = Path(__file__).parents[2]
LOCK, PACKAGER = ROOT / "requirements.lock", Path(__file__).with_name("packager.lock")
CODE = re.compile(r"\.(exe|dll|pyd|zip|pyz)$|\.so(\.[\d.]+)?$|^ult-desktop$", re.IGNORECASE)


class Part(NamedTuple):
    """A part; `pins` are the SHA-256 of the files from which it may have been installed."""

    name: str
    version: str
    licence: str
    address: str  # a package URL, or ""
    files: tuple[str, ...] = ()  # below the program's folder
    pins: tuple[str, ...] = ()


Read = Callable[[Path], str | None]


class Origin(NamedTuple):
    """How a part is known that no Python package declares."""

    name: str
    licence: str
    files: str  # expression for its files; "" for a part that others are linked with
    version: Read


def written(pattern: str) -> Read:
    """Return what reads a version where a file's code says it."""
    compiled = re.compile(pattern.encode())

    def read(path: Path) -> str | None:
        found = compiled.search(path.read_bytes())
        return found[1].decode() if found else None

    return read


def in_name(pattern: str) -> Read:
    return lambda path: found[1] if (found := re.search(pattern, path.name)) else None


def resource(path: Path) -> str | None:
    """Return the version in a file's resources, which Windows shows.

    https://learn.microsoft.com/en-us/windows/win32/api/verrsrc/ns-verrsrc-vs_fixedfileinfo
    """
    data = path.read_bytes()
    at = data.find(b"\xbd\x04\xef\xfe")
    if at < 0:
        return None
    high, low = struct.unpack_from("<II", data, at + 8)
    return ".".join(str(number) for number in (high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF))


def libpq(path: Path) -> str | None:
    """Return PostgreSQL's version: 18.6 is 18.0.6.0 in resources, and 180006 where the library answers."""
    if path.suffix == ".dll":
        numbers = (resource(path) or "0.0.0.0").split(".")  # noqa: S104  (no address)
        return f"{numbers[0]}.{numbers[2]}"
    number: int = ctypes.CDLL(str(path)).PQlibVersion()
    return f"{number // 10_000}.{number % 10_000}"


def packager(_path: Path) -> str | None:
    return pinned(PACKAGER, "pyinstaller")[0]


# The first whose files fit has a file; Python packages come between, with what they declare as theirs.
BEFORE_PACKAGES = (
    Origin(
        "Qt",
        "LGPL-3.0-only",
        r"PySide6/(plugins/|Qt6|Qt/(plugins/|lib/libQt6))",
        written(r"Qt (6\.\d+\.\d+) \("),
    ),
    Origin(
        "FFmpeg",
        "LGPL-2.1-or-later",
        r"/(lib)?(av(codec|format|util)|sw(scale|resample))[-.]",
        written(r"FFmpeg version n?([\d.]+)"),
    ),
    Origin("ICU", "Unicode-3.0", r"/libicu", in_name(r"\.so\.(\d+)")),
    Origin("libpq", "PostgreSQL", r"/libpq-", libpq),
    Origin("OpenSSL", "Apache-2.0", r"/lib(crypto|ssl)-", written(r"OpenSSL (\d+\.\d+\.\d+) \d")),
    Origin("Microsoft runtime", "redistributable", r"(?i)/(msvcp|vcruntime)\w*\.dll$", resource),
    Origin(
        "SQLite", "blessing", r"app/(sqlite3\.dll|libsqlite3\.so\.0)$", written(r"[^\d.](3\.\d\d\.\d+)\0")
    ),
    Origin("libffi", "MIT", r"app/libffi-\d+\.dll$", in_name(r"-(\d+)\.dll")),
)
OWN = Origin("ULT Desktop", "MIT", r"app/modules\.pyz$", lambda _path: "")
AFTER_PACKAGES = (
    Origin(
        "Python",
        "PSF-2.0",
        r"app/(libpython|python3|base_library\.zip|_?[a-z]+\d?\.pyd$)",
        written(r"[^\d.](3\.\d+\.\d+)\0"),
    ),
    Origin("PyInstaller", "GPL-2.0-or-later WITH Bootloader-exception", r"^ult-desktopw?(\.exe)?$", packager),
    OWN,
)
# What is compiled into files of others, and says so there.
WITHIN = (
    Origin("zlib", "Zlib", "", written(r" (?:de|in)flate (\d[\d.]+) Copyright")),
    Origin("bzip2", "bzip2-1.0.6", "", written(r"(1\.0\.\d), \d+-\w{3}-\d{4}")),
    Origin("expat", "MIT", "", written(r"expat_(\d+\.\d+\.\d+)")),
    Origin(
        "libjpeg-turbo", "IJG AND BSD-3-Clause AND Zlib", "", written(r"libjpeg-turbo version (\d[\d.]+)")
    ),
    Origin("libpng", "libpng-2.0", "", written(r"libpng version (\d[\d.]+\d)")),
    Origin("libtiff", "libtiff", "", written(r"LIBTIFF, Version (\d[\d.]+)")),
    Origin("PCRE2", "BSD-3-Clause", "", written(r"(10\.\d\d) 20\d\d-\d\d-\d\d")),
    Origin("quick-xml", "MIT", "", written(r"quick-xml-(\d+\.\d+\.\d+)")),
    Origin("MIT Kerberos", "MIT", "", written(r"krb5-(1\.\d+\.\d+)")),
)


def parts(program: Path, site_packages: Path, *, windows: bool) -> list[Part]:
    """Return the parts of a built program, itself among them, made with the packages that lie there.

    Ends the program where a file of code belongs to none: a list that is silent about it would be wrong.
    """
    code = [each.relative_to(program).as_posix() for each in program.rglob("*") if _is_code(each)]
    packages = carried(program, site_packages, windows=windows)
    declared = {file: each.name for each in packages for file in _files(each)}
    owned: dict[str, list[str]] = {}
    for file in sorted(code):
        owned.setdefault(_owner(file, declared), []).append(file)
    found = [_package(each, tuple(owned.get(each.name, ()))) for each in packages]
    others = [each for each in (*BEFORE_PACKAGES, *AFTER_PACKAGES) if each.name in owned]
    found += [_part(each, program, owned[each.name]) for each in others]
    return sorted([*found, *_within(program, code)])


def _is_code(path: Path) -> bool:
    return bool(CODE.search(path.name)) and path.is_file() and not path.is_symlink()


def _owner(file: str, declared: dict[str, str]) -> str:
    known = [each.name for each in BEFORE_PACKAGES if re.search(each.files, file)]
    known += [name] if (name := declared.get(file.removeprefix("app/"))) else []
    known += [each.name for each in AFTER_PACKAGES if re.search(each.files, file)]
    if not known:
        raise SystemExit(f"{file} belongs to no part that is known: tools/installer/parts.py.")
    return known[0]


def _files(package: Distribution) -> set[str]:
    return {str(file).replace("\\", "/") for file in package.files or ()}


def carried(program: Path, site_packages: Path, *, windows: bool) -> list[Distribution]:
    """Return the packages of which something is in the program: a module or a file."""
    modules = set(modules_of(program))
    return [
        each
        for each in shipped(site_packages, windows=windows)
        if any(
            file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") in modules
            or (CODE.search(file) and (program / "app" / file).is_file())
            for file in _files(each)
        )
    ]


def modules_of(program: Path) -> Iterator[str]:
    """Return the names of all Python modules that PyInstaller laid into the bundle."""
    data = (program / "app" / "modules.pyz").read_bytes()
    (at,) = struct.unpack_from("!i", data, 8)
    yield from (entry[0] for entry in marshal.loads(data[at:]))  # noqa: S302  (of this build itself)


def _package(package: Distribution, files: tuple[str, ...]) -> Part:
    name = canonicalize_name(package.name)
    address = f"pkg:pypi/{name}@{package.version}"
    return Part(package.name, package.version, licence_of(package), address, files, pinned(LOCK, name)[1])


def licence_of(package: Distribution) -> str:
    """Return what the package declares: an SPDX expression where it has one, else its own words."""
    declared = package.metadata.json
    classified = [
        line for line in package.metadata.get_all("Classifier") or () if line.startswith("License ::")
    ]
    words = declared.get("license_expression") or declared.get("license") or ""
    return str(words).partition("\n")[0] or " and ".join(line.rpartition(":: ")[2] for line in classified)


def pinned(lock: Path, name: str) -> tuple[str, tuple[str, ...]]:
    """Return version and hashes of a package as the lock has them."""
    return _locked(lock)[name]


@cache
def _locked(lock: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    entries = re.findall(
        r"^([\w.-]+)==([^\s;]+)(.*(?:\n .*)*)", lock.read_text(encoding="utf-8"), re.MULTILINE
    )
    return {
        canonicalize_name(name): (version, tuple(re.findall(r"--hash=sha256:(\w+)", rest)))
        for name, version, rest in entries
    }


def _part(origin: Origin, program: Path, files: list[str]) -> Part:
    version = next((said for file in files if (said := origin.version(program / file)) is not None), None)
    if version is None:
        raise SystemExit(f"No file of {origin.name} says its version: tools/installer/parts.py.")
    if origin.name == "SQLite" and version != sqlite.VERSION:
        raise SystemExit(f"The program carries SQLite {version}, and {sqlite.VERSION} was to be in it.")
    debians = _debians(version) if origin.name == "Python" and "app/python3.dll" not in files else None
    address = debians or f"pkg:generic/{canonicalize_name(origin.name).replace(' ', '-')}@{version}"
    return Part(origin.name, version, origin.licence, address, tuple(files))


def _debians(version: str) -> str | None:
    """Return the package URL of Debian's Python, whose own version tells what Debian mended in it."""
    name = "python" + version.rpartition(".")[0]
    query = ["dpkg-query", "-W", "-f=${Version}", name]
    said = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return f"pkg:deb/debian/{name}@{said}" if said.startswith(version) else None


def _within(program: Path, code: list[str]) -> Iterator[Part]:
    """Yield what is compiled into files of other parts, each version once."""
    for origin in WITHIN:
        versions = {said for file in code if (said := origin.version(program / file))}
        for version in sorted(versions):
            yield Part(origin.name, version, origin.licence, f"pkg:generic/{origin.name.lower()}@{version}")
