"""The abilities of one printer model, from the capability table that python-escpos ships."""

import importlib.util
import json
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

# The one code page that every ticket printer of the table has, nearly always as number 0.
CODE_PAGE = "CP437"
# By the codec for letters beyond ASCII: the code page's name in the table, and its usual number for ESC t.
_PAGES = {"cp437": (CODE_PAGE, 0), "cp1252": ("CP1252", 16)}
USUAL_LETTERS, PLAIN_LETTERS = "cp437", "ascii"
LETTERS = (*_PAGES, PLAIN_LETTERS)
"""The choices of letters. Plain ones are for printers that take two bytes beyond ASCII for one letter."""
DOTS_PER_COLUMN = 12  # font A is 12 x 24 dots
DEFAULT_PROFILES = {80: "default", 58: "POS-5890"}

_SUBSTITUTES = {"·": b"-", "±": b"~", "«": b'"', "»": b'"', "¿": b"?", "¡": b"!", "×": b"x", "÷": b"/"}


def in_page(text: str, letters: str) -> bytes:
    """Encode a line in a code page; a letter that it lacks becomes the one without the accent, or "?"."""
    encoded = bytearray()
    for char in text:
        byte = char.encode(letters, "ignore") or _SUBSTITUTES.get(char, b"")
        byte = byte or unicodedata.normalize("NFKD", char).encode("ascii", "ignore")
        encoded += byte if len(byte) == 1 else b"?"  # a letter such as "½" comes apart into several
    return bytes(encoded)


@dataclass(frozen=True)
class PrinterModel:
    """The few facts that the layout and the encoder need."""

    profile: str
    columns: int
    native_qr: bool
    picture_qr: bool
    cuts: bool
    smooths: bool
    letters: str

    def code_page(self, letters: str = "") -> int:
        """Return the number that selects a page of `letters` at ESC t, those of this model by default."""
        page, usual = _PAGES.get(letters or self.letters, _PAGES[USUAL_LETTERS])
        pages = _table()[self.profile]["codePages"]
        return min((int(number) for number, name in pages.items() if name == page), default=usual)

    @property
    def dots(self) -> int:
        """Width of the printed line in dots."""
        return self.columns * DOTS_PER_COLUMN


@cache
def _table() -> dict[str, dict[str, Any]]:
    """Return the capability table.

    It is read as data, because importing escpos for it costs half a second.
    """
    spec = importlib.util.find_spec("escpos")
    folders = (spec.submodule_search_locations if spec else None) or []
    path = Path(next(iter(folders)), "capabilities.json")
    profiles: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))["profiles"]
    # A model without CP437 could not print the line across the paper; none of those is a ticket printer.
    return {name: data for name, data in profiles.items() if CODE_PAGE in data["codePages"].values()}


@contextmanager
def spare_imports() -> Iterator[None]:
    """Put stubs in place of the barcode and YAML libraries while python-escpos is imported.

    No ticket needs these libraries, and their import costs 0.3 s and 8 MiB. python-escpos uses YAML's parser
    only to read its table, which is JSON.
    """
    # WORKAROUND python-escpos imports barcodes and YAML for every user
    # (https://github.com/python-escpos/python-escpos/blob/v3.1/src/escpos/escpos.py). No report is known. It
    # can go when the library imports them where they are used.
    stubs: dict[str, dict[str, object]] = {"barcode": {"PROVIDED_BARCODES": ()}}
    stubs |= {"barcode.writer": {"ImageWriter": None}, "yaml": {"safe_load": json.load}}
    # Real modules that were imported before are put back afterwards.
    real = {name: sys.modules[name] for name in stubs if name in sys.modules}
    for name, content in stubs.items():
        sys.modules[name] = ModuleType(name)
        vars(sys.modules[name]).update(content)
    try:
        yield
    finally:
        for name in stubs:
            del sys.modules[name]
        sys.modules.update(real)


def known_profiles() -> tuple[str, ...]:
    return tuple(sorted(_table()))


def model_for(
    profile: str, width: int, native_qr: bool | None = None, letters: str = USUAL_LETTERS
) -> PrinterModel:
    """Return the model behind a profile name on paper `width` mm wide (58 or 80).

    Args:
        profile: a name of `known_profiles()`, or "" for the usual printer of that paper.
        width: the paper's width; on 58 mm a wide profile is narrowed to 32 columns.
        native_qr: overrules the table where a clone differs from its model.
        letters: one of `LETTERS`.
    """
    name = profile or DEFAULT_PROFILES[width]
    data = _table()[name]
    features = data["features"]
    columns = int(data["fonts"]["0"]["columns"])
    # A few entries of the table give dots or twelfths instead of columns.
    columns = columns if 32 <= columns <= 48 else 42
    return PrinterModel(
        profile=name,
        columns=min(columns, 32) if width == 58 else columns,
        native_qr=bool(features.get("qrCode")) if native_qr is None else native_qr,
        picture_qr=bool(features.get("bitImageRaster")),
        cuts=bool(features.get("paperFullCut") or features.get("paperPartCut")),
        smooths=name.startswith("TM-T"),
        letters=letters,
    )
