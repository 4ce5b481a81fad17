"""`python3 dev.py installer [--linux]`: builds what an office installs; the last line is where it lies."""

import hashlib
import sys
from pathlib import Path

from tools.installer import bundle, debian, windows
from ult_desktop import __version__

ROOT = Path(__file__).parents[2]
OUT, WORK = ROOT / "dist", ROOT / "build" / "installer"


def build(*, linux: bool) -> Path:
    OUT.mkdir(exist_ok=True)
    if linux:
        program = bundle.for_linux(WORK / "linux")
        target = debian.pack(program, __version__, OUT)
    else:
        program = bundle.for_windows(WORK / "windows")
        windows.sign_programs(program)
        target = windows.pack(program, __version__, OUT / f"ULT-Desktop-{__version__}-setup.exe")
        windows.sign(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(f"{target.name}.sha256").write_text(f"{digest}  {target.name}\n")
    return target


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--linux"]):
        print("usage: python3 dev.py installer [--linux]")
        sys.exit(2)
    print(build(linux="--linux" in sys.argv))
