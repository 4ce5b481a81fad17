"""Wine: a Windows in a folder, a screen before which nobody sits, and programs run there."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.windows.cache import cache, made
from tools.windows.python import GCC, windows_python

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# Libraries that Wine lacks or has only in part. They belong to the prefix, never to an installer.
STUBS = sorted((HERE / "stubs").glob("*.c"))
# No .NET, browser or debugger, no entries in the desktop's menus; and the colour management of the stub.
OVERRIDES = "mscoree,mshtml,winemenubuilder.exe,winedbg.exe=;mscms=n"
BOOT = (["wineboot", "--init"], ["winecfg", "/v", "win10"], ["wineserver", "--wait"])


def prefix() -> Path:
    """Return the Windows that commands run in: `WINEPREFIX`, else one of the cache."""
    own = os.environ.get("WINEPREFIX")
    if not own:
        return made("prefix", [*STUBS, OVERRIDES, str(BOOT)], _make)
    if not Path(own, "system.reg").exists():
        _make(Path(own))
    return Path(own)


@contextlib.contextmanager
def fresh() -> Iterator[Path]:
    """Yield a Windows of one's own, gone afterwards with all that was done in it."""
    with tempfile.TemporaryDirectory(dir=cache(), prefix="run-") as temporary:
        folder = Path(temporary) / "windows"
        shutil.copytree(prefix(), folder, symlinks=True, copy_function=_share)
        try:
            yield folder
        finally:
            for what in ("--kill", "--wait"):
                subprocess.run(["wineserver", what], env=environment(folder, ""), check=False)


def _share(source: str, target: str) -> None:
    """Share a file by another name; the registry is written in place and needs files of its own."""
    (shutil.copy2 if source.endswith(".reg") else os.link)(source, target)


def _make(folder: Path) -> None:
    print("==> a Windows under Wine", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    with screen() as display:
        for command in BOOT:
            subprocess.run(command, env=environment(folder, display), check=True, capture_output=True)
    for stub in STUBS:
        library = folder / "drive_c" / "windows" / "system32" / f"{stub.stem}.dll"
        library.unlink(missing_ok=True)
        subprocess.run([GCC, "-shared", "-O2", stub, "-ladvapi32", "-o", library], check=True)
    for link in (folder / "drive_c" / "users").rglob("*"):
        if link.is_symlink():  # Documents and the like lead into the home of the account that runs Wine
            link.unlink()
            link.mkdir()


@contextlib.contextmanager
def screen() -> Iterator[str]:
    """Yield an X server, as DISPLAY names it."""
    read, write = os.pipe()
    options = ["-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = subprocess.Popen(["Xvfb", *options], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def environment(folder: Path, display: str) -> dict[str, str]:
    """Return what a program of the Windows in this folder is given.

    Wine keeps TEMP, TMP and all that begins with QT_ from Windows programs. Compiled modules lie in the
    Windows: those of a Linux Python beside the source have the same names.
    """
    mine = {"WINEPREFIX": str(folder), "WINEARCH": "win64", "WINEDLLOVERRIDES": OVERRIDES, "DISPLAY": display}
    python = {"PYTHONPATH": windows_path(ROOT), "PYTHONPYCACHEPREFIX": r"C:\pycache"}
    return {"WINEDEBUG": "-all", **os.environ, **mine, **python}


def windows_path(path: Path) -> str:
    """Return a path as Windows programs name it: the whole Unix tree is drive Z."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


def start(words: Sequence[str], variables: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Python with these arguments; its `stdout` has what it says, errors too.

    All three streams are pipes or nothing: a Windows program under Wine cannot use a Unix file as one.
    """
    command = ["wine", str(windows_python() / "python.exe"), *words]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def said(process: "subprocess.Popen[bytes]") -> Iterator[bytes]:
    """Its words as they come, to the end."""
    with process:
        yield from iter(lambda: os.read(process.stdout.fileno(), 1 << 16) if process.stdout else b"", b"")
