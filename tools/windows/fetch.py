"""The fetching from package registries: by exact version and SHA-256, through their own clients."""

import hashlib
import platform
import re
import subprocess
import sys
from pathlib import Path

from packaging.markers import Marker

HERE = Path(__file__).parent
RUNTIME = HERE / "runtime.lock"
PROGRAM = HERE.parents[1] / "requirements.lock"
PACKAGER = HERE.parent / "installer" / "packager.lock"

# The .py files of the standard library, which the wheel with CPython's programs lacks.
SHIPPED = (3, 13)
RELEASE, DEBIAN = "trixie", "3.13.5-2+deb13u5"
STANDARD_LIBRARY = {
    "libpython3.13-minimal": "a4aa6a9a8c77f87bfe545e1d14ec42c001d189ace90e3aa75deec882b39dee49",
    "libpython3.13-stdlib": "db161322a3481d2c0c3b9a3b9a03c3ab0e2b1718f54b88755fb4a3f939165b84",
}


def pip(verb: str, version: tuple[int, int], lock: str, *options: str | Path) -> None:
    """Run pip for a Windows of 64 bits and this Python; its markers are those of that Python."""
    plain = "{}{}".format(*version)
    platform = ["--platform", "win_amd64", "--python-version", plain, "--implementation", "cp"]
    abis = ["--abi", f"cp{plain}", "--abi", "abi3", "--abi", "none"]
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", verb, "-qq", "--no-deps"]
    only = ["--only-binary=:all:", "--require-hashes", "--requirement", "/dev/stdin"]
    whole = [*command, *platform, *abis, *only, *(str(option) for option in options)]
    subprocess.run(whole, input=lock, text=True, check=True)


def for_windows(lock: Path, version: tuple[int, int]) -> str:
    """Return the lock's lines that a Windows Python installs, without markers, which pip judges by itself."""
    dotted = "{}.{}".format(*version)
    windows = {
        "sys_platform": "win32",
        "os_name": "nt",
        "platform_system": "Windows",
        "platform_machine": "AMD64",
        "python_version": dotted,
        "python_full_version": f"{dotted}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    kept = []
    for entry in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8")):
        marker = re.search(r" ; ([^\\\n]+)", entry)
        if marker is None or Marker(marker[1].strip()).evaluate(windows):
            kept.append(entry.replace(marker[0], " ") if marker else entry)
    return "\n".join(kept)


def standard_library(folder: Path) -> bool:
    """Lay the packages of Debian that hold Python 3.13's standard library out; false where they are gone.

    They come from a newer Debian than this one may be, so that apt gets a list of its own for them. Only the
    newest build of a release stays in reach: `DEBIAN` and its hashes are raised when it is replaced.
    """
    lists = folder / "lists"
    (lists / "partial").mkdir(parents=True)
    source = archive()
    if source is None:
        return False
    keys = "/usr/share/keyrings/debian-archive-keyring.gpg"
    (folder / "sources.list").write_text(f"deb [signed-by={keys}] {source} {RELEASE} main\n")
    own = {
        "Dir::Etc::sourcelist": folder / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": lists,
        "Dir::Cache": folder,
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "-qq", *(f"--option={name}={value}" for name, value in own.items())]
    wanted = [f"{name}={DEBIAN}" for name in STANDARD_LIBRARY]
    for verb in (["update"], ["download", *wanted]):
        if subprocess.run([*apt, *verb], cwd=folder, check=False).returncode:
            return False
    for name, digest in STANDARD_LIBRARY.items():
        (package,) = folder.glob(f"{name}_*.deb")
        if hashlib.sha256(package.read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{package.name} is not the package that was pinned.")
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
    return True


def archive() -> str | None:
    """Where this Debian has its packages from."""
    query = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages"]
    try:
        release = platform.freedesktop_os_release()["VERSION_CODENAME"]
        said = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    except (OSError, KeyError, subprocess.CalledProcessError):
        return None
    return next((line.split()[0] for line in said.splitlines() if line.endswith(f" {release}")), None)
