"""The Debian package: the program in /opt, its menu entries, its units, and what to do before and after."""

import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "packaging" / "debian"
ARCHITECTURE = "amd64"
NAMES = {"kiosk": "Kios", "counter": "Loket", "display": "Layar TV"}


def pack(program: Path, version: str, folder: Path) -> Path:
    """Make the package in `folder`."""
    root = program.parent / "package"
    shutil.rmtree(root, ignore_errors=True)
    home = root / "opt" / "ult-desktop"
    shutil.copytree(program, home / "program", symlinks=True)
    _link(root / "usr/bin/ult-desktop", "/opt/ult-desktop/program/ult-desktop")
    for mode, name in NAMES.items():
        _fill("ult-desktop.desktop", root / f"usr/share/applications/ult-desktop-{mode}.desktop", mode, name)
    _fill("ult-desktop-update.service", root / "usr/lib/systemd/system/ult-desktop-update.service", "", "")
    notices = root / "usr/share/doc/ult-desktop/copyright"
    notices.parent.mkdir(parents=True)
    shutil.copy(program / "app" / "THIRD-PARTY.txt", notices)
    _control(root, version)
    target = folder / f"ult-desktop_{version}_{ARCHITECTURE}.deb"
    smallest = ["-Zxz", "-z9", "-Sextreme"]
    subprocess.run(["dpkg-deb", "--root-owner-group", *smallest, "--build", root, target], check=True)
    return target


def linked(root: Path) -> list[str]:
    """Return the packages that what lies below `root` is linked to, with their least versions."""
    code = [each for each in sorted(root.rglob("*")) if _is_code(each)]
    if not code:
        return []
    work = root.parent / "linked"
    (work / "debian").mkdir(parents=True, exist_ok=True)
    (work / "debian" / "control").write_text(
        "Source: ult-desktop\n\nPackage: ult-desktop\nArchitecture: any\n"
    )
    places = [f"-l{each}" for each in sorted({each.parent for each in code})]
    left_out = ["-xlibsqlite3-0", "--ignore-missing-info"]  # the package has an SQLite of its own
    command: list[str | Path] = ["dpkg-shlibdeps", "-O", *left_out, *places, *code]
    said = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    if said.returncode:
        raise SystemExit(said.stderr[-2000:])
    return said.stdout.strip().partition("=")[2].split(", ")


def _is_code(path: Path) -> bool:
    """Whether it is linked to libraries that have to be there; the system's voice need not be."""
    if path.is_symlink() or not path.is_file() or "speechd" in path.name:
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def _fill(template: str, target: Path, mode: str, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    text = (SOURCE / template).read_text(encoding="utf-8")
    target.write_text(text.replace("@MODE@", mode).replace("@NAME@", name), encoding="utf-8")


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _control(root: Path, version: str) -> None:
    control = root / "DEBIAN"
    control.mkdir()
    size = sum(each.lstat().st_size for each in root.rglob("*") if not each.is_dir()) // 1024
    text = (SOURCE / "control").read_text(encoding="utf-8")
    filled = {
        "@VERSION@": version,
        "@SIZE@": str(size),
        "@ARCHITECTURE@": ARCHITECTURE,
        "@LINKED@": "".join(f", {each}" for each in linked(root)),
    }
    for mark, value in filled.items():
        text = text.replace(mark, value)
    (control / "control").write_text(text, encoding="utf-8")
    for script in ("preinst", "postinst", "prerm", "postrm"):
        shutil.copy(SOURCE / script, control / script)
        (control / script).chmod(0o755)
