"""Screens of a PC that a program of its own is shown on, without a real one."""

import json
import os
from pathlib import Path

SCREENS = [
    {"name": name, "x": left, "y": 0, "width": 1024, "height": 768, "logicalDpi": 96, "dpr": 1.0}
    for name, left in (("first", 0), ("second", 1024))
]


def with_screens(folder: Path, count: int) -> dict[str, str]:
    """The environment of a program on a PC with one or two screens side by side.

    Their plan lies in `folder`.
    """
    plan = folder / "screens.json"
    plan.write_text(json.dumps({"screens": SCREENS[:count]}), encoding="utf-8")
    return {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={plan}"}
