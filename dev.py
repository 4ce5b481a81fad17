#!/usr/bin/env python3
"""Everything a fresh machine needs, with nothing but Python: `dev.py help` names the commands."""
# ruff: noqa: S603, T201  (a script: it runs known commands and talks to a person)

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (before anything that an older Python cannot run)
    sys.exit("ult-desktop needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "dev-setup.stamp"
LOCK = ROOT / "requirements.lock"

# Debian packages that Qt, the printers and the tests load, as tried on a bare machine.
PACKAGES = {
    "windows": ["libegl1", "libgl1", "libglib2.0-0", "libdbus-1-3", "libfontconfig1", "libxkbcommon0"],
    "sound and video": ["libpulse0", "libxrandr2"],
    "an X screen": [
        *("libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1"),
        *("libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0"),
    ],
    "USB printers": ["libusb-1.0-0"],
    "reading QR codes and PDFs in tests": ["zbar-tools", "poppler-utils"],
    "a server for tests of the second engine": ["postgresql"],
    "whether a release is its last commit": ["git"],
}
# What runs programs of Windows, builds the few files that a Windows Python lacks, and takes what they print.
WINE = ["wine", "wine64", "xvfb", "gcc-mingw-w64-x86-64", "binutils-mingw-w64-x86-64", "cups", "cups-client"]
# The bus on which a screen reader asks, for tests that ask as one.
SCREEN_READER = ["at-spi2-core", "dbus"]
# A sound server with a microphone of the tests' own.
MICROPHONE = ["pipewire", "pipewire-pulse", "wireplumber"]

# What packs the program for an office.
PACKING = {  # a program: its package
    "makensis": "nsis",
    "npm": "npm",
    "gcc": "gcc",
    "strip": "binutils",
    "osslsigncode": "osslsigncode",
    "dpkg-shlibdeps": "dpkg-dev",
}

# Side by side and before the tests, told in this order. The modules of the tests are imported, which compiles
# them once for all workers; the name of one test stands for all, which each worker looks up for itself.
CHECKS = {
    "formatting": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "types on Windows": [
        *("mypy", "--platform", "win32", "--no-warn-unreachable"),
        *("--cache-dir", ".mypy_cache/windows", "ult_desktop"),
    ],
    "import contracts": ["lint-imports"],
    "collection": ["python", "-m", "pytest", "--collect-only", "-qq", "-o", "python_functions=test_budgets"],
}
# One more at work than there are cores: many a test waits for a share that hangs, or for another process.
PYTEST = ["-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal", "-p", "tests.times"]
THOROUGH, MEASURED = ["--hypothesis-profile=gate"], ["--cov", "--cov-report="]
QUICK = ["-m", "not slow and not slow_night"]
SLOW = ["-m", "slow and not slow_night", *THOROUGH]
NIGHT = ["-m", "slow_night", *THOROUGH]
ON_SERVER = ["--engine", "postgres"]
NEWEST = [*ON_SERVER, "--newest"]
ROUND_ON_SERVER = ["-m", "by_engine and not slow and not slow_night", *ON_SERVER]
RAM = Path("/dev/shm")  # noqa: S108  (only a folder of this run's own below it)
RAM_NEEDED = 1 << 30
CORE = ("core", "db", "operations", "devices")  # they decide about numbers and paper
FLOORS = {  # least coverage in percent, by the quick tests alone
    "--include=" + ",".join(f"ult_desktop/{layer}/*" for layer in CORE): 95,
    "--omit=" + ",".join(f"ult_desktop/{layer}/*" for layer in CORE): 90,
}
USAGE = """\
usage: python3 dev.py setup | test [--all | --night | --engine postgres [--newest] | PYTEST...]
       | bench [...] | demo [...] | windows [-- ...] | installer [--linux | --check FILE] | release [--trial]
       | lock"""
RESOLVE = [
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-annotate", "--no-header", "--quiet", "--group", "dev"),
]


def say(words: str) -> None:
    print("==> " + words, flush=True)


def tool(name: str, environment: Path = VENV, system: str = os.name) -> str:
    """Return the path of a program of the environment, on any system."""
    return str(environment / ("Scripts" if system == "nt" else "bin") / name) + ".exe" * (system == "nt")


def run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def need(command: list[str], sorry: str) -> None:
    """Run it; a failure ends the program with words and the command's own status."""
    status = run(command)
    if status:
        say(sorry)
        sys.exit(status)


def provided(listing: str) -> set[str]:
    """Names of installed packages, and the names they provide (libglib2.0-0t64 is libglib2.0-0)."""
    there: set[str] = set()
    for line in listing.splitlines():
        if line.startswith("ii"):
            there.update(re.sub(r"\(.*?\)|:\w+", "", line[3:]).replace(",", " ").split())
    return there


def missing_packages(wanted: list[str]) -> list[str]:
    query = ["dpkg-query", "-W", "-f=${db:Status-Abbrev} ${Package}, ${Provides}\n"]
    there = provided(subprocess.run(query, capture_output=True, text=True, check=False).stdout)
    return [name for name in wanted if name not in there]


def system_libraries() -> list[str]:
    """Every package that the program and its tests need."""
    wanted = [name for names in PACKAGES.values() for name in names]
    if importlib.util.find_spec("ensurepip") is None:  # Debian's own Python comes without it
        wanted.append(f"python3.{sys.version_info.minor}-venv")
    return wanted


def install(wanted: list[str]) -> None:
    """Install those packages of Debian that are missing, where this is Debian and who runs this may."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-query")):
        return
    missing = missing_packages(wanted)
    if not missing:
        return
    say("system libraries: " + " ".join(missing))
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not root or (shutil.which("sudo") and run([*root, "true"]) == 0):
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        run([*apt, "update"])
        if run([*apt, "install", "-y", "--no-install-recommends", *missing]) == 0:
            return
    say("They could not be installed. If a window or a test complains, ask an administrator for:")
    say("sudo apt-get install " + " ".join(missing))


def fingerprint() -> str:
    """Return a digest that changes with the lock, the project's metadata, the folder and the Python."""
    place = f"{ROOT} {sys.version_info[:2]}".encode()
    parts = (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), place)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def setup() -> None:
    install(system_libraries())
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Python environment in .venv")
    need([sys.executable, "-m", "venv", str(VENV)], "Python could not make it (on Debian: python3-venv).")
    pip = [tool("python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    say("locked dependencies (the first time some 250 MB to fetch)")
    # The lock is whole; an older pip would look beyond it for what somebody wants with extras.
    locked = ["--require-hashes", "--no-deps", "-r", str(LOCK)]
    need([*pip, *locked], "They did not install: is a package index in reach?")
    say("the program itself: " + tool("ult-desktop"))
    # setuptools, the build backend, stands in the lock: nothing is fetched, and Windows gets a real .exe.
    editable = ["--quiet", "--no-index", "--no-deps", "--no-build-isolation", "--editable", "."]
    need([*pip, *editable], "The program could not be installed.")
    STAMP.write_text(wanted)


@contextlib.contextmanager
def timed(part: str) -> Iterator[None]:
    """Say how long a part of the gate took."""
    began = time.monotonic()
    yield
    say(f"{part}: {time.monotonic() - began:.0f} s")


def check() -> None:
    """Run all checks side by side; the first in order that fails ends the program."""
    with contextlib.ExitStack() as ends:
        running = {}
        for name, (program, *options) in CHECKS.items():
            running[name] = ends.enter_context(started([tool(program), *options]))
            ends.callback(running[name].kill)
        for name, process in running.items():
            say(name)
            said = process.communicate()[0]
            if process.returncode:
                show(said)
                say(f"{name}: not right. Nothing after it counts.")
                sys.exit(process.returncode)


def started(command: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def show(printed: bytes) -> None:
    """Write bytes: a Windows console need not know every letter."""
    sys.stdout.buffer.write(printed)
    sys.stdout.flush()


@contextlib.contextmanager
def temporary_files() -> Iterator[dict[str, str]]:
    """Yield the environment of tests, with temporary files in RAM where the system has room there."""
    if not os.access(RAM, os.W_OK) or shutil.disk_usage(RAM).free < RAM_NEEDED:
        yield {**os.environ}
        return
    with tempfile.TemporaryDirectory(prefix="ult-", dir=RAM) as folder:
        Path(folder).chmod(0o1777)  # as /tmp: some tests act as another user
        yield {**os.environ, "TMPDIR": folder}


@contextlib.contextmanager
def a_server(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """With a PostgreSQL for all tests, which ends with this process, however that ends."""
    keeper = [tool("python"), "-m", "tests.cluster"]
    with subprocess.Popen(  # apart: what ends this process does not end it before the tests
        keeper,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        said = process.stdout.readline().strip() if process.stdout else ""
        yield {**environment, "ULT_TEST_SERVER": said}


def pytest(arguments: list[str], environment: dict[str, str] | None = None) -> str:
    """Run the tests, shown as they go, and return the summary line; a failure ends the program."""
    command, summary = [tool("python"), "-m", "pytest", *arguments], ""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as running:
        for line in running.stdout or ():
            show(line)
            summary = line.decode("utf-8", "replace").strip() or summary
    if running.returncode:
        sys.exit(running.returncode)
    return summary


def on_server(arguments: list[str], **variables: str) -> str:
    """Run tests with their offices on a PostgreSQL of their own; return the summary line."""
    with temporary_files() as environment, a_server({**environment, **variables}) as with_server:
        return pytest([*PYTEST, *arguments], with_server)


def on_newest() -> str:
    """Run what differs by engine on a PostgreSQL newer than the system's; return the summary line."""
    install(packing_tools())
    with tempfile.TemporaryDirectory(prefix="ult-newest-") as folder:
        need([tool("python"), "-m", "tests.newest_server", folder], "It could not be fetched.")
        return on_server(ROUND_ON_SERVER, ULT_TEST_PROGRAMS=str(Path(folder, "bin")))


def in_ram(part: str, arguments: list[str]) -> str:
    """Run tests and tell how long they took; return the summary line."""
    say(part)
    with timed(part), temporary_files() as environment:
        return pytest([*PYTEST, *arguments], environment)


def test(arguments: list[str]) -> None:
    """Run the gate, the whole gate or the night's round; with other arguments only pytest, with them."""
    rounds = {(): quick, ("--all",): whole, ("--night",): night}
    if arguments == ON_SERVER:
        print(on_server([*QUICK, *ON_SERVER]))
    elif arguments == NEWEST:
        print(on_newest())
    elif tuple(arguments) in rounds:
        print(rounds[tuple(arguments)]())
    else:
        pytest(arguments)


def quick() -> str:
    with timed("static checks"):
        check()
    return in_ram("tests", QUICK)


def whole() -> str:
    """Add slow tests, and a round of what differs by engine."""
    with timed("static checks"):
        check()
    set_windows_up()
    summaries = [in_ram("tests", [*QUICK, *THOROUGH]), in_ram("slow tests", SLOW)]
    if os.name == "posix":
        with timed("tests on a server"):
            summaries.append(on_server(ROUND_ON_SERVER))
    return "\n".join(summaries)


def night() -> str:
    """Run what takes too long for `--all`, which it does not replace: coverage too makes each test slower."""
    set_windows_up()
    summaries = [in_ram("tests of the night", NIGHT), in_ram("coverage", [*QUICK, *MEASURED])]
    for files, floor in FLOORS.items():
        say(f"coverage with {files}: at least {floor} %")
        report = [tool("coverage"), "report", files, f"--fail-under={floor}", "--skip-covered"]
        need(report, f"Below the floor. Tests: {summaries[-1]}")
    if os.name == "posix":
        with timed("tests on a server"):
            summaries.append(on_server([*QUICK, *ON_SERVER]))
        with timed("tests on the newest server"):
            summaries.append(on_newest())
    return "\n".join(summaries)


def set_windows_up() -> None:
    """Set a Windows up under Wine, where apt can install that, and what else the slow tests need."""
    if shutil.which("apt-get"):
        with timed("a Windows under Wine"):
            install([*WINE, *SCREEN_READER, *MICROPHONE, *packing_tools()])  # the installer is built there
            need([tool("python"), "-m", "tools.windows"], "It could not be set up: docs/windows.md.")


def windows(arguments: list[str]) -> int:
    """Set a Windows up under Wine, and run what stands behind `--` there; return its exit status."""
    if not sys.platform.startswith("linux"):
        say("Wine and its Windows are for Linux.")
        return 2
    install(WINE)
    with temporary_files() as environment:
        command = [tool("python"), "-m", "tools.windows", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def packing_tools() -> list[str]:
    """Return the packages of those programs that are not here in any other way."""
    return [package for program, package in PACKING.items() if not shutil.which(program)]


def installer(arguments: list[str]) -> int:
    """Build what an office installs; the last line is its path."""
    if sys.platform.startswith("linux"):
        install([*packing_tools(), *([] if "--linux" in arguments else WINE)])
    return run([tool("python"), "-m", "tools.installer", *arguments])


def release(arguments: list[str]) -> int:
    """Build installer and package twice, with digests and notes; `--trial` lets changes and versions be."""
    if not sys.platform.startswith("linux"):
        say("A release is built on Linux, which makes both.")
        return 2
    install([*packing_tools(), *WINE])
    return run([tool("python"), "-m", "tools.installer.release", *arguments])


def lock() -> None:
    """Resolve anew for every platform with uv, in an environment that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        say("uv in an environment that is thrown away")
        need([sys.executable, "-m", "venv", folder], "Python could not make an environment.")
        python, uv = tool("python", Path(folder)), tool("uv", Path(folder))
        need([python, "-m", "pip", "install", "--quiet", "uv"], "uv could not be fetched.")
        say("resolving into requirements.lock")
        resolve = [uv, "pip", "compile", *RESOLVE, "--output-file", str(LOCK), "pyproject.toml"]
        need(resolve, "The dependencies could not be resolved.")


def main(arguments: list[str]) -> int:
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "lock":
        lock()
    elif command not in ("setup", "test", "bench", "demo", "windows", "installer", "release"):
        print(USAGE)
        return 2
    else:
        setup()
    if command == "test":
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each worker and each program compiles all anew
        test(rest)
    elif command == "bench":
        return run([tool("python"), "-m", "benchmarks", *rest])
    elif command == "demo":
        return run([tool("ult-desktop"), "demo", *rest])
    elif command == "windows":
        return windows(rest)
    elif command == "installer":
        return installer(rest)
    elif command == "release":
        return release(rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
