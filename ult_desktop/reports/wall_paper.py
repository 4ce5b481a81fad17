"""A paper for the wall: few sentences in large letters on one page, and room to sign."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from ult_desktop.core.sheet import Sheet
from ult_desktop.reports.pages import letterhead, pdf_of, words
from ult_desktop.reports.sheet import signature_row

HEADING, SENTENCE = 30, 19  # letters, in points
GAP, WIDE_GAP = 9 * mm, 18 * mm


def wall_pdf(sheet: Sheet) -> bytes:
    """Return the PDF on A4; the same sheet gives the same bytes."""
    author = next(iter(sheet.office.lines), "")
    return pdf_of(lambda width: _story(sheet, width), A4, title=sheet.title, author=author)


def _story(sheet: Sheet, width: float) -> list[Flowable]:
    sentences = [
        flowable
        for row in sheet.rows
        for flowable in (words(row.text, SENTENCE, centred=True), Spacer(0, GAP))
    ]
    return [
        letterhead(sheet.office, width),
        Spacer(0, WIDE_GAP),
        words(sheet.title.upper(), HEADING, bold=True, centred=True),
        Spacer(0, WIDE_GAP),
        *sentences,
        Spacer(0, GAP),
        signature_row(sheet.signatures, width),
    ]
