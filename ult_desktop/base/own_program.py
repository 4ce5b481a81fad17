"""How this program is called, where it starts itself again as another process."""

import sys
from collections.abc import Sequence
from pathlib import Path


def own_command() -> tuple[str, ...]:
    """The bundle itself, or Python with the package."""
    frozen = getattr(sys, "frozen", False)
    return (sys.executable,) if frozen else (sys.executable, "-m", "ult_desktop")


def without_console(command: Sequence[str]) -> list[str]:
    """As `command`, by the windowed program beside it: Windows opens a console for the other one.

    Whoever closes that console ends the program.
    """
    program = Path(command[0])
    silent = program.with_name(f"{program.stem}w{program.suffix}")
    there = program.suffix == ".exe" and silent.exists()
    return [str(silent if there else program), *command[1:]]
