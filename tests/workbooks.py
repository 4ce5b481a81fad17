"""A workbook that was written, as a spreadsheet shows it."""

import io
import zipfile
from collections.abc import Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

SHEETS = "xl/worksheets/sheet{}.xml"
_SPACE = {"": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class ReadSheet(NamedTuple):
    """A sheet of a workbook: its cells from A1, and what else is written of it."""

    rows: list[list[object]]
    xml: ElementTree.Element
    formats: Mapping[str, str]

    def line(self) -> dict[object, object]:
        """Return the first row below the heads, by them."""
        return dict(zip(self.rows[0], self.rows[1], strict=True))

    def all(self, path: str) -> list[ElementTree.Element]:
        return self.xml.findall(path, _SPACE)

    def format_below(self, head: str) -> str:
        """Return the number format of the first row in the column of this head."""
        return self.formats[f"{chr(ord('A') + self.rows[0].index(head))}2"]

    @property
    def frozen(self) -> str:
        """The first cell that moves."""
        (pane,) = self.all("sheetViews/sheetView/pane")
        assert pane.get("state") == "frozen"
        return pane.get("topLeftCell", "")


def sheets_of(data: bytes) -> dict[str, ReadSheet]:
    """Return the sheets by their names."""
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        CalamineWorkbook.from_filelike(io.BytesIO(data)) as book,
    ):
        codes = _codes(ElementTree.fromstring(archive.read("xl/styles.xml")))
        read = {}
        for place, name in enumerate(book.sheet_names):
            rows: list[list[object]] = [
                list(row) for row in book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            ]
            xml = ElementTree.fromstring(archive.read(SHEETS.format(place + 1)))
            cells = xml.iterfind("sheetData/row/c", _SPACE)
            read[name] = ReadSheet(rows, xml, {c.get("r", ""): codes[int(c.get("s", "0"))] for c in cells})
        return read


def first_sheet(data: bytes) -> ReadSheet:
    return next(iter(sheets_of(data).values()))


def _codes(styles: ElementTree.Element) -> list[str]:
    """Return the number format of each style; "wrapped" for one of text."""
    codes = {
        each.get("numFmtId"): each.get("formatCode", "") for each in styles.iterfind(".//numFmt", _SPACE)
    }
    codes |= {"0": "General", "1": "0"}
    found = []
    for style in styles.iterfind("cellXfs/xf", _SPACE):
        layout = style.find("alignment", _SPACE)
        wrapped = layout is not None and layout.get("wrapText") == "1"
        found.append("wrapped" if wrapped else codes[style.get("numFmtId")])
    return found
