"""What every PDF of the program is set in: its own font, embedded, and paragraphs of plain words."""

from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph

from ult_desktop.base.paths import resource

REGULAR, BOLD = "Inter", "Inter-Bold"
LINE, INK, SOFT = colors.HexColor("#C9D3DF"), colors.HexColor("#1B2A3D"), colors.HexColor("#EEF3F8")


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Inter, as on the screens: registered once for the process."""
    for name, file in ((REGULAR, "Inter_400Regular.ttf"), (BOLD, "Inter_700Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(resource("fonts", file))))


def words(text: str, size: float = 9, *, bold: bool = False, centred: bool = False) -> Paragraph:
    """What somebody typed is never markup. `size` in points."""
    lines = "<br/>".join(escape(line) for line in text.splitlines())
    return Paragraph(lines, _style(size, bold=bold, centred=centred))


def _style(size: float, *, bold: bool, centred: bool) -> ParagraphStyle:
    return ParagraphStyle(
        "words",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * 1.35,
        alignment=TA_CENTER if centred else 0,
        splitLongWords=True,
    )
