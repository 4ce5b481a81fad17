"""Lists for spreadsheets, as CSV. Every list is written here: formulas that people typed are disarmed."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet carries out a cell that begins so; some skip blanks, or take the wide signs of East Asia:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_BLANKS = " \u00a0\u2007\u202f\u3000\u200b\ufeff"


def csv_text(lines: Iterable[Sequence[str]], delimiter: str = ";") -> str:
    """Return `lines` as CSV in which no cell is a formula; an Indonesian Excel expects semicolons."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(map(guard_formula, line) for line in lines)
    return text.getvalue()


def csv_file(lines: Iterable[Sequence[str]]) -> bytes:
    """Return a file that Excel opens by itself: the mark at its beginning names the encoding."""
    return csv_text(lines).encode("utf-8-sig")


def without_guard(cell: str) -> str:
    """Return a cell without the apostrophe that `guard_formula` set before it."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(_BLANKS).startswith(_FORMULA) else cell


def guard_formula(cell: str) -> str:
    """Return `cell` as text that a spreadsheet shows and does not carry out."""
    return f"'{cell}" if cell.lstrip(_BLANKS).startswith(_FORMULA) else cell
