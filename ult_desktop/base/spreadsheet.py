"""Lists for spreadsheets: the one place that writes CSV, for people type what stands in the cells."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet carries out a cell that begins so; some skip blanks, or take the wide signs of East Asia.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def csv_text(lines: Iterable[Sequence[str]], delimiter: str = ";") -> str:
    """`lines` as CSV in which no cell is a formula; an Indonesian Excel expects semicolons."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(map(harmless, line) for line in lines)
    return text.getvalue()


def csv_file(lines: Iterable[Sequence[str]]) -> bytes:
    """The same as a file that Excel opens by itself: the mark at its beginning tells it the letters."""
    return csv_text(lines).encode("utf-8-sig")


def harmless(cell: str) -> str:
    """`cell` as text that a spreadsheet shows and does not carry out."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
