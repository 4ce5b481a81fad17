"""The fonts of this PC for letters that the program's own typefaces lack: Chinese, Arabic, emoji."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# In this order: those with the most letters first, in each system the ones that it brings.
_FILES = (
    *("msyh.ttc", "simsun.ttc", "YuGothM.ttc", "msgothic.ttc", "malgun.ttf"),
    *("DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "wqy-microhei.ttc", "wqy-zenhei.ttc"),
    *("NotoSansCJK-Regular.ttc", "unifont.ttf"),
    *("arial.ttf", "segoeui.ttf", "tahoma.ttf", "Nirmala.ttf", "Nirmala.ttc", "LeelawUI.ttf"),
    *("DejaVuSans.ttf", "NotoSansArabic-Regular.ttf", "NotoNaskhArabic-Regular.ttf", "FreeSans.ttf"),
    *("seguisym.ttf", "seguiemj.ttf", "NotoEmoji-Regular.ttf", "Symbola.ttf"),
)


@cache
def system_fonts() -> tuple[Path, ...]:
    """Return the files of this PC's fonts with many letters; they are looked for once, at the first call."""
    paths = dict[str, Path]()
    for root in _folders():
        for folder, _below, names in os.walk(root):  # a folder that cannot be read is passed over
            paths |= {name: Path(folder, name) for name in names if name in _FILES}
    return tuple(paths[name] for name in _FILES if name in paths)


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts")
        yield Path(os.environ.get("LOCALAPPDATA", "."), "Microsoft", "Windows", "Fonts")
    else:
        yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
        yield Path.home() / ".local" / "share" / "fonts"
