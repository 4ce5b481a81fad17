"""`python3 dev.py windows`: sets a Windows up under Wine, and runs commands, the demo or tests there."""

import sys
import tempfile
from pathlib import Path

from tools.windows.python import windows_python
from tools.windows.wine import environment, prefix, said, screen, start, windows_path

PROGRAMS = {
    "ult-desktop": ["-m", "ult_desktop"],
    "demo": ["-m", "ult_desktop", "demo"],
    "test": ["-m", "pytest"],
    "python": [],
}
USAGE = (
    "usage: python3 dev.py windows [-- ult-desktop WORD... | demo [...] | test [PYTEST...] | python WORD...]"
)


def run(words: list[str]) -> int:
    """Run Python with these arguments there, shown as it goes, and return its exit status."""
    temporary = {"PYTEST_DEBUG_TEMPROOT": windows_path(Path(tempfile.gettempdir()))}
    folder = prefix()
    with screen() as display:
        process = start(words, {**environment(folder, display), **temporary})
        for chunk in said(process):
            sys.stdout.buffer.write(chunk)
            sys.stdout.flush()
    return process.returncode


def main(arguments: list[str]) -> int:
    if not arguments:
        print(f"a Windows: {prefix()}\nits Python: {windows_python()}")
        return 0
    dashes, program, *words = [*arguments, ""][:2] + arguments[2:]
    if dashes != "--" or program not in PROGRAMS:
        print(USAGE)
        return 2
    return run([*PROGRAMS[program], *words])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
