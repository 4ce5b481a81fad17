"""The basis of every PDF of the program: pages, its own font, embedded, and paragraphs of plain words."""

import io
from collections.abc import Callable
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, Image, PageTemplate, Paragraph, Table
from reportlab.platypus.tables import CellStyle, TableStyle

from ult_desktop.base import _, language
from ult_desktop.base.paths import resource
from ult_desktop.core.office.logo import on_white
from ult_desktop.core.sheet import Letterhead
from ult_desktop.reports import letters

REGULAR, BOLD = "Inter", "Inter-Bold"
LOGO = 22 * mm  # the width for the logo; as much is free at the other side, so that the lines are centred
MARGIN, FOOT, FOOT_SIZE = 14 * mm, 6 * mm, 8  # the foot's height, and the size of its letters (points)
SMALL = 8  # letters up to this size (points) have their lines closer together
_AROUND_LOGO = 4 * mm  # the part of the logo's width that is left free around it
LINE, INK, SOFT = colors.HexColor("#C9D3DF"), colors.HexColor("#1B2A3D"), colors.HexColor("#EEF3F8")
RULED = TableStyle([("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP")])


@cache
def _load_fonts() -> None:
    """Load Inter, as on the screens: registered once for the process.

    It is also made the first font of drawings and of the cells of tables: else the file would name Helvetica
    without containing it.
    """
    # WORKAROUND reportlab has no setting for this font: both names are read before any style of ours is.
    # Seen with reportlab 5.1; no report is known. It can go when a document's first font holds for drawings
    # and tables.
    STATE_DEFAULTS["fontName"] = CellStyle.fontname = REGULAR
    for name, file in ((REGULAR, "Inter_400Regular.ttf"), (BOLD, "Inter_700Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))


def pdf_of(
    story: Callable[[float], list[Flowable]],
    size: tuple[float, float],
    *,
    title: str,
    author: str,
    foot: str = "",
    margin: float = MARGIN,
) -> bytes:
    """Return the whole PDF of `story` on pages of a `size` (points). The same story gives the same bytes.

    With a `foot` each page has the foot and the page's number.
    """
    _load_fonts()
    target = io.BytesIO()
    pages = BaseDocTemplate(
        target,
        pagesize=size,
        title=title,
        author=author,
        lang=language(),
        initialFontName=REGULAR,
        # Without the time of writing: the same report must give the same bytes.
        invariant=1,
    )
    width, height = size[0] - 2 * margin, size[1] - 2 * margin
    below = FOOT if foot else 0
    frame = Frame(margin, margin + below, width, height - below, leftPadding=0, rightPadding=0)

    def draw_foot(canvas: Canvas, _pages: BaseDocTemplate) -> None:
        if foot:
            line = canvas.beginText(margin, margin)
            for piece, font in letters.runs(foot, REGULAR):
                line.setFont(font, FOOT_SIZE)
                line.textOut(piece)
            canvas.drawText(line)
            canvas.setFont(REGULAR, FOOT_SIZE)
            page = _("Halaman {n}").format(n=canvas.getPageNumber())
            canvas.drawRightString(margin + width, margin, page)

    pages.addPageTemplates(PageTemplate(frames=[frame], onPage=draw_foot))
    pages.build(story(width))
    return target.getvalue()


def letterhead(office: Letterhead, width: float) -> Flowable:
    """Return the letterhead (kop surat) across `width` points.

    The lines are centred. With a logo, the logo is at the left and a rule below.
    """
    first, *others = office.lines or ("",)
    lines = [words(first, 12, bold=True, centred=True), *(words(line, 9, centred=True) for line in others)]
    logo = [logo_picture(office.logo)] if office.logo else []
    edge = LOGO if logo else 0
    ruled = [("LINEBELOW", (0, 0), (-1, -1), 1, INK)] if logo else []
    middle = ("VALIGN", (0, 0), (-1, -1), "MIDDLE")
    return Table([[logo, lines, ""]], colWidths=[edge, width - 2 * edge, edge], style=[middle, *ruled])


def logo_picture(png: bytes) -> Image:
    drawn = on_white(png)
    scale = (LOGO - _AROUND_LOGO) / max(drawn.size)
    file = io.BytesIO()
    drawn.save(file, "PNG")
    return Image(file, drawn.width * scale, drawn.height * scale)


def words(
    text: str, size: float = 9, *, bold: bool = False, centred: bool = False, keep_with_next: bool = False
) -> Paragraph:
    """Return a paragraph of text that is never read as markup. `size` in points.

    `keep_with_next`: what follows is on the same page.
    """
    # reportlab reads a paragraph as markup: "Rp5.000 < Rp10.000" would break it.
    font = BOLD if bold else REGULAR
    lines = "<br/>".join(_markup(line, font) for line in text.splitlines())
    return Paragraph(lines, _style(size, bold=bold, centred=centred, keep_with_next=keep_with_next))


def _markup(line: str, font: str) -> str:
    """Return a line whose letters are each in a font that has them."""
    pieces = letters.runs(line, font)
    return "".join(
        escape(piece) if name == font else f"<font name={quoteattr(name)}>{escape(piece)}</font>"
        for piece, name in pieces
    )


@cache
def _style(size: float, *, bold: bool, centred: bool, keep_with_next: bool) -> ParagraphStyle:
    return ParagraphStyle(
        "words",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * (1.35 if size > SMALL else 1.2),
        alignment=TA_CENTER if centred else 0,
        keepWithNext=keep_with_next,
        splitLongWords=True,
    )
