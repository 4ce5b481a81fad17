"""Run in the installed program: import each module that the source has, and make a sheet with a QR code."""

import importlib
import json
from collections.abc import Iterator
from pathlib import Path

from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.reports.sheet import sheet_pdf

SOURCE = Path(__file__).parents[3]


def look(report: str) -> None:
    """Write what could not be imported, and how the sheet begins, as a line of JSON to the file `report`."""
    pdf = sheet_pdf(Sheet(office=Letterhead(), title="Percobaan", number="1", rows=(), code="K7QX2M9D"))
    told = json.dumps({"lacking": list(_lacking()), "sheet": pdf[:4].decode()})
    Path(report).write_text(f"{told}\n", encoding="utf-8")


def _lacking() -> Iterator[str]:
    for file in sorted((SOURCE / "ult_desktop").rglob("*.py")):
        name = ".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
        try:
            importlib.import_module(name)
        except ImportError as error:
            yield f"{name}: {error}"
