"""`python3 dev.py installer`: builds what an office installs and the list of its parts, or checks a list."""

import hashlib
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.installer import bundle, debian, deployment, parts, sbom, weaknesses, windows
from ult_desktop import __version__

ROOT = Path(__file__).parents[2]
OUT, WORK = ROOT / "dist", ROOT / "build" / "installer"
MOST_MB = {".exe": 42, ".deb": 60}  # docs/install.md, "Measured"
USAGE = "usage: python3 dev.py installer [--linux | --check FILE]"


def build(*, linux: bool, out: Path = OUT, work: Path = WORK) -> Path:
    """Build the installer or package into `out`, with digest, parts list and verdicts beside it.

    Ends the program where it is too large, or where a part has a weakness that bites and is mended elsewhere.
    """
    out.mkdir(parents=True, exist_ok=True)
    if linux:
        program = bundle.for_linux(work / "linux")
        target = debian.pack(program, __version__, out)
    else:
        program = bundle.for_windows(work / "windows")
        windows.sign_programs(program)
        target = windows.pack(program, __version__, out / f"ULT-Desktop-{__version__}-setup.exe")
        windows.sign(target)
    require_small(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(f"{target.name}.sha256").write_text(f"{digest}  {target.name}\n")
    evidence(program, target, linux=linux)
    if not linux:
        deployment.write(target, __version__)
    return target


def require_small(target: Path) -> None:
    """End the program where what was built is larger than it may be."""
    size, most = target.stat().st_size / 1_000_000, MOST_MB[target.suffix]
    if size > most:
        raise SystemExit(f"{target.name} has {size:.1f} MB, and {most} at most: build_installer.spec.")


def evidence(program: Path, target: Path, *, linux: bool) -> None:
    """Lay parts list and verdicts on known weaknesses beside what was built of a program's folder."""
    found = parts.parts(program, bundle.packages(windows=not linux), windows=not linux)
    moment = datetime.fromtimestamp(epoch(), UTC).isoformat().replace("+00:00", "Z")
    listed = sbom.bom(found, program, target, __version__, moment)
    sbom.write(listed, target)
    known = weaknesses.known()
    if biting := weaknesses.bites(listed, weaknesses.there(program), known):
        raise SystemExit("\n".join(biting))
    weaknesses.write(weaknesses.vex(listed, known), target)


def epoch() -> int:
    """Return the moment of the build in seconds: SOURCE_DATE_EPOCH, else that of the last commit."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if said is None:
        log = ["git", "log", "-1", "--format=%ct"]
        said = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return int(said)


if __name__ == "__main__":
    match sys.argv[1:]:
        case [] | ["--linux"]:
            print(build(linux="--linux" in sys.argv))
        case ["--check", name]:
            file = Path(name)
            sbom.check(file.with_name(file.name + sbom.ENDING), file, __version__)
            print(f"{file.name}: its parts list is its own.")
        case _:
            print(USAGE)
            sys.exit(2)
