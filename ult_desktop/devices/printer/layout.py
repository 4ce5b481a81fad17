"""The layout of tickets and sheets: data in, print commands out, for any width of paper."""

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ult_desktop.base import _
from ult_desktop.base.late import late
from ult_desktop.base.line_breaks import faults
from ult_desktop.core.sheet import Sheet
from ult_desktop.devices.printer import model as printer_model, paper as printer_paper

if TYPE_CHECKING:
    from ult_desktop.devices.printer import drawn_text
else:  # few sheets need it
    drawn_text = late("ult_desktop.devices.printer.drawn_text")

_REPLACEMENTS = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{HORIZONTAL ELLIPSIS}": "...",
        "\N{BULLET}": "·",
        "\N{BLACK STAR}": "*",
        "\N{MULTIPLICATION SIGN}": "x",
        "\N{EURO SIGN}": "EUR",
        "\N{NO-BREAK SPACE}": " ",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)
_PREFERRED_BREAK = re.compile(r"  | (?=\()")


def _in_code_page(char: str) -> str:
    try:
        char.encode("cp437")
    except UnicodeEncodeError:
        # "ā" becomes "a", and not "?": names of people are on this paper.
        plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
        is_mark = unicodedata.category(char).startswith("M") or not char.isprintable()
        return plain or ("" if is_mark else "?")
    return char if char.isprintable() else ""


def sanitise(text: str) -> str:
    """Return `text` in the characters of CP437: accents drop to the letter below, the rest becomes "?"."""
    # NFC first: "é" as two characters would lose its accent although CP437 has the letter.
    composed = unicodedata.normalize("NFC", text).translate(_REPLACEMENTS)
    return "".join(map(_in_code_page, composed)).strip()


def wrap_text(text: str, columns: int) -> tuple[str, ...]:
    """Return `text` on as few lines as it needs, all of much the same length.

    A word longer than a line is broken, never dropped. Lines are broken by preference at two spaces and at
    opening brackets.
    """
    clean = sanitise(text)
    parts = [clean] if len(clean) <= columns else _PREFERRED_BREAK.split(clean)
    return tuple(line for part in parts for line in _balance_lines(part.strip(), columns))


def _balance_lines(text: str, columns: int) -> list[str]:
    longest_word = max(map(len, text.split()), default=columns)
    # The narrowest width that needs no further line leaves no single word below a full line; a wider one may
    # keep a number and its word together.
    widths = range(min(longest_word, columns), columns + 1)
    wrapped = [textwrap.wrap(text, width, break_on_hyphens=False) for width in widths]
    return min((lines for lines in wrapped if len(lines) == len(wrapped[-1])), key=faults)


NARROW, WIDE = 32, 42  # characters on a line of 58 and of 80 mm, on the models that take fewest
SAMPLE_LETTERS = "éñüç ½±"  # every code page has them under other numbers; side by side as in words
LETTER_DOTS = 24  # the height of a letter
LARGEST = 8  # GS ! magnifies up to eight times in both directions


@dataclass(frozen=True)
class Text:
    """A centred line; width and height are magnifications from 1 to 8.

    `letters` is another code page than the model's, to try it.
    """

    text: str
    width: int = 1
    height: int = 1
    bold: bool = False
    inverse: bool = False
    letters: str = ""


@dataclass(frozen=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True)
class Space:
    """Empty paper, in dots."""

    dots: int


@dataclass(frozen=True)
class Picture:
    """A PNG in black dots, centred."""

    png: bytes


@dataclass(frozen=True)
class Drawn:
    """A text that the printer has no letters for, as a PNG, dot by dot."""

    png: bytes


@dataclass(frozen=True)
class Qr:
    """A QR code, of 28 mm at most unless its text is very long."""

    text: str


@dataclass(frozen=True)
class Cut:
    """The end of the paper: it is fed past the tear-off edge, and cut where there is a cutter."""


PrintCommand = Text | Rule | Space | Picture | Drawn | Qr | Cut


def ticket_layout(
    paper: printer_paper.TicketPaper, model: printer_model.PrinterModel
) -> tuple[PrintCommand, ...]:
    """Return the commands that print `paper` on `model`, from the top."""
    return (
        *_logo(paper.logo, model),
        *_office_lines(paper.office, model),
        Rule(),
        *(_banner(_("CETAK ULANG"), model.columns) if paper.reprint else ()),
        Text(sanitise(_("NOMOR ANTREAN"))),
        *_ticket_number(paper.label, model.columns),
        *_service_name(paper.service, model),
        *(_banner(_("PRIORITAS"), model.columns) if paper.priority else ()),
        Space(24),
        *_block(paper.issued, model),
        *_block(paper.ahead, model, height=2, bold=True),
        *(line for words in paper.following for line in _block(words, model, height=2)),
        *_ticket_code(paper, model),
        *(line for note in paper.notes for line in _block(note, model)),
        *_block(_("Terima kasih."), model, bold=True),
        Cut(),
    )


def _block(
    text: str, model: printer_model.PrinterModel, height: int = 1, *, bold: bool = False
) -> tuple[Text | Drawn, ...]:
    """Return the printed lines of a text; none for an empty one."""
    lines = (_printed_line(line, model, height, bold=bold) for line in text.splitlines())
    return tuple(chain.from_iterable(lines))


def _printed_line(
    text: str, model: printer_model.PrinterModel, height: int, *, bold: bool
) -> tuple[Text | Drawn, ...]:
    """Return a line in the printer's letters; where it lacks some, drawn in a font of this PC."""
    lacked = _lacked_letters(text, model)
    if model.picture_qr and lacked:
        png = drawn_text.drawn_text(text, lacked, model.dots, LETTER_DOTS * height, bold=bold)
        if png:
            return (Drawn(png),)
    return tuple(Text(line, height=height, bold=bold) for line in wrap_text(text, model.columns))


def _lacked_letters(text: str, model: printer_model.PrinterModel) -> str:
    """Return the letters of a text that the printer lacks, and for which it has no substitute either."""
    composed = unicodedata.normalize("NFC", text)
    # "?" is what a lacked letter becomes, so the two that are meant to become it are passed over.
    letters = (letter for letter in composed if letter not in "?¿")
    return "".join(
        letter for letter in letters if b"?" in printer_model.in_page(sanitise(letter), model.letters)
    )


def _logo(png: bytes, model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    return (Picture(png), Space(12)) if png and model.picture_qr else ()


def _office_lines(lines: tuple[str, ...], model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    first, *others = lines or ("",)
    below = (line for other in others for line in _block(other, model))
    return (*_block(first, model, height=2, bold=True), *below)


def _service_name(name: str, model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    """Return the service's name, twice as large if that takes two lines at most, else only twice as high."""
    half = model.columns // 2
    large = wrap_text(name, half)
    fits = len(large) <= 2 and max(map(len, name.split()), default=0) <= half
    if fits and not _lacked_letters(name, model):
        return tuple(Text(line, 2, 2, bold=True) for line in large)
    return _block(name, model, height=2, bold=True)


def _ticket_number(label: str, columns: int) -> tuple[PrintCommand, ...]:
    """Return the label as large as the printer can: eight times, or less when it would not fit."""
    text = sanitise(label)
    scale = max(1, min(LARGEST, columns // max(1, len(text))))
    lines = (Text(part, scale, scale, bold=True) for part in wrap_text(text, columns // scale))
    return (Space(8), *lines, Space(16))


def _banner(word: str, columns: int) -> tuple[PrintCommand, ...]:
    """Return a striking word, white on black; the stars mark it on a printer that cannot invert."""
    text = f" * {sanitise(word)} * "
    scale = 2 if 2 * len(text) <= columns else 1
    return (Space(12), Text(text, scale, 2, bold=True, inverse=True), Space(12))


def _ticket_code(
    paper: printer_paper.TicketPaper, model: printer_model.PrinterModel
) -> tuple[PrintCommand, ...]:
    """Return the QR and, for people, the code in letters; only the letters if no QR can be printed."""
    if not paper.code:
        return (Space(24),)
    letters = Text(sanitise(paper.code))
    if not (model.native_qr or model.picture_qr):
        return (Space(24), letters, Space(16))
    survey = _block(_("Sesudah dilayani, pindai untuk mengisi survei"), model) if paper.survey_url else ()
    return (Space(24), Qr(paper.qr), Space(12), letters, *survey, Space(16))


Paper = printer_paper.TicketPaper | printer_paper.PrinterTest | Sheet


def commands(paper: Paper, model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    """Return the commands that print a ticket, a sheet or a test on `model`, from the top."""
    match paper:
        case Sheet():
            return sheet_layout(paper, model)
        case printer_paper.PrinterTest():
            return _printer_test(paper)
        case _:
            return ticket_layout(paper, model)


def _printer_test(paper: printer_paper.PrinterTest) -> tuple[PrintCommand, ...]:
    """Return one line as long as paper of 58 mm takes, one for 80 mm, and one in each code page.

    The model's own width and letters play no part.
    """
    title = (Text(line, height=2, bold=True) for line in wrap_text(paper.title, NARROW))
    rulers = (Text(_ruler("A", NARROW)), Space(16), Text(_ruler("B", WIDE)))
    pages = printer_model.LETTERS[:-1]
    letters = (Text(f"{n}: {SAMPLE_LETTERS}", letters=page) for n, page in enumerate(pages, 1))
    return (*title, Space(16), *rulers, Space(16), *letters, Space(16), Cut())


def letters_question() -> str:
    """Return the question after the numbered lines of the trial print."""
    return _("Baris mana yang berbunyi {letters}?").format(letters=SAMPLE_LETTERS)


def _ruler(mark: str, columns: int) -> str:
    return f"<{sanitise(f' {mark} ').center(columns - 2, '-')}>"


def sheet_layout(sheet: Sheet, model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    """Return the layout of a sheet, centred like a ticket: each head small, its text below it in bold.

    Nothing is cut off.
    """
    return (
        *_logo(sheet.office.logo, model),
        *_office_lines(sheet.office.lines, model),
        Rule(),
        *_block(sheet.title, model, height=2, bold=True),
        *_block(sheet.number, model, bold=True),
        Space(16),
        *chain.from_iterable(
            (*_block(row.head, model), *_block(row.text, model, bold=True), Space(8))
            for row in (*sheet.facts, *sheet.rows)
        ),
        *_sheet_code(sheet.code, model),
        *(line for text in sheet.notes for line in _block(text, model)),
        Cut(),
    )


def _sheet_code(code: str, model: printer_model.PrinterModel) -> tuple[PrintCommand, ...]:
    """Return the QR and, for people, the code in letters; only the letters if no QR can be printed."""
    if not code:
        return ()
    qr = (Space(16), Qr(code)) if model.native_qr or model.picture_qr else ()
    return (*qr, Space(12), Text(sanitise(code), bold=True), Space(12))
