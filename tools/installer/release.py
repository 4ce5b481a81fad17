"""`python3 dev.py release`: builds what a version is handed out as, twice, and names what differs."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tools.installer.__main__ import OUT, ROOT, WORK, build, epoch
from tools.installer.windows import CERTIFICATE
from ult_desktop import __version__

SUMS, NOTES = "SHA256SUMS", "NOTES.md"


def release(out: Path = OUT, work: Path = WORK, *, trial: bool = False) -> None:
    """Build installer and package into `out`, with digests and notes.

    Each is built twice without a signature, from one commit at one place; what differs is named. With a
    certificate in the environment what is handed out is built once more, signed. Ends the program where
    `lacks` or `uncommitted` has something to say, but for a trial.
    """
    if not trial and (lacking := [*lacks(ROOT), *uncommitted(ROOT)]):
        raise SystemExit("\n".join(lacking))
    shutil.rmtree(out, ignore_errors=True)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch())
    os.environ["PYTHONHASHSEED"] = "0"  # PyInstaller orders what it packs by sets
    certificate = os.environ.pop(CERTIFICATE, None)
    different: list[str] = []
    for linux in (False, True):
        kind = work / ("linux" if linux else "windows")
        first = build(linux=linux, out=work / "first", work=work)
        shutil.rmtree(kind / "compared", ignore_errors=True)
        (kind / "program").rename(kind / "compared")
        second = build(linux=linux, out=out, work=work)
        different += differences(first, second, kind / "compared", kind / "program")
    if certificate is not None:
        os.environ[CERTIFICATE] = certificate
        build(linux=False, out=out, work=work)
    (out / NOTES).write_text(notes(ROOT, different), encoding="utf-8")
    (out / SUMS).write_text("".join(_sums(out)), encoding="utf-8")
    print(*different or ["Both builds have the same digests."], sep="\n")


def lacks(root: Path) -> Iterator[str]:
    """Yield what does not agree: a version that another file tells differently, changes without a version."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if project != __version__:
        yield f"pyproject.toml says {project}, ult_desktop/__init__.py {__version__}: say the same."
    told = _changes(root)
    if __version__ not in told:
        yield f"CHANGELOG.md has no heading [{__version__}]."
    if told.get("Unreleased"):
        yield f"CHANGELOG.md has changes under [Unreleased]: put them under [{__version__}]."


def uncommitted(root: Path) -> Iterator[str]:
    """Yield words where the tree is not its last commit: a file that nobody added would be packed too."""
    status = ["git", "status", "--porcelain"]
    if subprocess.run(status, cwd=root, capture_output=True, text=True, check=True).stdout:
        yield "There are changes that are not committed: commit them, or try with --trial."


def _changes(root: Path) -> dict[str, str]:
    """Return the text below each heading of the changelog, by the version that it names."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    _intro, *parts = re.split(r"^## \[(.+?)\].*$", text, flags=re.MULTILINE)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


def notes(root: Path, different: list[str]) -> str:
    """Return the notes of the version: its changes, and whether it could be built again to the byte."""
    told = _changes(root)
    again = different or ["Two builds of this commit have the same digests."]
    changes = told.get("Unreleased") or told.get(__version__, "")
    return "\n".join([f"# ULT Desktop {__version__}", "", changes, "", "## Built twice", "", *again, ""])


def differences(first: Path, second: Path, first_program: Path, second_program: Path) -> list[str]:
    """Return what differs between two builds of one thing, nothing where they are the same to the byte."""
    if first.read_bytes() == second.read_bytes():
        return []
    names = sorted(
        {
            each.relative_to(folder).as_posix()
            for folder in (first_program, second_program)
            for each in _files(folder)
        }
    )
    other = [name for name in names if not _is_same(first_program / name, second_program / name)]
    if other:
        return [f"- {second.name}: {name} differs" for name in other]
    return [
        f"- {second.name}: {_bytes_apart(first.read_bytes(), second.read_bytes())}, around the same files"
    ]


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file())


def _is_same(one: Path, another: Path) -> bool:
    return one.is_file() and another.is_file() and one.read_bytes() == another.read_bytes()


def _bytes_apart(one: bytes, another: bytes) -> str:
    if len(one) != len(another):
        return f"{len(one):,} and {len(another):,} bytes"
    apart = [place for place, (a, b) in enumerate(zip(one, another, strict=True)) if a != b]
    return f"{len(apart):,} bytes differ, the first at {apart[0]:,}"


def _sums(out: Path) -> Iterator[str]:
    for each in sorted(out.iterdir()):
        yield f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n"


if __name__ == "__main__":
    release(trial="--trial" in sys.argv)
